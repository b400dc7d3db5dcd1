"""nginx between a client and replicas of a small api."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from .gateway import Gateway, free_port
from .names import Names
from .replica import Replica

# Enough that only the tests of limits meet them.
PLENTY = {"RATE_GENERAL": "9999r/s", "RATE_SEARCH": "9999r/s"}
Start = Callable[..., Gateway]


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    """The DNS server that the gateways ask."""
    server = Names()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def api_port() -> int:
    """The port of all replicas."""
    return free_port()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory, names: Names, api_port: int) -> Iterator[Start]:
    """Starts a gateway: `start("development", BODY_LIMIT="2k")`."""
    started: list[Gateway] = []

    def _start(variant: str = "production", **environment: str) -> Gateway:
        name = f"api-{len(started)}"
        found = {"API_UPSTREAM": f"{name}:{api_port}", "RESOLVER": f"127.0.0.1:{names.port}", **PLENTY}
        gateway = Gateway(tmp_path_factory.mktemp("gateway") / "root", variant, {**found, **environment})
        started.append(gateway)
        gateway.start()
        if "API_UPSTREAM" not in environment:
            names.wait_for_question(name)
        return gateway

    yield _start
    for gateway in started:
        gateway.stop()


@pytest.fixture(scope="module")
def replica(names: Names, api_port: int) -> Iterator[Replica]:
    """One replica, known to DNS."""
    server = Replica("127.0.0.1", api_port)
    names.addresses = [server.address]
    yield server
    server.stop()


@pytest.fixture(scope="module")
def gateway(replica: Replica, start: Start) -> Gateway:
    """The gateway of production with one replica behind it."""
    return start(SERVER_NAME="localhost learn.example")


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    """A client that talks TLS and trusts the certificate that the gateway made."""
    with httpx.Client(base_url=gateway.https, verify=trust(gateway)) as made:
        yield made


def trust(gateway: Gateway):
    """The TLS context that trusts what lies in the gateway's folder."""
    return ssl.create_default_context(cafile=gateway.folder / "certificates" / "tls.crt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A container's root."""
    return tmp_path / "root"
