"""TLS, the way to it, and certificates that cannot work."""

import socket
import ssl
import subprocess

import httpx
import pytest

from .conftest import trust
from .gateway import Gateway, Refused


def handshake(gateway, version, ciphers="DEFAULT:@SECLEVEL=0"):
    """The session that a client of that version alone gets."""
    context = trust(gateway)
    context.minimum_version = context.maximum_version = version
    context.set_ciphers(ciphers)
    with socket.create_connection(("127.0.0.1", int(gateway.ports["8443"]))) as plain:
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
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (200, "token.key", "text/plain; charset=utf-8")
    assert httpx.get(f"{gateway.http}/.well-known/acme-challenge/other").json()["status"] == 404


def certify(folder, *arguments):
    """A certificate and its key in the folder, as openssl makes them."""
    pair = ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt")]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", *pair]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, *subject, *(arguments or ("-nodes", "-days", "90"))], check=True, capture_output=True)


@pytest.fixture
def prepared(folder):
    """A gateway that is not started, and the folder of its certificate."""
    gateway = Gateway(folder)
    return gateway, folder / "certificates"


def warnings(gateway):
    """What the script says of the certificate that is there."""
    script = gateway.script("40-gateway-certificate.sh")
    return subprocess.run(script, env=gateway.settled(), capture_output=True, text=True, check=True).stderr


def test_without_a_certificate_one_is_made_once_and_warned_of(prepared):
    gateway, certificates = prepared
    assert "the certificate is self-signed" in warnings(gateway)
    made = (certificates / "tls.crt").read_bytes()
    assert (certificates / "tls.key").stat().st_mode & 0o777 == 0o600
    assert "the certificate is self-signed" in warnings(gateway)
    assert (certificates / "tls.crt").read_bytes() == made


def test_one_of_ours_is_made_anew_for_another_name(prepared):
    gateway, certificates = prepared
    gateway.prepare()
    made = (certificates / "tls.crt").read_bytes()
    gateway.environment = {"SERVER_NAME": "learn.example"}
    gateway.prepare()
    assert (certificates / "tls.crt").read_bytes() != made


def test_a_given_one_is_used_and_left_alone(prepared):
    gateway, certificates = prepared
    certify(certificates)
    given = (certificates / "tls.crt").read_bytes()
    assert warnings(gateway) == ""
    assert (certificates / "tls.crt").read_bytes() == given


def test_a_name_that_is_not_in_it_is_warned_of(prepared):
    gateway, certificates = prepared
    certify(certificates)
    gateway.environment = {"SERVER_NAME": "learn.example"}
    assert "is not for learn.example" in warnings(gateway)


def test_one_that_ends_soon_is_warned_of(prepared):
    gateway, certificates = prepared
    certify(certificates, "-nodes", "-days", "3")
    assert "expires on" in warnings(gateway)


def other_key(folder):
    certificate = (folder / "tls.crt").read_bytes()
    certify(folder)
    (folder / "tls.crt").write_bytes(certificate)


def expire(folder):
    """Sign the same certificate again, ending yesterday."""
    signed = ["-in", str(folder / "tls.crt"), "-signkey", str(folder / "tls.key"), "-days", "-1"]
    command = ["openssl", "x509", *signed, "-out", str(folder / "tls.crt")]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (other_key, "tls.crt does not match"),
        (lambda folder: (folder / "tls.key").unlink(), "tls.key is missing"),
        (lambda folder: (folder / "tls.crt").unlink(), "tls.crt is missing"),
        (lambda folder: (folder / "tls.crt").write_text("x"), "is no certificate"),
        (lambda folder: (folder / "tls.key").write_text("x"), "is no private key"),
        (lambda folder: certify(folder, "-days", "9", "-passout", "pass:x"), "without a passphrase"),
        (expire, "expired on"),
    ],
    ids=["mismatch", "no key", "no certificate", "not PEM", "no PEM key", "encrypted", "expired"],
)
def test_what_cannot_work_is_told_in_one_line(prepared, spoil, said):
    gateway, certificates = prepared
    certify(certificates)
    spoil(certificates)
    with pytest.raises(Refused) as refused:
        gateway.prepare()
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
