"""Addresses of servers, and the passwords in them."""

from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

from robolearn.settings.placeholders import refuse_placeholder


def _http(url: str) -> str:
    """The URL itself. An address that no client can use is told at the start, not as an outage for ever."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise PydanticCustomError("http_url", "it should read http://host:port or https://host:port")
    return url


def _real(url: SecretStr) -> SecretStr:
    """The URL without the newline that a secret file ends with; its password must not be an example's."""
    said = url.get_secret_value().strip()
    _, _, password = _account(said)
    refuse_placeholder(unquote(password), "its password")
    return SecretStr(said)


HttpAddress = Annotated[str, AfterValidator(_http)]
SecretAddress = Annotated[SecretStr, AfterValidator(_real)]


def with_password(url: SecretStr, password: SecretStr) -> SecretStr:
    """The URL with this password in place of its own. What is no URL stays so, for its reader to refuse."""
    said = url.get_secret_value()
    scheme, user, _ = _account(said)
    if not scheme:
        return url
    rest = said.partition("://")[2]
    authority, slash, path = rest.partition("/")
    host = authority.rpartition("@")[2]
    return SecretStr(f"{scheme}://{user}:{quote(password.get_secret_value(), safe='')}@{host}{slash}{path}")


def _account(url: str) -> tuple[str, str, str]:
    """Scheme, user and password as written; not by `urlsplit`, which refuses what is damaged elsewhere."""
    scheme, _, rest = url.partition("://")
    if not rest:
        return "", "", ""
    user, _, password = rest.partition("/")[0].rpartition("@")[0].partition(":")
    return scheme, user, password
