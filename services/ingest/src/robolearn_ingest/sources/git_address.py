"""Git addresses: what is one, what may be used of it, and how to write it down without its secrets."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from robolearn.domain.errors import SourceError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HELPER = re.compile(r"[A-Za-z0-9]+::")
_SCP = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<path>[^\s]+)\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
_REVISION = re.compile(r"(?!-)(?!.*(?:\.\.|@\{|//))[^\x00-\x20\x7f~^:?*\[\\+]{1,250}\Z")


@dataclass(frozen=True, slots=True)
class GitAddress:
    """A repository. `url` is for git and holds no password; `location` is the name we store."""

    url: str
    scheme: str
    location: str
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def site(self) -> str:
        """Scheme and host, the scope of the credentials."""
        return "/".join(self.url.split("/", 3)[:3])


def parse_address(location: str) -> GitAddress | None:
    """The git address that a location is, or None: it is a path. Raises SourceError for a malformed one."""
    scp = _SCP.match(location)
    if scp:
        _refuse_options(scp["user"], scp["host"], scp["path"])
        return GitAddress(location, "ssh", _tidy(location))
    url = _URL.match(location)
    if not url and not _HELPER.match(location):
        return None
    if not url or _CONTROL.search(location):
        raise SourceError(
            f"{without_credentials(location)!r} is no git address.", "Give https://… or ssh://…."
        )
    return _from_url(location)


def _from_url(location: str) -> GitAddress:
    try:
        parts = urlsplit(location)
        host = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError as error:
        raise SourceError(f"{without_credentials(location)!r} is no git address: {error}.") from None
    scheme = parts.scheme.lower()
    if scheme != "file" and not host:
        raise SourceError(f"{without_credentials(location)!r} names no host.", "Give https://host/path.")
    host = f"[{parts.hostname}]{host[len(parts.hostname or '') :]}" if ":" in (parts.hostname or "") else host
    _refuse_options(host, parts.path.strip("/"), parts.username or "")
    return _address(parts, scheme, host)


def _address(parts: SplitResult, scheme: str, host: str) -> GitAddress:
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if user and any(_CONTROL.search(text) for text in (user, password or "")):
        raise SourceError("The credentials in the address hold a control character.", "Remove it.")
    shown = f"{parts.username}@{host}" if scheme == "ssh" and parts.username else host
    url = urlunsplit((scheme, shown, parts.path, parts.query, ""))
    location = _tidy(urlunsplit((scheme, shown, parts.path, "", "")))
    return GitAddress(url, scheme, location, user, password)


def check_revision(revision: str) -> str:
    """The revision, if it can be a branch, tag or commit. Raises SourceError for an option or a refspec."""
    if not _REVISION.match(revision):
        raise SourceError(
            f"{revision!r} is no revision.", "Give the name of a branch or a tag, or a full commit id."
        )
    return revision


def without_credentials(text: str) -> str:
    """A text with whatever stands before the @ of an address taken out."""
    return _USERINFO.sub("", text)


def _refuse_options(*parts: str) -> None:
    if any(part.startswith("-") for part in parts):
        raise SourceError("A part of the git address begins with a dash.", "Give https://host/path.")


def _tidy(url: str) -> str:
    return url.rstrip("/").removesuffix(".git")
