"""One small course in memory, and the api that serves it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonEntry, LessonView, ModuleNode
from robolearn.domain.errors import DatabaseUnavailable, NotFound
from robolearn.domain.page import Facts, Heading
from robolearn.domain.search import PassageView, ScoredPassage, SearchFilters, Snippet
from robolearn.domain.work import IndexCounts
from robolearn.settings import DatabaseSettings
from robolearn.testing import FakeEmbedder, FakeIndex, FakeSparseEncoder
from robolearn_api.adapters import Adapters
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings

SPACE = UUID("6f9619ff-8b86-d011-b42d-00c04fc964ff")
WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
HTML = """<h1 id="why-odometry-drifts">Why odometry drifts</h1>
<p>See <a href="source:docs/frames.md#trees">frames</a>, and <code>/odom</code>.</p>
<h2 id="slip">Wheels slip</h2><p>A wheel that slips still counts.</p>
<pre><code class="language-python"><span class="kn">import</span> <span class="nn">rclpy</span>  <span class="c1"># {long}</span></code></pre>
<h3 id="measure">Measure it</h3><p>Drive a square.</p>
<table><thead><tr><th>Error</th><th>Grows with</th><th>Cure</th><th>Seen in</th><th>Price</th></tr></thead>
<tbody><tr><td>radius</td><td>distance</td><td>calibration</td><td>all drives</td><td>an hour</td></tr></tbody></table>
<aside class="admonition warning"><p class="admonition-title">Warning</p><p>Lift the wheels first.</p></aside>
<p><math display="block"><mi>x</mi><mo>=</mo><mn>1</mn></math></p>
<h2 id="fuse">Fuse an inertial unit</h2><p>{filler}</p>
""".format(
    long="a comment that is far too long for a phone " * 4, filler="It turns well but drifts too. " * 400
)
TEXT = "Your robot drifts 🤖 because nothing outside corrects the sum of small errors."


def entry(title: str, navigation: bool = True) -> LessonEntry:
    """A lesson of the sample."""
    path = f"docs/{title.lower().replace(' ', '-')}.md"
    return LessonEntry(uuid5(SPACE, title), title, path, navigation, "beginner", 25)


FRAMES, ODOMETRY, LOST = entry("Frames"), entry("Why odometry drifts"), entry("Lost & <found>", False)
PASSAGES = {uuid5(SPACE, anchor): anchor for anchor in ("slip", "measure", "")}
FACTS = Facts(
    level="beginner", minutes=25, objectives=("Say why",), prerequisites=("Frames",), ros_distro=("jazzy",)
)


class Library:
    """Every port that reading needs, over one course; `away` and `pending` change what it answers."""

    def __init__(self) -> None:
        self.away = False
        self.pending = 0
        self.broken = False
        self.asked: list[tuple[str, SearchFilters]] = []
        self.summary = CourseSummary(
            id=uuid5(SPACE, "course"),
            slug="navigation",
            title="Navigation <1>",
            description="How a robot finds its way.",
            language="en",
            layout="mkdocs",
            lessons=3,
            minutes=75,
            updated_at=WHEN,
            levels=("beginner",),
            ros_distros=("humble", "jazzy"),
        )

    def courses(self, after: str | None = None, limit: int = 50) -> list[CourseSummary]:
        if self.away:
            raise DatabaseUnavailable("PostgreSQL at db.internal does not answer.")
        if self.broken:
            raise ZeroDivisionError
        other = replace(self.summary, slug="ros2", title="ROS 2", levels=(), ros_distros=())
        return [one for one in (self.summary, other) if after is None or one.slug > after][:limit]

    def course(self, slug: str) -> CourseTree:
        if slug != "navigation":
            raise NotFound(f"There is no course {slug!r}.")
        module = ModuleNode("Localization", (ModuleNode("Odometry", (ODOMETRY,)),))
        return CourseTree(self.summary, "https://example.org/nav.git", "4f2c9e1", (FRAMES, module), (LOST,))

    def lesson(self, lesson_id: UUID) -> LessonView:
        found = [one for one in (FRAMES, ODOMETRY, LOST) if one.id == lesson_id]
        if not found:
            raise NotFound("There is no such lesson.")
        drift = found[0] is ODOMETRY
        headings = ((1, "why-odometry-drifts"), (2, "slip"), (3, "measure"), (2, "fuse"))
        return LessonView(
            id=lesson_id,
            title=found[0].title,
            description=None,
            course="navigation",
            course_title=self.summary.title,
            breadcrumbs=("Localization", "Odometry") if drift else (),
            source_path=found[0].source_path,
            in_navigation=found[0].in_navigation,
            body="",
            html=HTML if drift else "<p>Short.</p>",
            headings=tuple(Heading(level, at.capitalize(), at, 1) for level, at in headings) if drift else (),
            facts=FACTS if drift else Facts(),
            passages=(),
            previous=FRAMES if drift else None,
            next=ODOMETRY if found[0] is FRAMES else None,
            updated_at=WHEN,
        )

    def lesson_at(self, course: str, source_path: str) -> UUID:
        for one in (FRAMES, ODOMETRY, LOST):
            if one.source_path == source_path:
                return one.id
        raise NotFound(f"No lesson of {course} comes from {source_path}.")

    def by_words(
        self,
        query: str,
        language: str,
        filters: SearchFilters,
        limit: int,
        after: tuple[float, UUID] | None = None,
    ) -> list[ScoredPassage]:
        self.asked.append((query, filters))
        if self.away:
            raise DatabaseUnavailable("PostgreSQL at db.internal does not answer.")
        ranked = [] if "zebra" in query else list(PASSAGES)
        return [ScoredPassage(one, 9.0 - place, None, 9.0 - place) for place, one in enumerate(ranked)]

    def views(self, ids: list[UUID], query: str, language: str) -> dict[UUID, PassageView]:
        return {one: self._view(one) for one in ids}

    def _view(self, passage: UUID) -> PassageView:
        anchor = PASSAGES[passage]
        return PassageView(
            passage_id=passage,
            lesson_id=ODOMETRY.id,
            lesson_title=ODOMETRY.title,
            course="navigation",
            course_title=self.summary.title,
            heading_path=(
                ODOMETRY.title,
                *(("Wheels slip",) if anchor else ()),
                *(("Measure it",) if anchor == "measure" else ()),
            ),
            anchor=anchor,
            text=TEXT,
            snippet=Snippet(TEXT, ((5, 10), (18, 19))),
            source_path=ODOMETRY.source_path,
            line_start=12,
            line_end=31,
            in_navigation=True,
            level="beginner",
            language="en",
            ros_distro=("humble", "jazzy"),
        )

    def counts(self, profile: object) -> IndexCounts:
        return IndexCounts(160, 160 - self.pending, self.pending, 0, 0, None)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def app(library: Library) -> FastAPI:
    adapters = Adapters(
        catalogue=library,
        passages=library,
        index=FakeIndex(),
        embedder=FakeEmbedder(),
        sparse=FakeSparseEncoder(),
        ledger=library,  # type: ignore[arg-type]  # pages only ask it for counts
    )
    return create_app(ApiSettings(database=DatabaseSettings(url="postgresql://nowhere/none")), adapters)


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
