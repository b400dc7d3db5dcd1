"""Clients of a stack, as learners are."""

import ssl
from typing import Any

import httpx

from .stack import Stack

CERTIFICATE = "/certificates/tls.crt"


def trusting(stack: Stack) -> ssl.SSLContext:
    """Trust in the stack's own certificate, and in no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=stack.exec("nginx", "cat", CERTIFICATE))
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def client(stack: Stack, trust: ssl.SSLContext | None = None) -> httpx.Client:
    """To the front door: by TLS in production, plainly in development."""
    if not stack.is_production:
        return httpx.Client(base_url=f"http://127.0.0.1:{stack.place.http}", timeout=30)
    url = f"https://localhost:{stack.place.https}"
    return httpx.Client(base_url=url, verify=trust or trusting(stack), timeout=30)


def get(visitor: httpx.Client, path: str, **parameters: str) -> Any:
    """The JSON that is told at `path`."""
    answer = visitor.get(path, params=parameters)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()


def titles(visitor: httpx.Client, question: str) -> list[str]:
    """The lessons that are found, best first."""
    return [hit["lesson"]["title"] for hit in get(visitor, "/api/v1/search", q=question)["hits"]]
