"""Starting the api by its command."""

import os
import socket
import subprocess
import sys
from typing import Any

import httpx
import pytest

from robolearn.domain.errors import SettingsError
from robolearn_api.listening import listen
from robolearn_api.serving import BackgroundServer
from robolearn_api.settings import ApiSettings, ServeSettings


def start(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "robolearn_api"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = start(DATABASE_URL="postgresql://nowhere/x", API_PORT=str(port))
    assert ended.returncode == SettingsError.exit_code
    assert ended.stderr.splitlines() == [
        f"robolearn: Cannot listen on 127.0.0.1:{port}: address already in use. "
        "Stop what listens there, or choose another API_PORT or API_HOST."
    ]


def test_a_missing_setting_is_named() -> None:
    ended = start()
    assert ended.returncode == SettingsError.exit_code
    assert ended.stderr.startswith("robolearn: DATABASE_URL is not set.")
    assert len(ended.stderr.splitlines()) == 1


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"Cannot listen on 192\.0\.2\.1:0: .*API_HOST"):
        listen(ServeSettings(host="192.0.2.1", port=0))


def test_any_free_port_will_do() -> None:
    with listen(ServeSettings(port=0)) as listener:
        assert listener.getsockname()[1] > 0


def test_it_serves_beside_other_parts_and_stops_when_told(settings: ApiSettings, world: Any) -> None:
    listener = listen(ServeSettings(port=0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = BackgroundServer(settings, world.adapters(), listener)
    server.start()
    with httpx.Client(base_url=address) as client:
        assert client.get("/livez").json() == {"status": "ok", "reason": None}
        assert client.get("/api/v1/search", params={"q": "wheels"}).json()["hits"]
    server.stop()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/livez")


def test_a_server_that_never_started_stops_too(settings: ApiSettings, world: Any) -> None:
    with listen(ServeSettings(port=0)) as listener:
        BackgroundServer(settings, world.adapters(), listener).stop()
