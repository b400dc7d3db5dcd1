"""One small course in memory, and the api that serves it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonEntry, LessonView, ModuleNode
from robolearn.domain.page import Facts, Heading
from robolearn.domain.search import PassageView, Snippet
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
from robolearn_api.settings import ApiSettings

SPACE = UUID("6f9619ff-8b86-d011-b42d-00c04fc964ff")
WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
HTML = (Path(__file__).parent / "lesson.html").read_text()
TEXT = "Why robots drift 🤖: nothing outside corrects the sum of the robot's small errors."
FACTS = Facts(
    level="beginner", minutes=25, objectives=("Say why",), prerequisites=("Frames",), ros_distro=("jazzy",)
)
HEADINGS = tuple(
    Heading(level, text, text.lower().replace(" ", "-"), 1)
    for level, text in ((1, "Why odometry drifts"), (2, "Slip"), (3, "Measure"), (2, "Fuse"))
)


def _entry(title: str, navigation: bool = True) -> LessonEntry:
    path = f"docs/{title.lower().replace(' ', '-')}.md"
    return LessonEntry(uuid5(SPACE, title), title, path, navigation, "beginner", 25)


FRAMES, ODOMETRY, LOST = _entry("Frames"), _entry("Why odometry drifts"), _entry("Lost & <found>", False)


def _course(slug: str, title: str, *distros: str) -> CourseTree:
    summary = CourseSummary(
        id=uuid5(SPACE, slug),
        slug=slug,
        title=title,
        description="How a robot finds its way.",
        language="en",
        layout="mkdocs",
        lessons=3,
        minutes=75,
        updated_at=WHEN,
        levels=("beginner",),
        ros_distros=distros,
    )
    module = ModuleNode("Localization", (ModuleNode("Odometry", (ODOMETRY,)),))
    return CourseTree(summary, "https://example.org/nav.git", "4f2c9e1", (FRAMES, module), (LOST,))


def _lesson(entry: LessonEntry, **more: object) -> LessonView:
    values: dict[str, object] = {
        "id": entry.id,
        "title": entry.title,
        "description": None,
        "course": "navigation",
        "course_title": "Navigation <1>",
        "breadcrumbs": (),
        "source_path": entry.source_path,
        "in_navigation": entry.in_navigation,
        "body": "",
        "html": "<p>Short.</p>",
        "headings": (),
        "facts": Facts(),
        "passages": (),
        "previous": None,
        "next": None,
        "updated_at": WHEN,
    }
    return LessonView(**(values | more))  # type: ignore[arg-type]


def _passage(number: int, anchor: str, *headings: str) -> PassageView:
    return PassageView(
        passage_id=UUID(int=number),
        lesson_id=ODOMETRY.id,
        lesson_title=ODOMETRY.title,
        course="navigation",
        course_title="Navigation <1>",
        heading_path=(ODOMETRY.title, *headings),
        anchor=anchor,
        text=TEXT,
        snippet=Snippet(TEXT),
        source_path=ODOMETRY.source_path,
        line_start=12,
        line_end=31 if number < 3 else 12,
        in_navigation=True,
        level="beginner",
        language="en",
        ros_distro=("humble", "jazzy"),
    )


@pytest.fixture
def catalogue() -> FakeCatalogue:
    long = _lesson(
        ODOMETRY,
        breadcrumbs=("Localization", "Odometry"),
        html=HTML,
        headings=HEADINGS,
        facts=FACTS,
        previous=FRAMES,
    )
    courses = [_course("navigation", "Navigation <1>", "humble", "jazzy"), _course("ros2", "ROS 2")]
    return FakeCatalogue(courses, [_lesson(FRAMES, next=ODOMETRY), long, _lesson(LOST)])


@pytest.fixture
def passages() -> FakePassageSearch:
    slip, measure = _passage(1, "slip", "Wheels slip"), _passage(2, "measure", "Wheels slip", "Measure it")
    return FakePassageSearch([slip, measure, _passage(3, "")])


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
def adapters(catalogue: FakeCatalogue, passages: FakePassageSearch, ledger: FakeLedger) -> Adapters:
    return Adapters(
        catalogue=catalogue,
        passages=passages,
        index=FakeIndex(),
        embedder=FakeEmbedder(),
        sparse=FakeSparseEncoder(),
        ledger=ledger,
    )


@pytest.fixture
def pending(ledger: FakeLedger, adapters: Adapters) -> FakeLedger:
    """The ledger when the index lacks three passages."""
    ledger.register(adapters.embedder.profile)
    for text in ("one", "two", "three"):
        ledger.put(text)
    return ledger


@pytest.fixture
def app(adapters: Adapters) -> FastAPI:
    return create_app(
        ApiSettings(database=DatabaseSettings(url=SecretStr("postgresql://nowhere/none"))), adapters
    )


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers={"Accept": "text/html"}) as client:
        yield client


@pytest.fixture
def page(client: TestClient) -> Callable[[str], str]:
    """The HTML at an address, which must answer 200."""

    def get(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    return get


@pytest.fixture
def lesson_address() -> str:
    return f"/lessons/{ODOMETRY.id}"
