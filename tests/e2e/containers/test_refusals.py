"""What cannot work is refused by one message, before anything starts."""

import shutil
import socket
from pathlib import Path

import pytest

from .commands import run
from .conftest import PRODUCTION, Start
from .stack import Stack


def refused(stack: Stack, *arguments: str) -> str:
    """What a start says that is refused; nothing of the stack may exist after it."""
    done = stack.make(*(arguments or ("prod",)), check=False)
    assert done.returncode != 0
    # Asked of the engine: Compose cannot read a file whose secrets are missing.
    label = f"label=com.docker.compose.project={stack.project}"
    assert run(["docker", "ps", "--all", "--quiet", "--filter", label]).stdout == ""
    said = (done.stdout + done.stderr).strip()
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("value", ["", "changeme", "<strong-password>"])
def test_a_secret_that_is_missing_or_a_placeholder(stack_of: Start, value: str) -> None:
    said = refused(stack_of(PRODUCTION, REDIS_PASSWORD=value))
    assert "REDIS_PASSWORD" in said
    assert "make secrets" in said


def test_a_missing_secret_is_told_by_compose_itself(stack_of: Start) -> None:
    stack = stack_of(PRODUCTION, POSTGRES_PASSWORD="")
    done = stack.compose("up", "--detach", check=False)
    assert done.returncode != 0
    assert "POSTGRES_PASSWORD is not set - run 'make secrets'" in done.stderr


def test_a_port_in_use(stack_of: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(stack_of(PRODUCTION, HTTPS_PORT=port))
    assert port in said
    assert "HTTPS_PORT" in said


def test_a_certificate_that_does_not_match_its_key(stack_of: Start, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine")
    for name in ("tls", "other"):
        made = ["-keyout", str(tmp_path / f"{name}.key"), "-out", str(tmp_path / f"{name}.crt")]
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", *made])
    (tmp_path / "other.key").replace(tmp_path / "tls.key")
    said = refused(stack_of(PRODUCTION, CERTIFICATES=str(tmp_path)))
    assert "tls.crt" in said
    assert "tls.key" in said


def test_nobody_to_do_the_work(stack_of: Start) -> None:
    assert "worker=0 would leave nobody" in refused(stack_of(PRODUCTION), "scale", "WORKER=0")


def test_images_without_a_version(stack_of: Start) -> None:
    assert "latest" in refused(stack_of(PRODUCTION, REDIS_IMAGE="redis:latest"))


def test_no_engine(stack_of: Start) -> None:
    stack = stack_of(PRODUCTION)
    here = {"ENV_FILE": str(stack.env_file), "DOCKER_HOST": "tcp://127.0.0.1:1"}
    done = run(["make", "--silent", "prod"], also=here, check=False)
    assert done.returncode != 0
    assert "engine" in (done.stdout + done.stderr).lower()
