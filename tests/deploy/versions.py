"""The versions that are written in several places."""

import re
import tomllib

from .combinations import ROOT

COMPOSE = ("docker-compose.yml", "docker-compose.prod.yml", "docker/common.yml", "docker/monitoring.yml")
# `${POSTGRES_IMAGE:-postgres:18.6-bookworm}`, `robotics-platform/api:${VERSION:-v0.1.0}`
_UPSTREAM = re.compile(r"image: \$\{[A-Z_]+_IMAGE:-([^}]+)\}")
_OURS = re.compile(r"image: robotics-platform/[a-z]+:\$\{VERSION:-([^}]+)\}")


def project() -> str:
    """The version of this release."""
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return found


def _compose() -> str:
    return "\n".join((ROOT / name).read_text() for name in COMPOSE)


def compose_upstream() -> set[str]:
    """The images of others that Compose runs."""
    return set(_UPSTREAM.findall(_compose()))


def compose_ours() -> set[str]:
    """The tags of our own images in Compose."""
    return set(_OURS.findall(_compose()))
