"""Where a link of a curriculum leads: another page of it, the web, or nowhere we go."""

import posixpath
import re
from urllib.parse import quote, unquote

SOURCE = "source:"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_PAGES = {"", ".md", ".mdx", ".markdown", ".ipynb", ".html", ".htm", ".rst"}
_MAX_CHARACTERS = 2_000
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def resolve(href: str, path: str) -> str | None:
    """The address to show for a link in the page at `path`; None when it may not or cannot be followed.

    http and https addresses and `#fragments` stay. Links to pages and folders become `source:` and their
    path from the source's root, percent-encoded; what leaves the root, other files and schemes are dropped.
    """
    href = href.strip()
    bare = _CONTROLS.sub("", href)
    if len(href) > _MAX_CHARACTERS or not bare or bare.startswith(("//", "\\")):
        return None
    if bare.lower().startswith(("http://", "https://")):
        return bare
    if bare.startswith("#"):
        return bare
    return None if _SCHEME.match(bare) else _page(href, path)


def _page(href: str, path: str) -> str | None:
    target, _, fragment = href.partition("#")
    target = unquote(target.partition("?")[0])
    folder = "" if target.startswith("/") else posixpath.dirname(path)
    resolved = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
    if resolved == ".." or resolved.startswith("../") or "\0" in resolved:
        return None
    extension = posixpath.splitext(resolved)[1].lower()
    if extension not in _PAGES and not target.endswith("/"):
        return None
    resolved = "" if resolved == "." else resolved
    return f"{SOURCE}{quote(resolved)}{'#' + quote(unquote(fragment)) if fragment else ''}"


def is_external(address: str) -> bool:
    """Whether an address leads out of the platform."""
    return address.startswith(("http://", "https://", "HTTP", "Http"))
