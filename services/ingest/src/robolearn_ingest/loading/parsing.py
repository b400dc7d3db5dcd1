"""Parsing many pages: in this process if they are few, on all cores if they are many."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from robolearn.domain.hashing import digest
from robolearn.domain.page import Page
from robolearn.domain.problems import Problem
from robolearn_ingest.documents import PARSER_VERSION, parse_page
from robolearn_ingest.loading.placing import PlacedPage
from robolearn_ingest.sources import SourceTree

Parsed = tuple[Page | None, list[Problem]]
Job = tuple[str, bytes, tuple[int, int] | None]
Progress = Callable[[int, int], None]

# Below this, starting processes and handing results over takes longer than it saves on two cores.
POOL_FROM_BYTES = 16_000_000
CHUNK = 16


def content_hash(tree: SourceTree, page: PlacedPage) -> bytes:
    """What a lesson was read from (32 bytes): the bytes, the part of them, and the parser."""
    return digest(str(PARSER_VERSION), tree.files[page.page.path].digest, repr(page.page.lines))


def parse_pages(tree: SourceTree, pages: Sequence[PlacedPage], progress: Progress) -> list[Parsed]:
    """Parse the pages, in their order. `progress` gets (done, all)."""
    jobs = [(one.page.path, tree.read(one.page.path), one.page.lines) for one in pages]
    parsed: list[Parsed] = []
    with _uncollected(), _mapping(sum(len(data) for _, data, _ in jobs)) as mapped:
        for one in mapped(_parse, jobs):
            parsed.append(one)
            progress(len(parsed), len(jobs))
    return parsed


def _parse(job: Job) -> Parsed:
    path, data, lines = job
    return parse_page(path, data, lines=lines)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Parsing makes many objects that stay and hardly a cycle: looking for some is a third of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _mapping(size: int) -> Iterator[Callable[[Callable[[Job], Parsed], Sequence[Job]], Iterator[Parsed]]]:
    cores = len(os.sched_getaffinity(0))
    if size < POOL_FROM_BYTES or cores == 1:
        yield map
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([parse_page.__module__])  # imported once, not by each process
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        yield partial(pool.map, chunksize=CHUNK)
