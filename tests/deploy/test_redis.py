"""The program that starts redis: no password among its arguments, and no shell that keeps signals from it."""

import subprocess
from pathlib import Path

import pytest

from .rendering import Rendered

# In place of redis-server: which process it is, what it was given, and what its configuration says.
STUB = """#!/bin/sh
echo "$$"
echo "$*"
cat "$1"
"""
PLACE = "/run/redis"


@pytest.fixture
def container(rendered: Rendered) -> dict[str, list[str]]:
    """As the default has it."""
    (found,) = next(pod for pod in rendered.pods if pod.role == "redis").containers
    return found


@pytest.mark.parametrize("rendered", ["default"], indirect=True)
@pytest.mark.parametrize(
    ("password", "told"),
    [("plain-Secret_1", "plain-Secret_1"), ('a "b\\ $c & d', 'a \\"b\\\\ $c & d')],
)
def test_redis_is_the_first_process_and_nobody_sees_its_password(
    container: dict[str, list[str]], tmp_path: Path, password: str, told: str
) -> None:
    (tmp_path / "redis-server").write_text(STUB)
    (tmp_path / "redis-server").chmod(0o755)
    script = container["args"][0].replace(PLACE, str(tmp_path))
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "REDIS_PASSWORD": password}
    shell = subprocess.Popen(
        [*container["command"], script], env=environment, stdout=subprocess.PIPE, text=True
    )
    said, _ = shell.communicate(timeout=10)

    process, arguments, configuration = said.splitlines()
    assert int(process) == shell.pid
    assert arguments.startswith(f"{tmp_path}/redis.conf --dir /data --appendonly yes --maxmemory ")
    assert password not in arguments
    assert configuration == f'requirepass "{told}"'
    assert (tmp_path / "redis.conf").stat().st_mode & 0o077 == 0
