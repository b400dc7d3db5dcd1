"""The tables at the end of a run, as they stand on a narrow terminal."""

import pytest

from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.loading import LoadReport
from robolearn_ingest.loading.report import LESSON_COUNTS
from robolearn_ingest.showing import show_report

COUNTS = dict.fromkeys(("courses", "passages", *LESSON_COUNTS), 1)


def _shown(
    problems: list[Problem], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    report = LoadReport("/c", None, ("folder",), COUNTS, tuple(problems), written=True, dry_run=False)
    show_report(report)
    return capsys.readouterr().out.splitlines()


def test_the_same_problem_in_many_pages_is_one_row(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [Problem(f"{n}.md", 3, Severity.WARNING, "it leans", "Prop it up.") for n in range(9)]
    lines = _shown(
        [*problems, Problem("x.md", None, Severity.ERROR, "it fell", "Lift it.")], capsys, monkeypatch
    )
    text = "\n".join(lines)
    assert "1 error, 9 warnings" in text
    assert (text.count("it leans"), text.count("it fell")) == (1, 1)
    assert [word in text for word in ("0.md:3", "2.md:3", "3.md:3", "and 6 more", "x.md")] == [
        True, True, False, True, True,
    ]  # fmt: skip


def test_nothing_is_cut_off_at_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reason = "docs/" + "very-long-name-" * 8 + ".md", "because " * 40
    lines = _shown([Problem(path, 1, Severity.ERROR, reason, "Shorten [it].")], capsys, monkeypatch)
    assert max(map(len, lines)) <= 80
    cells = [line.split("│")[1].strip() for line in lines if line.startswith("│") and line.count("│") == 4]
    assert "".join(cells) == f"{path}:1"
    assert "\n".join(lines).count("because") == 40
    assert "→ Shorten [it]." in "\n".join(lines)
