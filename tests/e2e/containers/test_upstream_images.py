"""Each image that is not ours, or what stands in for it, does what the stacks need of it."""

import re
from collections.abc import Iterator

import pytest

from .commands import ROOT, run
from .conftest import PRODUCTION, Start
from .patience import until
from .stack import Stack

DATA = ("postgres", "redis", "qdrant", "pgbouncer")
EXPORTERS = {
    "postgres-exporter": "pg_up 1",
    "redis-exporter": "redis_up 1",
    "node-exporter": "node_cpu_seconds",
}
METRICS = {"postgres-exporter": 9187, "redis-exporter": 9121, "node-exporter": 9100}


@pytest.fixture(scope="module")
def data(stack_of: Start) -> Iterator[Stack]:
    """The services that are not ours, without those that are."""
    stack = stack_of(PRODUCTION, "pgbouncer", "monitoring")
    stack.up(*DATA)
    stack.compose("up", "--detach", "--no-deps", "prometheus", *EXPORTERS)
    yield stack
    stack.down()


def psql(stack: Stack, host: str, password: str) -> str:
    environment = f"PGPASSWORD={password}"
    asked = (
        "psql",
        "-h",
        host,
        "-U",
        "robotics_user",
        "-d",
        "robotics_db",
        "-Atc",
        "SELECT current_database()",
    )
    done = stack.compose("exec", "-T", "-e", environment, "postgres", *asked, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("host", ["postgres", "pgbouncer"])
def test_postgresql_asks_for_the_password(data: Stack, host: str) -> None:
    assert psql(data, host, data.variables["POSTGRES_PASSWORD"]) == "robotics_db\n"
    assert "authentication failed" in psql(data, host, "wrong")


def test_postgresql_keeps_its_data_when_its_container_is_replaced(data: Stack) -> None:
    asked = ("psql", "-U", "robotics_user", "-d", "robotics_db", "-Atc")
    data.exec("postgres", *asked, "CREATE TABLE kept AS SELECT 7 AS seven")
    data.compose("rm", "--stop", "--force", "postgres")
    data.up("postgres")
    assert data.exec("postgres", *asked, "SELECT seven FROM kept") == "7\n"


def test_redis_asks_for_the_password(data: Stack) -> None:
    assert "NOAUTH" in data.exec("redis", "redis-cli", "ping", check=False)
    password = data.variables["REDIS_PASSWORD"]
    assert data.exec("redis", "redis-cli", "--no-auth-warning", "-a", password, "ping") == "PONG\n"


@pytest.mark.parametrize(("key", "status"), [("wrong", "401"), (None, "200")])
def test_qdrant_asks_for_the_key(data: Stack, key: str | None, status: str) -> None:
    asked = f"GET /collections HTTP/1.0\\r\\napi-key: {key or data.variables['QDRANT_API_KEY']}\\r\\n\\r\\n"
    script = f"exec 3<>/dev/tcp/127.0.0.1/6333; printf '{asked}' >&3; head -n 1 <&3"
    assert f" {status} " in data.exec("qdrant", "bash", "-c", script)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_exporters_see_what_they_are_for(data: Stack, exporter: str) -> None:
    url = f"http://{exporter}:{METRICS[exporter]}/metrics"
    look = f"import urllib.request; print(urllib.request.urlopen('{url}').read().decode())"
    network = f"robotics_{'network' if exporter == 'node-exporter' else 'data'}_prod_{data.project}"
    image = f"robotics-platform/ingest:{data.variables['VERSION']}"
    asked = ["docker", "run", "--rm", "--network", network, image, "python", "-c", look]
    until(lambda: run(asked, check=False).stdout, lambda told: EXPORTERS[exporter] in told, seconds=30)


def test_prometheus_accepts_its_rules(data: Stack) -> None:
    assert "SUCCESS" in data.exec(
        "prometheus", "promtool", "check", "config", "/etc/prometheus/prometheus.yml"
    )


@pytest.mark.parametrize("job", ["postgres", "redis", "qdrant", "node"])
def test_prometheus_reaches_what_it_watches(data: Stack, job: str) -> None:
    asked = ("promtool", "query", "instant", "http://127.0.0.1:9090", f'up{{job="{job}"}}')
    until(lambda: data.exec("prometheus", *asked, check=False), lambda told: "=> 1 @" in told, seconds=90)


def test_each_image_that_can_be_stood_in_for_is_the_one_the_stacks_name() -> None:
    files = [ROOT / "docker-compose.prod.yml", *sorted((ROOT / "docker").glob("*.yml"))]
    named = dict(re.findall(r"\$\{(\w+_IMAGE):-(\S+)\}", "\n".join(file.read_text() for file in files)))
    catalogue = (ROOT / "tests" / "standins" / "catalogue.py").read_text()
    without = {"GRAFANA_IMAGE", "PYTHON_IMAGE"}
    assert {one for one in named if f'"{one}"' not in catalogue} <= without
    assert [
        image for one, image in named.items() if one not in without and f'"{image}"' not in catalogue
    ] == []
