"""Answers of the catalogue, kept ready until the catalogue changes."""

from __future__ import annotations

from asyncio import Task, create_task
from collections.abc import Callable
from hashlib import blake2b
from time import monotonic
from typing import NamedTuple

from fastapi import Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from robolearn.ports.reading import Catalogue
from robolearn_api.replies import JSON, to_json

# How far an answer may be behind an ingest.
CHECK_SECONDS = 0.05
# How far behind anything that changes the tables without leaving a new version.
KEEP_SECONDS = 5.0
LIMIT_BYTES = 32 * 2**20


class _Kept(NamedTuple):
    body: bytes
    tag: str


class Shelf:
    """Serialised answers by what was asked for, all of one version of the catalogue.

    One cheap question for the version, asked at most every `CHECK_SECONDS`, stands for the many queries of an
    answer; in between, an answer costs neither a thread nor the database. The version is read before the
    answer that is kept under it, so an answer can be newer than its version, never older.
    """

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float] = monotonic) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._kept: dict[tuple[object, ...], _Kept] = {}
        self._bytes = 0
        self._version: str | None = None
        self._fresh_until = self._kept_until = float("-inf")
        self._checking: Task[None] | None = None

    async def answer(self, key: tuple[object, ...], read: Callable[[Catalogue], BaseModel]) -> Response:
        """What `read` makes of the catalogue; `key` names all it depends on. Raises what `read` raises."""
        if self._clock() >= self._fresh_until:
            await self._check()
        kept = self._kept.get(key) or await self._read(key, read)
        return Response(kept.body, 200, {"ETag": kept.tag, "Cache-Control": "no-cache"}, JSON)

    async def _read(self, key: tuple[object, ...], read: Callable[[Catalogue], BaseModel]) -> _Kept:
        version = self._version
        kept = await run_in_threadpool(lambda: _prepared(read(self._catalogue)))
        if version == self._version:
            self._keep(key, kept)
        return kept

    def _keep(self, key: tuple[object, ...], kept: _Kept) -> None:
        if self._bytes + len(kept.body) > LIMIT_BYTES:
            self._clear()
        self._kept[key] = kept
        self._bytes += len(kept.body)

    async def _check(self) -> None:
        """Ask for the version once, however many wait for it."""
        if self._checking is None:
            self._checking = create_task(self._ask())
        await self._checking

    async def _ask(self) -> None:
        asked_at = self._clock()
        try:
            version = await run_in_threadpool(self._catalogue.version)
        finally:
            self._checking = None
        if version != self._version or asked_at >= self._kept_until:
            self._clear()
            self._kept_until = asked_at + KEEP_SECONDS
        self._version, self._fresh_until = version, asked_at + CHECK_SECONDS

    def _clear(self) -> None:
        self._kept.clear()
        self._bytes = 0


def _prepared(model: BaseModel) -> _Kept:
    body = to_json(model)
    return _Kept(body, f'"{blake2b(body, digest_size=12).hexdigest()}"')
