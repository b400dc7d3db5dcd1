"""Hashes that decide what is the same: stable across processes, machines and versions of Python."""

import json
from hashlib import sha256


def digest(*parts: str | bytes) -> bytes:
    """SHA-256 (32 bytes) of the parts, each preceded by its length so that no two splits collide."""
    total = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.digest()


def canonical_digest(value: object) -> bytes:
    """SHA-256 (32 bytes) of a JSON-able value, independent of the order of its keys."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
