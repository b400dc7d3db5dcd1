"""What two runs at once must not share: names, ports, networks."""

import random
import socket
from dataclasses import dataclass, field
from secrets import token_hex


def free_port() -> str:
    """A port of loopback that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def _subnet() -> str:
    """One of many: the engine refuses a network that overlaps another."""
    return f"10.{random.randint(200, 249)}.{random.randint(0, 255)}.0/24"


@dataclass(frozen=True)
class Place:
    """Where one stack is."""

    project: str = field(default_factory=lambda: f"robolearn-e2e-{token_hex(3)}")
    http: str = field(default_factory=free_port)
    https: str = field(default_factory=free_port)
    subnet: str = field(default_factory=_subnet)

    @property
    def variables(self) -> dict[str, str]:
        """As the Compose files take them."""
        return {
            "BIND_ADDRESS": "127.0.0.1",
            "HTTP_PORT": self.http,
            "HTTPS_PORT": self.https,
            "POSTGRES_PORT": free_port(),
            "QDRANT_PORT": free_port(),
            "NETWORK_SUBNET": self.subnet,
            "NETWORK_SUFFIX": f"_{self.project}",
            # Ten times as often as in production: a test waits for each check.
            "HEALTH_INTERVAL": "3s",
            # Where tests run, the root of the file system may be private, which the engine does not hand on.
            "HOST_ROOT": "/usr",
            "HOST_ROOT_PROPAGATION": "rprivate",
        }
