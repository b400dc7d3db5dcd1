"""Links between lessons."""

from uuid import UUID

from robolearn_api.links import course_url, lesson_url, resolve_sources

LESSON = UUID(int=7)


def test_a_lesson_is_reached_at_its_heading() -> None:
    assert lesson_url(LESSON) == f"/lessons/{LESSON}"
    assert lesson_url(LESSON, "why-ü") == f"/lessons/{LESSON}#why-%C3%BC"


def test_a_slug_cannot_leave_its_place() -> None:
    assert course_url("../x?") == "/courses/..%2Fx%3F"


def test_links_to_files_of_the_source_lead_to_the_course() -> None:
    html = '<p><a class="x" href="source:docs/a%20b.md#c">b</a> <a href="source:d.md">d</a></p>'
    assert resolve_sources(html, "ros-2") == (
        '<p><a class="x" href="/courses/ros-2/source/docs/a%20b.md#c">b</a> '
        '<a href="/courses/ros-2/source/d.md">d</a></p>'
    )


def test_other_links_and_shown_code_stay() -> None:
    html = '<a href="https://ros.org/source:x">r</a> <code>&lt;a href="source:x"&gt;</code>'
    assert resolve_sources(html, "ros-2") == html
