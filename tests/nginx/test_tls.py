"""TLS, and the way to it."""

import socket
import ssl

import httpx
import pytest

from .conftest import trust


def handshake(gateway, version, ciphers="DEFAULT:@SECLEVEL=0"):
    """The session that a client of that version alone gets."""
    context = trust(gateway)
    context.minimum_version = context.maximum_version = version
    context.set_ciphers(ciphers)
    plain = socket.create_connection(("127.0.0.1", int(gateway.ports["8443"])))
    with context.wrap_socket(plain, server_hostname="localhost") as wrapped:
        return wrapped.version(), wrapped.session


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_current_versions_are_spoken_without_tickets(gateway, version):
    spoken, session = handshake(gateway, version)
    assert spoken == version.name.replace("_", ".")
    assert not session.has_ticket or version is ssl.TLSVersion.TLSv1_3


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_older_versions_are_not(gateway):
    with pytest.raises(ssl.SSLError):
        handshake(gateway, ssl.TLSVersion.TLSv1_1)


def test_ciphers_without_forward_secrecy_are_not(gateway):
    with pytest.raises(ssl.SSLError):
        handshake(gateway, ssl.TLSVersion.TLSv1_2, "AES128-GCM-SHA256")


def test_http_leads_to_https_with_the_method_kept(gateway):
    answer = httpx.post(f"{gateway.http}/api/v1/x?y=%20z", content=b"{}", headers={"Host": "localhost:8080"})
    assert answer.status_code == 308
    assert answer.headers["location"] == "https://localhost/api/v1/x?y=%20z"
    assert "strict-transport-security" not in answer.headers


def test_another_port_for_https_is_told(replica, start):
    gateway = start(HTTPS_PORT="8444", HSTS_MAX_AGE="0", SERVER_NAME="learn.example")
    answer = httpx.get(gateway.http, headers={"Host": "learn.example"})
    assert answer.headers["location"] == "https://learn.example:8444/"
    secured = httpx.get(gateway.https, verify=trust(gateway))
    assert secured.headers["strict-transport-security"] == "max-age=0"


def test_another_host_gets_nothing_of_ours(client):
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 421


def test_a_star_accepts_any_host(replica, start):
    gateway = start(SERVER_NAME="*")
    answer = httpx.get(gateway.https, headers={"Host": "any.example"}, verify=trust(gateway))
    assert answer.status_code == 200


def test_certificate_challenges_are_answered_in_plain_http(gateway):
    folder = gateway.folder / "acme" / ".well-known" / "acme-challenge"
    folder.mkdir(parents=True)
    (folder / "token").write_text("token.key")
    answer = httpx.get(f"{gateway.http}/.well-known/acme-challenge/token")
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (
        200,
        "token.key",
        "text/plain; charset=utf-8",
    )
    assert httpx.get(f"{gateway.http}/.well-known/acme-challenge/other").json()["status"] == 404
