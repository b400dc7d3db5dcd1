"""The parts of a lesson's page that are computed."""

from uuid import uuid4

from robolearn.domain.catalogue import LessonEntry, ModuleNode
from robolearn_api.web.lesson_page import Branch, branches, without_title


def _lesson() -> LessonEntry:
    return LessonEntry(uuid4(), "One", "one.md", True, None, None)


def test_only_the_way_to_the_shown_lesson_is_open() -> None:
    shown, other = _lesson(), _lesson()
    inner = ModuleNode("Inner", (shown,))
    tree = branches((ModuleNode("Outer", (inner,)), ModuleNode("Other", (other,))), shown.id)
    assert tree == (
        Branch("Outer", (Branch("Inner", (shown,), True),), True),
        Branch("Other", (other,), False),
    )


def test_the_leading_title_goes_and_later_ones_stay() -> None:
    html = '\n<h1 id="a">A <code>b</code></h1><p>x</p><h1 id="c">C</h1>'
    assert without_title(html) == '<p>x</p><h1 id="c">C</h1>'


def test_a_text_without_a_leading_title_stays_as_it_is() -> None:
    html = '<p>x</p><h1 id="c">C</h1>'
    assert without_title(html) == html
