"""What the engine itself says of the production stack's containers: limits, rights, networks, files."""

import socket
from typing import Any

import pytest

from . import asking
from .commands import run
from .stack import Stack

MEGABYTE = 2**20
MEMORY = {"api": 1024, "postgres": 2048, "qdrant": 4096, "nginx": 256}
OURS = ("api", "worker", "beat", "backup")
LASTING = (*OURS, "nginx", "postgres", "redis", "qdrant")
DATA = ("postgres", "redis", "qdrant")


@pytest.fixture
def inspected(production: Stack) -> dict[str, dict[str, Any]]:
    return {one["Service"]: production.inspect(one["ID"]) for one in production.containers()}


def test_memory_and_processors_are_limited(inspected: dict[str, dict[str, Any]]) -> None:
    hosts = {name: one["HostConfig"] for name, one in inspected.items()}
    assert {name: hosts[name]["Memory"] // MEGABYTE for name in MEMORY} == MEMORY
    assert [name for name, host in hosts.items() if host["MemorySwap"] != 2 * host["Memory"]] == []
    assert [name for name, host in hosts.items() if not 0 < host["NanoCpus"] <= 2e9] == []
    assert [name for name, host in hosts.items() if not host["PidsLimit"]] == []


def test_nothing_has_rights_that_it_does_not_need(inspected: dict[str, dict[str, Any]]) -> None:
    for name, one in inspected.items():
        host = one["HostConfig"]
        assert host["ReadonlyRootfs"], name
        assert host["CapDrop"] == ["ALL"], name
        assert "no-new-privileges:true" in [option.replace("=", ":") for option in host["SecurityOpt"]], name
        assert not host["Privileged"], name
    assert {name: inspected[name]["Config"]["User"] for name in OURS} == dict.fromkeys(OURS, "1000:1000")


def test_what_lasts_comes_back_and_writes_bounded_logs(inspected: dict[str, dict[str, Any]]) -> None:
    for name in LASTING:
        host = inspected[name]["HostConfig"]
        assert host["RestartPolicy"]["Name"] == "unless-stopped", name
        assert host["LogConfig"]["Type"] == "json-file", name
        assert host["LogConfig"]["Config"] == {"max-size": "50m", "max-file": "10"}, name


def test_each_service_is_asked_for_its_health(inspected: dict[str, dict[str, Any]]) -> None:
    for name in LASTING:
        assert inspected[name]["Config"]["Healthcheck"]["StartPeriod"] > 0, name
        assert inspected[name]["State"]["Health"]["Status"] == "healthy", name


def test_only_nginx_has_open_ports(production: Stack, inspected: dict[str, dict[str, Any]]) -> None:
    published = {name for name, one in inspected.items() if one["HostConfig"]["PortBindings"]}
    assert published == {"nginx"}
    for port in (production.place.http, production.place.https):
        socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()


def test_data_services_have_no_way_out(production: Stack, inspected: dict[str, dict[str, Any]]) -> None:
    network = f"robotics_data_prod_{production.project}"
    told = run(["docker", "network", "inspect", "-f", "{{.Internal}}", network])
    assert told.stdout.strip() == "true"
    for name in DATA:
        assert list(inspected[name]["NetworkSettings"]["Networks"]) == [network]


def test_the_networks_are_apart(production: Stack, inspected: dict[str, dict[str, Any]]) -> None:
    (found,) = inspected["nginx"]["NetworkSettings"]["Networks"].values()
    assert asking.connects(production, "api", found["IPAddress"], 8081)
    assert not asking.connects(production, "beat", found["IPAddress"], 8081)
    assert asking.connects(production, "beat", "redis", 6379)


def test_files_are_written_by_user_1000_only(production: Stack) -> None:
    production.make("backup")
    owners = (
        "import os; print({os.lstat(os.path.join(at, name)).st_uid "
        "for root in ('/backups', '/tmp') for at, folders, files in os.walk(root) "
        "for name in [*folders, *files]})"
    )
    assert asking.python(production, "backup", owners) == "{1000}"


def test_the_root_file_system_takes_no_write(production: Stack) -> None:
    attempt = "\nimport pathlib\ntry: pathlib.Path('/tmp/../x').touch()\nexcept OSError as e: print(e.errno)"
    assert asking.python(production, "api", attempt) == "30"  # EROFS, not a mere lack of rights
