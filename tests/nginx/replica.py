"""A replica of the api: answers what the path asks for, and remembers what it was asked."""

import json
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Replica:
    """An HTTP server on an address of loopback. All replicas of a test share a port, as containers do."""

    def __init__(self, address: str, port: int) -> None:
        self.address = address
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.go_on = Event()
        self.break_off = False
        self.connections = 0
        self.open: set[socket.socket] = set()
        self._server = _Server((address, port), type("Handler", (_Handler,), {"replica": self}))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def kill(self) -> None:
        """Break everything off at once, as the end of a process does."""
        self.break_off = True
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.stop()

    def stop(self) -> None:
        """Listen no longer, and break connections off. Safe to repeat."""
        self.go_on.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    replica: Replica
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: two would wait for each other's acknowledgement

    def setup(self) -> None:
        """Count and keep the connection."""
        super().setup()
        self.replica.connections += 1
        self.replica.open.add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        self.replica.open.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._take()
        answer = {"/events": self._events, "/json": self._json, "/problem": self._problem}
        if self.replica.break_off:
            self.replica.go_on.wait(10 if self.path == "/held" else 0)
            self.close_connection = True
        else:
            answer.get(self.path.split("?")[0], self._plain)()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        """Nothing: requests are remembered."""

    def _take(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.replica.requests.append((self.command, self.path, headers))

    def _plain(self) -> None:
        self._send(200, "text/plain", self.replica.address.encode())

    def _json(self) -> None:
        self._send(200, "application/json", json.dumps(["the robot drifts"] * 500).encode())

    def _problem(self) -> None:
        headers = {"Retry-After": "7", "Content-Security-Policy": "default-src 'self'", "X-Request-ID": "own"}
        self._send(503, "application/problem+json", b'{"title":"of the api"}', headers)

    def _events(self) -> None:
        """Three events, of which the second waits until the test says so."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        if "accel" in self.path:
            self.send_header("X-Accel-Buffering", "no")
        self.end_headers()
        for number in range(3):
            self.wfile.write(f"data: {number}\n\n".encode())
            self.wfile.flush()
            if number == 0:
                self.replica.go_on.wait(5)
                time.sleep(0.05)
        self.close_connection = True

    def _send(self, status: int, media: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": media,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
