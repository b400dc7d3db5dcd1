"""A load generator: keep-alive connections that each ask again as soon as they are answered.

`python -m tests.bench.requests PORT PATH SECONDS` prints requests a second as JSON. Written on asyncio's
transports, since a client library is slower than the servers that are measured.
"""

import asyncio
import json
import sys
from time import perf_counter
from typing import cast

import uvloop

CONNECTIONS = 16
WARM_SECONDS = 0.5


class _Asking(asyncio.Protocol):
    """One connection. Answers must give their length, as all that is measured here do."""

    def __init__(self, path: str) -> None:
        self.answered = 0
        self._request = f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own, of no such class
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0 or len(self._received) < end + 4 + self._length(end):
            return
        if not self._received.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(self._received[:200].decode("utf-8", "replace"))
        self._received.clear()
        self.answered += 1
        if self._transport:
            self._transport.write(self._request)

    def _length(self, end: int) -> int:
        head = bytes(self._received[:end]).lower()
        return int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])


async def rate(port: int, path: str, seconds: float) -> float:
    """Requests a second that were answered with 200."""
    loop = asyncio.get_running_loop()
    failures: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _, context: failures.append(context))
    pairs = [
        await loop.create_connection(lambda: _Asking(path), "127.0.0.1", port) for _ in range(CONNECTIONS)
    ]
    await asyncio.sleep(WARM_SECONDS)
    started, before = perf_counter(), sum(one.answered for _, one in pairs)
    await asyncio.sleep(seconds)
    answered, taken = sum(one.answered for _, one in pairs) - before, perf_counter() - started
    for transport, _ in pairs:
        transport.abort()
    if failures or not answered:
        raise RuntimeError(f"{path}: {failures[:1] or 'no answer'}")
    return answered / taken


if __name__ == "__main__":
    print(json.dumps(uvloop.run(rate(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))))
