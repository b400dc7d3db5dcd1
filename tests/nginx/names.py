"""A DNS server that answers with the addresses that a test gives it."""

import time
from collections import Counter

from dnslib import QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSServer

SECONDS = 1
KINDS = 2


class Names(BaseResolver):
    """`addresses` is what every name resolves to now: empty means that it does not exist, None an outage."""

    def __init__(self) -> None:
        self.addresses: list[str] | None = []
        self._answered: Counter[str] = Counter()
        self._server = DNSServer(self, address="127.0.0.1", port=0, logger=_Silent())
        self.port: int = self._server.server.server_address[1]
        self._server.start_thread()

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        """The answer to one question."""
        reply = request.reply()
        if self.addresses is None:
            reply.header.rcode = RCODE.SERVFAIL
        elif not self.addresses:
            reply.header.rcode = RCODE.NXDOMAIN
        elif request.q.qtype == QTYPE.A:
            for address in self.addresses:
                reply.add_answer(RR(request.q.qname, QTYPE.A, rdata=A(address), ttl=SECONDS))
        self._answered[str(request.q.qname).rstrip(".")] += 1
        return reply

    def wait_for_question(self, name: str) -> None:
        """Until somebody knows the name's addresses, of both kinds."""
        while self._answered[name] < KINDS:
            time.sleep(0.01)
        time.sleep(0.05)

    def wait_for_another_question(self) -> None:
        """Until somebody has asked for all kinds again, and knows the answers."""
        before = self._answered.total()
        while self._answered.total() < before + 2 * KINDS:
            time.sleep(0.01)
        time.sleep(0.05)

    def stop(self) -> None:
        """Answer no longer."""
        self._server.stop()
        self._server.server.server_close()


class _Silent:
    """Logs nothing."""

    def __getattr__(self, name: str):
        return lambda *_: None
