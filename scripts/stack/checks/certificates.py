"""Will nginx take the certificate?"""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

from scripts.stack.stacks import Stack

NGINX = 101  # the user and the group in the image


def check(stack: Stack) -> Iterator[str]:
    """Faults of tls.crt and tls.key in the folder CERTIFICATES; without one, nginx makes a pair."""
    given = stack.value("CERTIFICATES")
    if not given:
        return
    if not given.startswith(("/", "./", "../", "~")):
        yield f"CERTIFICATES is {given}, a volume's name to Compose; write ./{given} for a folder."
        return
    folder = Path(given).expanduser()
    certificate, key = folder / "tls.crt", folder / "tls.key"
    missing = [path for path in (certificate, key) if not path.is_file()]
    if missing:
        names = " and ".join(map(str, missing))
        yield f"{names} cannot be found; CERTIFICATES is a folder with tls.crt and tls.key."
        return
    yield from _faults(certificate, key)


def _faults(certificate: Path, key: Path) -> Iterator[str]:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: b"")
    except ssl.SSLError as error:
        yield _told(error, certificate, key)
        return
    except OSError as error:
        yield f"{error.filename or key} cannot be read: {error.strerror}; let you and user {NGINX} read it."
        return
    end = _end(certificate)
    if end < time.time():
        day = time.strftime("%Y-%m-%d", time.gmtime(end))
        yield f"{certificate} expired on {day}; put a renewed one there."
    if not _readable_by_nginx(key):
        yield f"{key} cannot be read by nginx, which is user {NGINX}; run `chown {NGINX} {key}`."


def _told(error: ssl.SSLError, certificate: Path, key: Path) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"{certificate} does not match {key}; give the key that the certificate was asked for with."
    return (
        f"{certificate} and {key} are no certificate and key in PEM form without a passphrase; convert them."
    )


def _end(certificate: Path) -> float:
    # The one way of the standard library to read a certificate without connecting to its server.
    return ssl.cert_time_to_seconds(ssl._ssl._test_decode_cert(str(certificate))["notAfter"])  # type: ignore[attr-defined]


def _readable_by_nginx(path: Path) -> bool:
    facts = path.stat()
    return bool(
        facts.st_mode & 0o004
        or (facts.st_uid == NGINX and facts.st_mode & 0o400)
        or (facts.st_gid == NGINX and facts.st_mode & 0o040)
    )
