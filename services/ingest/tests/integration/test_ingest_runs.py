"""Runs of ingest over a small course, on real PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, Row, text

from robolearn.domain.errors import SourceError
from robolearn.domain.problems import Severity
from robolearn.storage.curriculum import CurriculumSession, curriculum_session
from robolearn_ingest.loading import LoadReport, load_curriculum
from robolearn_ingest.sources.tree import tree_of

LOCATION = "/courses/drive"
COURSE = {
    "README.md": "# Drive\n\n## Basics\n\n- [Wheels](basics/wheels.md)\n- [Motors](basics/motors.md)\n"
    "- [Power](basics/power.md)\n\n## Control\n\n- [PID](control/pid.md)\n",
    "basics/wheels.md": "# Wheels\n\nWheels roll.\n\n## Slip\n\nThey slip on ice.\n",
    "basics/motors.md": "# Motors\n\nMotors turn wheels.\n",
    "basics/power.md": "# Power\n\nBatteries are heavy.\n",
    "control/pid.md": "# PID\n\nA controller with three terms.\n",
    "notes.md": "# Notes\n\nOutside the table of contents.\n",
}
Load = Callable[..., LoadReport]


def _rows(engine: Engine, statement: str) -> list[Row[Any]]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement)))


def _ids(engine: Engine) -> dict[str, Any]:
    return {row.key: row.id for row in _rows(engine, "SELECT key, id FROM lesson")}


def _passages(engine: Engine) -> dict[str, Any]:
    return {row.text: row.id for row in _rows(engine, "SELECT text, id FROM passage")}


def test_a_course_is_loaded_in_its_authors_order(load: Load, engine: Engine) -> None:
    report = load(COURSE)
    assert (report.counts["added"], report.problems) == (5, ())
    rows = _rows(
        engine,
        "SELECT l.title, m.title AS module, in_navigation FROM lesson l "
        "LEFT JOIN module m ON m.id = l.module_id ORDER BY l.position",
    )
    assert [tuple(row) for row in rows] == [
        ("Wheels", "Basics", True),
        ("Motors", "Basics", True),
        ("Power", "Basics", True),
        ("PID", "Control", True),
        ("Notes", None, False),
    ]


def test_invariant_2_unchanged_files_write_nothing(load: Load, engine: Engine) -> None:
    first = load(COURSE)
    before = _rows(engine, "SELECT xmin, id FROM lesson UNION ALL SELECT xmin, id FROM source ORDER BY 2")

    @contextmanager
    def watched() -> Iterator[CurriculumSession]:
        with curriculum_session(engine) as session:
            yield session
            assigned = session.connection.scalar(text("SELECT pg_current_xact_id_if_assigned()"))
            assert assigned is None, "the transaction wrote something"

    content = {path: body.encode() for path, body in COURSE.items()}
    again = load_curriculum(watched, tree_of(LOCATION, content))
    assert (again.written, again.counts["unchanged"], again.counts["added"]) == (False, 5, 0)
    assert again.counts["passages"] == first.counts["passages"]
    assert before == _rows(
        engine, "SELECT xmin, id FROM lesson UNION ALL SELECT xmin, id FROM source ORDER BY 2"
    )


def test_invariant_2_changing_one_passage_rewrites_one_passage(load: Load, engine: Engine) -> None:
    load(COURSE)
    before = _passages(engine)
    report = load(COURSE | {"basics/wheels.md": COURSE["basics/wheels.md"].replace("on ice", "on oil")})
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 4)
    counts = [report.counts[f"passages_{name}"] for name in ("added", "changed", "removed")]
    assert counts == [0, 1, 0]
    after = _passages(engine)
    assert set(after.values()) == set(before.values())


def test_invariant_2_renaming_a_file_keeps_the_lesson_and_its_passages(load: Load, engine: Engine) -> None:
    load(COURSE)
    lesson, passages = _ids(engine)["basics/motors.md"], _passages(engine)
    renamed = {path.replace("motors", "engines"): body for path, body in COURSE.items()}
    renamed["README.md"] = COURSE["README.md"].replace("motors.md", "engines.md")
    report = load(renamed)
    assert (report.counts["moved"], report.counts["added"], report.counts["removed"]) == (1, 0, 0)
    assert _ids(engine)["basics/engines.md"] == lesson
    assert _passages(engine) == passages


def test_invariant_2_moving_a_lesson_to_another_module_keeps_it(load: Load, engine: Engine) -> None:
    load(COURSE)
    lesson, passages = _ids(engine)["basics/power.md"], _passages(engine)
    moved = dict(COURSE)
    line = "- [Power](basics/power.md)\n"
    moved["README.md"] = moved["README.md"].replace(line, "") + line
    report = load(moved)
    assert report.counts["moved"] == 1
    assert (_ids(engine)["basics/power.md"], _passages(engine)) == (lesson, passages)
    [row] = _rows(
        engine, "SELECT m.title FROM lesson l JOIN module m ON m.id = module_id WHERE l.title = 'Power'"
    )
    assert row.title == "Control"


def test_a_renamed_and_edited_lesson_is_the_same_by_title_and_place(load: Load, engine: Engine) -> None:
    load(COURSE)
    lesson = _ids(engine)["control/pid.md"]
    edited = {path: body for path, body in COURSE.items() if path != "control/pid.md"}
    edited["control/feedback.md"] = "# PID\n\nEverything is written anew.\n"
    edited["README.md"] = COURSE["README.md"].replace("control/pid.md", "control/feedback.md")
    load(edited)
    assert _ids(engine)["control/feedback.md"] == lesson


def test_a_removed_lesson_goes_with_its_passages(load: Load, engine: Engine) -> None:
    load(COURSE)
    report = load({path: body for path, body in COURSE.items() if path != "notes.md"})
    assert (report.counts["removed"], report.counts["passages_removed"]) == (1, 0)
    assert "notes.md" not in _ids(engine)
    assert not any("Outside" in one for one in _passages(engine))


def test_invariant_1_a_bad_file_never_stops_the_good_ones(load: Load, engine: Engine) -> None:
    report = load(COURSE | {"control/pid.md": b"\x00\x01\x02 not text"})
    [problem] = [one for one in report.problems if one.severity is Severity.ERROR]
    assert (problem.path, report.counts["added"], report.errors) == ("control/pid.md", 4, 1)
    assert problem.reason
    assert problem.advice


def test_a_lesson_whose_file_turns_bad_stays_as_it_was(load: Load, engine: Engine) -> None:
    load(COURSE)
    before = _ids(engine), _passages(engine)
    report = load(COURSE | {"control/pid.md": b"\x00\x01\x02 not text"})
    assert report.errors == 1
    assert (_ids(engine), _passages(engine)) == before


def test_an_empty_file_is_no_lesson_and_takes_none_away(load: Load, engine: Engine) -> None:
    report = load(COURSE | {"later.md": " \n\n", "control/pid.md": ""})
    assert (report.counts["added"], report.errors) == (4, 0)
    told = {(one.path, one.severity) for one in report.problems}
    assert told == {("later.md", Severity.WARNING), ("control/pid.md", Severity.WARNING)}
    load(COURSE)
    before = _ids(engine), _passages(engine)
    load(COURSE | {"control/pid.md": ""})
    assert (_ids(engine), _passages(engine)) == before


def test_a_problem_stands_until_its_page_changes(load: Load) -> None:
    bad = COURSE | {"control/pid.md": "---\ntitle: [\n---\n# PID\n\nText.\n"}
    load(bad)
    later = load(bad | {"notes.md": "# Notes\n\nChanged.\n"})
    assert [one.path for one in later.problems] == ["control/pid.md"]
    assert load(COURSE).problems == ()


def test_invariant_1_a_run_that_fails_midway_leaves_nothing(load: Load, engine: Engine) -> None:
    load(COURSE)
    before = _passages(engine)

    @contextmanager
    def failing() -> Iterator[CurriculumSession]:
        with curriculum_session(engine) as session:
            yield session
            raise RuntimeError("pulled the plug")

    changed = {path: body.encode() + b"\n## More\n\nMore.\n" for path, body in COURSE.items()}
    with pytest.raises(RuntimeError, match="plug"):
        load_curriculum(failing, tree_of(LOCATION, changed))
    assert _passages(engine) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(load: Load, engine: Engine) -> None:
    told = load(COURSE, dry_run=True)
    assert (told.written, _ids(engine)) == (False, {})
    assert load(COURSE).counts == told.counts


def test_two_sources_of_one_title_get_addresses_of_their_own(load: Load, engine: Engine) -> None:
    load(COURSE)
    load(COURSE, location="/courses/copy")
    slugs = [row.slug for row in _rows(engine, "SELECT slug FROM course ORDER BY slug")]
    assert slugs == ["drive", "drive-2"]


def test_a_source_without_a_page_changes_nothing(load: Load, engine: Engine) -> None:
    load(COURSE)
    with pytest.raises(SourceError, match="nothing was changed"):
        load({})
    assert len(_ids(engine)) == 5


def test_a_course_keeps_its_address_when_its_title_changes(load: Load, engine: Engine) -> None:
    load(COURSE)
    load(COURSE | {"README.md": COURSE["README.md"].replace("# Drive", "# Driving robots")})
    [row] = _rows(engine, "SELECT slug, title FROM course")
    assert tuple(row) == ("drive", "Driving robots")
