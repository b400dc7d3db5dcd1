"""Create each secret with a random value unless it is there already. What exists is never read or changed."""

import json
import secrets
import ssl
import sys
import urllib.error
import urllib.request
from pathlib import Path

WANTED = {"database": "DATABASE_PASSWORD", "redis": "REDIS_PASSWORD", "qdrant": "QDRANT_API_KEY"}
ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
CONFLICT = 409


def create(name: str, key: str) -> str:
    """What became of one secret. Raises HTTPError where the API server refuses for any other reason."""
    namespace = (ACCOUNT / "namespace").read_text()
    body = {"metadata": {"name": name}, "stringData": {key: secrets.token_urlsafe(32)}}
    request = urllib.request.Request(
        f"https://kubernetes.default.svc/api/v1/namespaces/{namespace}/secrets",
        json.dumps(body).encode(),
        {
            "Authorization": f"Bearer {(ACCOUNT / 'token').read_text()}",
            "Content-Type": "application/json",
        },
    )
    trust = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    try:
        # The address is written above: https, to the cluster's own API server.
        urllib.request.urlopen(request, context=trust, timeout=10).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code != CONFLICT:
            raise
        return "was there, left as it is"
    return "made"


def main() -> int:
    """Create all; the exit code is what the Job is judged by."""
    try:
        for name, key in WANTED.items():
            print(f"secret {name}: {create(name, key)}")
    except OSError as error:
        print(f"make_secrets: the API server refused or did not answer: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
