"""Both Compose files, as Compose itself reads them."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from .conftest import GOOD, ROOT

DEVELOPMENT, PRODUCTION = "docker-compose.yml", "docker-compose.prod.yml"
ENDING = {"migrate", "volumes", "ingest", "backup-now"}  # one-shot services have nothing to check
EXPORTERS = {"redis-exporter", "nginx-exporter"}  # no shell, no check
# What is where in an image, the engine inside the client, and what is for development or loopback.
OF_THE_IMAGES = {
    *("API_DEBUG", "API_PORT", "API_RELOAD", "API_REVISION"),
    *("EMBEDDING_MODEL_DIR", "QDRANT_PATH", "WORKER_HEARTBEAT_FILE"),
}
EGRESS = {"nginx", "api", "worker", "ingest", "prometheus", "grafana", "nginx-exporter", "node-exporter"}


def compose(file: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Ask Compose with nothing but these settings."""
    asked = ["docker", "compose", "version"]
    if not shutil.which("docker") or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("Docker's Compose is not on this machine")
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings}
    command = ["docker", "compose", "-f", file, "--env-file", os.devnull, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def services(file: str, **settings: str) -> dict[str, Any]:
    done = compose(file, "--profile", "*", "config", "--format", "json", **settings)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    return found


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    return services(PRODUCTION, **GOOD)


@pytest.fixture(scope="module")
def development() -> dict[str, Any]:
    return services(DEVELOPMENT)


def test_development_needs_no_settings(development: dict[str, Any]) -> None:
    names = {"postgres", "redis", "qdrant", "migrate", "api", "worker", "beat", "curriculum", "gateway"}
    assert names <= set(development)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_secret_stops_compose_with_what_to_do(name: str) -> None:
    done = compose(PRODUCTION, "config", "-q", **{**GOOD, name: ""})
    assert done.returncode
    assert f"{name} is not set - run 'make secrets'" in done.stderr


def test_a_secret_from_a_file_is_mounted_and_not_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("k3Jx9")
    found = services(PRODUCTION, **{**GOOD, "POSTGRES_PASSWORD": "", "POSTGRES_PASSWORD_FILE": str(file)})
    assert found["postgres"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/database_password"
    assert found["api"]["environment"]["DATABASE_PASSWORD"] == ""
    assert "database_password" in {secret["source"] for secret in found["api"]["secrets"]}


@pytest.mark.parametrize("file", [DEVELOPMENT, PRODUCTION])
def test_every_container_is_confined(file: str) -> None:
    for name, service in services(file, **GOOD).items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert service["pids_limit"] > 0, name
        assert service["logging"] == {
            "driver": "json-file",
            "options": {"max-size": "50m", "max-file": "10"},
        }, name
        assert not service.get("privileged"), name


def test_only_the_hand_over_of_volumes_runs_as_root(production: dict[str, Any]) -> None:
    ours = {"api", "worker", "beat", "backup", "migrate", "ingest"}  # appuser, by their images
    assert {name for name, one in production.items() if name not in ours and one["user"].startswith("0")} == {
        "volumes"
    }
    assert all("user" not in production[name] for name in ours)


def test_only_nginx_can_be_reached(production: dict[str, Any]) -> None:
    assert {name for name, service in production.items() if service.get("ports")} == {"nginx"}
    assert {port["target"]: port["published"] for port in production["nginx"]["ports"]} == {
        8080: "80",
        8443: "443",
    }


def test_data_services_have_no_way_out(production: dict[str, Any]) -> None:
    out = {name for name, one in production.items() if "robotics_network_prod" in (one.get("networks") or {})}
    assert out == EGRESS


def test_development_listens_on_loopback_only(development: dict[str, Any]) -> None:
    ports = [port for service in development.values() for port in service.get("ports", ())]
    assert {port["host_ip"] for port in ports} == {"127.0.0.1"}
    assert {port["published"] for port in ports} == {"5432", "6333", "8000"}


@pytest.mark.parametrize(
    ("service", "gigabytes"), [("api", 1), ("postgres", 2), ("qdrant", 4), ("nginx", 0.25), ("worker", 1)]
)
def test_memory_is_limited_as_documented(production: dict[str, Any], service: str, gigabytes: float) -> None:
    assert int(production[service]["mem_limit"]) == gigabytes * 2**30


def test_production_takes_every_setting_of_the_programs(production: dict[str, Any]) -> None:
    listed = (line.partition("=")[0] for line in (ROOT / ".env.example").read_text().splitlines())
    known = {name for name in listed if name.isupper()}
    passed = {name for service in production.values() for name in service.get("environment", {})}
    assert known - passed == OF_THE_IMAGES


def test_every_variable_of_the_files_is_documented() -> None:
    files = [DEVELOPMENT, PRODUCTION, "docker/common.yml", "docker/monitoring.yml"]
    read = "".join((ROOT / file).read_text() for file in files)
    documents = (".env.example", "docs/docker.md", "nginx/README.md")
    told = set(re.findall(r"[A-Z][A-Z_]+", "".join((ROOT / one).read_text() for one in documents)))
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", read)) - told == set()


def test_every_container_of_production_has_limits(production: dict[str, Any]) -> None:
    for name, service in production.items():
        assert int(service["memswap_limit"]) == 2 * int(service["mem_limit"]), name
        assert float(service["cpus"]) > 0, name


def test_whatever_stays_up_is_checked(production: dict[str, Any], development: dict[str, Any]) -> None:
    unchecked = {name for name, service in production.items() if "healthcheck" not in service}
    assert unchecked == (ENDING & set(production)) | EXPORTERS
    one_shot = {"migrate", "volumes", "backup", "curriculum"}
    assert {name for name, service in development.items() if "healthcheck" not in service} == one_shot


def test_every_check_leaves_time_to_start(production: dict[str, Any]) -> None:
    checks = [service["healthcheck"] for service in production.values() if "healthcheck" in service]
    assert all(check["start_period"] and check["timeout"] and check["retries"] for check in checks)
    assert production["api"]["healthcheck"]["interval"] == "30s"
    assert services(PRODUCTION, **GOOD, HEALTH_INTERVAL="3s")["api"]["healthcheck"]["interval"] == "3s"


def test_nothing_serves_before_the_schema_is_there(
    production: dict[str, Any], development: dict[str, Any]
) -> None:
    for stack in (production, development):
        for name in ("api", "worker", "beat"):
            assert stack[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_version_is_the_projects(production: dict[str, Any], development: dict[str, Any]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    images = {one["image"] for one in (*production.values(), *development.values())}
    ours = {image for image in images if image.startswith("robotics-platform/")}
    assert {image.rpartition(":")[2] for image in ours} == {f"v{version}"}
    assert not any(image.endswith(":latest") or ":" not in image for image in images)


def test_every_upstream_image_can_be_replaced(production: dict[str, Any]) -> None:
    upstream = {name for name, one in production.items() if not one["image"].startswith("robotics-platform/")}
    variables = {
        name.upper().replace("-", "_") + "_IMAGE": f"mirror/{name}:1" for name in upstream - {"volumes"}
    }
    replaced = services(PRODUCTION, **GOOD, **variables)
    assert all(replaced[name]["image"].startswith("mirror/") for name in upstream)


def test_qdrant_is_within_one_minor_version_of_the_client(production: dict[str, Any]) -> None:
    from importlib.metadata import version

    def minor(text: str) -> tuple[int, int]:
        first, second = text.lstrip("v").split(".")[:2]
        return int(first), int(second)

    server, client = minor(production["qdrant"]["image"].rpartition(":")[2]), minor(version("qdrant-client"))
    assert server[0] == client[0] and abs(server[1] - client[1]) <= 1
