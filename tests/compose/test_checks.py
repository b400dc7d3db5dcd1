"""What is looked at before production starts. Each fault is one sentence that says what to do."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts.stack import checks
from scripts.stack.checks import certificates, ports, secrets
from scripts.stack.checks.images import _has_version
from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack

Production = Callable[..., Stack]


def test_good_secrets_are_no_problem(production: Production) -> None:
    assert list(secrets.check(production())) == []


@pytest.mark.parametrize("name", ["POSTGRES_PASSWORD", "REDIS_PASSWORD", "QDRANT_API_KEY"])
def test_a_missing_secret_names_itself_and_make_secrets(production: Production, name: str) -> None:
    (problem,) = secrets.check(production(**{name: ""}))
    assert problem.startswith(f"{name} is not set; run `make secrets`")


@pytest.mark.parametrize("name", ["POSTGRES_PASSWORD", "GRAFANA_PASSWORD", "OPENAI_API_KEY"])
def test_a_placeholder_is_refused(production: Production, name: str) -> None:
    (problem,) = secrets.check(production(**{name: "<change-me>"}))
    assert problem.startswith(f"{name} is a placeholder")


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"COMPOSE_PROFILES": "pgbouncer,monitoring"}, "GRAFANA_PASSWORD"),
        ({"EMBEDDING_PROVIDER": "openai"}, "OPENAI_API_KEY"),
    ],
)
def test_what_only_some_settings_need_is_asked_for_with_them(
    production: Production, settings: dict[str, str], name: str
) -> None:
    (problem,) = secrets.check(production(**settings))
    assert problem.startswith(f"{name} is not set")


def test_a_server_of_ones_own_needs_no_key(production: Production) -> None:
    stack = production(EMBEDDING_PROVIDER="openai", OPENAI_BASE_URL="http://model:8080/v1")
    assert list(secrets.check(stack)) == []


def test_a_secret_may_come_from_a_file(production: Production, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("k3Jx9\n")
    file.chmod(0o444)
    assert list(secrets.check(production(POSTGRES_PASSWORD="", POSTGRES_PASSWORD_FILE=str(file)))) == []


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        (None, 0, "no file"),
        ("", 0o444, "empty"),
        ("changeme", 0o444, "placeholder"),
        ("k3Jx9", 0o400, "chmod a+r"),
    ],
)
def test_a_file_that_will_not_do_is_told(
    production: Production, tmp_path: Path, content: str | None, mode: int, told: str
) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_text(content)
        file.chmod(mode)
    (problem,) = secrets.check(production(POSTGRES_PASSWORD="", POSTGRES_PASSWORD_FILE=str(file)))
    assert told in problem and str(file) in problem


def test_without_a_file_of_settings_make_secrets_is_named(
    production: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = production()
    stack.env_file.unlink()
    (problem,) = secrets.check(stack)
    assert "run `make secrets`" in problem


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with a certificate and its key, as anyone may read them."""
    make_certificate(tmp_path)
    return tmp_path


def make_certificate(folder: Path, *, days: int = 30) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    files = ["-keyout", folder / "tls.key", "-out", folder / "tls.crt"]
    subprocess.run(
        [*command, "-subj", "/CN=localhost", "-days", str(days), *files], check=True, capture_output=True
    )
    (folder / "tls.key").chmod(0o644)


def test_a_certificate_with_its_key_is_no_problem(production: Production, pair: Path) -> None:
    assert list(certificates.check(production(CERTIFICATES=str(pair)))) == []


def test_a_key_of_another_certificate_is_told(production: Production, pair: Path, tmp_path_factory) -> None:
    other = tmp_path_factory.mktemp("other")
    make_certificate(other)
    (pair / "tls.key").write_bytes((other / "tls.key").read_bytes())
    (problem,) = certificates.check(production(CERTIFICATES=str(pair)))
    assert "does not match" in problem


@pytest.mark.parametrize("half", ["tls.crt", "tls.key"])
def test_half_a_pair_is_told(production: Production, pair: Path, half: str) -> None:
    (pair / half).unlink()
    (problem,) = certificates.check(production(CERTIFICATES=str(pair)))
    assert half in problem and "cannot be found" in problem


def test_an_expired_certificate_is_told(
    production: Production, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates.time, "time", lambda: 4e9)
    (problem,) = certificates.check(production(CERTIFICATES=str(pair)))
    assert "expired on" in problem


def test_what_is_no_certificate_is_told(production: Production, pair: Path) -> None:
    (pair / "tls.crt").write_text("hello")
    (problem,) = certificates.check(production(CERTIFICATES=str(pair)))
    assert "PEM" in problem


def test_a_key_that_nginx_cannot_read_is_told(production: Production, pair: Path) -> None:
    (pair / "tls.key").chmod(0o600)
    (problem,) = certificates.check(production(CERTIFICATES=str(pair)))
    assert "chown 101" in problem


def test_a_folder_that_compose_would_take_for_a_volume_is_told(production: Production) -> None:
    (problem,) = certificates.check(production(CERTIFICATES="certs"))
    assert "./certs" in problem


def test_a_port_in_use_is_seen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert ports._is_taken("127.0.0.1", port)
    assert not ports._is_taken("127.0.0.1", port)


@pytest.mark.parametrize(
    "image", ["robotics-platform/api:latest", "postgres", "registry.example.org:443/a/b", "redis:latest"]
)
def test_an_image_without_a_version_is_seen(image: str) -> None:
    assert not _has_version(image)


@pytest.mark.parametrize(
    "image", ["robotics-platform/api:v0.1.0", "localhost:5000/a:1", "postgres@sha256:ab"]
)
def test_an_image_with_a_version_is_fine(image: str) -> None:
    assert _has_version(image)


def test_without_docker_one_sentence_says_so(
    production: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        checks.preflight(production())
    assert refused.value.told().startswith("robolearn: Docker is not installed")


def test_all_problems_are_told_at_once(
    production: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        checks.preflight(production(REDIS_PASSWORD="", QDRANT_API_KEY="changeme", CERTIFICATES="certs"))
    assert len(refused.value.problems) == 4
    assert "4 things stand in the way; nothing was started." in refused.value.told()


def test_the_command_ends_without_a_traceback(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": str(tmp_path / "none")}
    command = ["python3", "-m", "scripts.stack", "prod", "up"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 78
    assert done.stderr.startswith("robolearn: ") and "Traceback" not in done.stderr
