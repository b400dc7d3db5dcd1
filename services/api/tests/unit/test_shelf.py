"""Answers that are kept until the catalogue changes."""

import asyncio
from collections.abc import Callable

import pytest
from fastapi import Response
from pydantic import BaseModel

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.testing import FakeCatalogue
from robolearn.testing.clock import Clock
from robolearn_api import shelf as shelf_module
from robolearn_api.shelf import CHECK_SECONDS, KEEP_SECONDS, Shelf


class Told(BaseModel):
    """An answer."""

    text: str


class Library(FakeCatalogue):
    """A catalogue that counts how often its version is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.edition, self.checks, self.reads = "1", 0, 0

    def version(self) -> str:
        self.checks += 1
        self._check()
        return self.edition

    def tell(self, _: object) -> Told:
        self.reads += 1
        self._check()
        return Told(text=f"edition {self.edition}")


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def clock() -> Clock:
    return Clock(100.0)


@pytest.fixture
def get(library: Library, clock: Clock) -> Callable[..., Response]:
    shelf = Shelf(library, clock)
    return lambda key="a": asyncio.run(shelf.answer((key,), library.tell))


def test_what_was_read_is_not_read_again(get: Callable[..., Response], library: Library) -> None:
    assert get().body == get().body == b'{"text":"edition 1"}'
    assert (library.checks, library.reads) == (1, 1)
    get("b")
    assert library.reads == 2


def test_a_change_is_seen_after_the_next_check(
    get: Callable[..., Response], library: Library, clock: Clock
) -> None:
    before = get()
    library.edition = "2"
    clock.now += CHECK_SECONDS
    after = get()
    assert after.body == b'{"text":"edition 2"}'
    assert before.headers["ETag"] != after.headers["ETag"]


def test_an_unchanged_catalogue_is_asked_for_its_version_alone(
    get: Callable[..., Response], library: Library, clock: Clock
) -> None:
    for _ in range(3):
        get()
        clock.now += CHECK_SECONDS
    assert (library.checks, library.reads) == (3, 1)


def test_what_changes_without_a_version_is_seen_a_little_later(
    get: Callable[..., Response], library: Library, clock: Clock
) -> None:
    get()
    clock.now += KEEP_SECONDS
    get()
    assert library.reads == 2


def test_an_outage_is_told_and_then_forgotten(
    get: Callable[..., Response], library: Library, clock: Clock
) -> None:
    get()
    library.down = True
    clock.now += CHECK_SECONDS
    with pytest.raises(DatabaseUnavailable):
        get()
    library.down = False
    assert get().body == b'{"text":"edition 1"}'


def test_what_was_read_while_the_catalogue_changed_is_not_kept(library: Library, clock: Clock) -> None:
    shelf = Shelf(library, clock)

    async def answers() -> None:
        def overtaken(_: object) -> Told:
            told = library.tell(None)
            library.edition = "2"
            clock.now += CHECK_SECONDS
            asyncio.run_coroutine_threadsafe(shelf.answer(("b",), library.tell), loop).result(30)
            return told

        loop = asyncio.get_running_loop()
        await shelf.answer(("a",), overtaken)
        assert (await shelf.answer(("a",), library.tell)).body == b'{"text":"edition 2"}'

    asyncio.run(answers())


def test_many_at_once_ask_for_the_version_once(library: Library, clock: Clock) -> None:
    shelf = Shelf(library, clock)

    async def crowd() -> None:
        await asyncio.gather(*(shelf.answer((number,), library.tell) for number in range(20)))

    asyncio.run(crowd())
    assert library.checks == 1


def test_a_full_shelf_begins_anew(
    get: Callable[..., Response], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "LIMIT_BYTES", 50)
    for key in ("a", "b", "c", "a"):
        get(key)
    assert library.reads == 4
    get("a")
    assert library.reads == 4
