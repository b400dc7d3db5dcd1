"""A few passages in every fake, and the api that serves them."""

import socket
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from robolearn.domain.search import PassageView, Snippet
from robolearn.domain.work import PassagePayload
from robolearn.observability import get_logger
from robolearn.ports.index import Point
from robolearn.settings import DatabaseSettings
from robolearn.testing import (
    FakeCatalogue,
    FakeEmbedder,
    FakeIndex,
    FakeLedger,
    FakePassageSearch,
    FakeSparseEncoder,
)
from robolearn_api.adapters import Adapters
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings, ServeSettings

LESSON = UUID(int=900)
TEXTS = (
    "The robot drifts because its wheels slip.",
    "Measure the drift of the robot with a tape.",
    "Publish a twist message to move the robot.",
    "A gripper closes its two fingers.",
)


def passage_view(number: int, text: str, *, course: str = "navigation", language: str = "en") -> PassageView:
    return PassageView(
        passage_id=UUID(int=number),
        lesson_id=LESSON,
        lesson_title="Drift",
        course=course,
        course_title="Navigation",
        heading_path=("Drift", "Why"),
        anchor="why",
        text=text,
        snippet=Snippet(text),
        source_path="docs/drift.md",
        line_start=3,
        line_end=9,
        in_navigation=True,
        level="beginner",
        language=language,
        ros_distro=("jazzy",),
    )


@dataclass
class World:
    """The fakes behind an api, and whether its database is there."""

    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    passages: FakePassageSearch = field(default_factory=FakePassageSearch)
    index: FakeIndex = field(default_factory=FakeIndex)
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)
    sparse: FakeSparseEncoder = field(default_factory=FakeSparseEncoder)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    database_error: Exception | None = None
    closed: list[str] = field(default_factory=list)

    def adapters(self) -> Adapters:
        return Adapters(
            catalogue=self.catalogue,
            passages=self.passages,
            index=self.index,
            embedder=self.embedder,
            sparse=self.sparse,
            ledger=self.ledger,
            check_database=self._check,
            closers=(lambda: self.closed.append("index"), lambda: self.closed.append("pool")),
        )

    def put(self, views: Sequence[PassageView]) -> None:
        """Into the database and the index."""
        profile = self.embedder.profile
        self.index.ensure(profile)
        self.index.promote(profile)
        self.passages.passages.update({one.passage_id: one for one in views})
        self.index.upsert(profile, [self._point(one) for one in views])

    def _point(self, view: PassageView) -> Point:
        text = f"{' '.join(view.heading_path)} {view.text}"
        (sparse,) = self.sparse.encode([text], view.language)
        payload = PassagePayload(
            view.course, view.lesson_id, view.level, view.language, view.ros_distro, (), ()
        )
        return Point(view.passage_id, self.embedder.embed([text])[0], sparse, payload)

    def _check(self) -> None:
        if self.database_error:
            raise self.database_error


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MutableMapping[str, Any]]]:
    """The log lines of the test."""
    # A logger may have been bound to the configuration of an earlier test.
    monkeypatch.setattr("robolearn_api.envelope.log", get_logger("robolearn_api.envelope"))
    monkeypatch.setattr("robolearn_api.search.guard.log", get_logger("robolearn_api.search.guard"))
    with capture_logs(processors=[merge_contextvars]) as lines:
        yield lines


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def world() -> World:
    made = World()
    made.put([passage_view(number, text) for number, text in enumerate(TEXTS, 1)])
    return made


@pytest.fixture
def settings() -> ApiSettings:
    return ApiSettings(
        database=DatabaseSettings.model_validate({"url": "postgresql://nowhere/none"}),
        api=ServeSettings(search_timeout_seconds=30),
    )


@pytest.fixture
def build(settings: ApiSettings) -> Callable[[World], FastAPI]:
    """The api on the given fakes."""
    return lambda world: create_app(settings, world.adapters())


@pytest.fixture
def api(build: Callable[[World], FastAPI], world: World) -> Iterator[TestClient]:
    """A client of the api on `world`."""
    with TestClient(build(world)) as client:
        yield client
