"""Certificates: made, given, renewed, and those that cannot work."""

import os
import ssl
import subprocess
import time

import pytest

from .gateway import Gateway, Refused


def certify(folder, *arguments):
    """A certificate and its key in the folder, as openssl makes them."""
    pair = ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt")]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", *pair]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [*command, *subject, *(arguments or ("-nodes", "-days", "90"))], check=True, capture_output=True
    )


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


def served(gateway):
    """The certificate that a client gets."""
    return ssl.get_server_certificate(("127.0.0.1", gateway.ports["8443"]))


def test_a_renewed_one_is_taken_by_a_reload_and_a_bad_one_is_not(start):
    gateway = start(SERVER_NAME="localhost")
    certificates = gateway.folder / "certificates"
    certify(certificates)
    # nginx keeps what it has read of a file whose time of change, in whole seconds, is what it was.
    later = time.time() + 1
    for name in ("tls.crt", "tls.key"):
        os.utime(certificates / name, (later, later))
    renewed = (certificates / "tls.crt").read_text()
    gateway.reload()
    deadline = time.monotonic() + 30
    while served(gateway).split() != renewed.split():
        assert time.monotonic() < deadline, gateway.log
    other_key(certificates)
    with pytest.raises(Refused, match="key values mismatch"):
        gateway.reload()
    assert served(gateway).split() == renewed.split()
