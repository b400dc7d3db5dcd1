"""Every upstream image of the stacks, with what can stand in for it."""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Upstream:
    """An image that the stacks name by a variable, and the folder that its stand-in is built from."""

    variable: str
    image: str
    name: str
    folder: str
    arguments: dict[str, str] = field(default_factory=dict)

    @property
    def standin(self) -> str:
        """The stand-in's own name, under the version of what it stands in for."""
        return f"robolearn-standin/{self.name}:{self.image.rpartition(':')[2]}"


def _exporter(variable: str, image: str, name: str, package: str) -> Upstream:
    return Upstream(variable, image, name, "exporter", {"PACKAGE": package})


UPSTREAM = (
    Upstream("POSTGRES_IMAGE", "postgres:18.6-bookworm", "postgres", "postgres"),
    Upstream("REDIS_IMAGE", "redis:7.4-bookworm", "redis", "redis"),
    Upstream("QDRANT_IMAGE", "qdrant/qdrant:v1.20.0-unprivileged", "qdrant", "qdrant"),
    Upstream("NGINX_IMAGE", "nginx:1.31.3-bookworm", "nginx", "nginx"),
    Upstream("PROMETHEUS_IMAGE", "prom/prometheus:v3.5.0", "prometheus", "prometheus"),
    Upstream("PGBOUNCER_IMAGE", "edoburu/pgbouncer:v1.24.1-p1", "pgbouncer", "pgbouncer"),
    _exporter(
        "POSTGRES_EXPORTER_IMAGE",
        "prometheuscommunity/postgres-exporter:v0.17.1",
        "postgres-exporter",
        "prometheus-postgres-exporter",
    ),
    _exporter(
        "REDIS_EXPORTER_IMAGE",
        "oliver006/redis_exporter:v1.74.0",
        "redis-exporter",
        "prometheus-redis-exporter",
    ),
    _exporter(
        "NGINX_EXPORTER_IMAGE",
        "nginx/nginx-prometheus-exporter:1.4.2",
        "nginx-exporter",
        "prometheus-nginx-exporter",
    ),
    _exporter(
        "NODE_EXPORTER_IMAGE",
        "prom/node-exporter:v1.9.1",
        "node-exporter",
        "prometheus-node-exporter",
    ),
)
