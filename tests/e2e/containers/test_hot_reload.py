"""Development: what is edited is served as it is now, within moments; the gateway shares requests out."""

import time
from pathlib import Path
from typing import Any

import pytest

from . import courses, visiting
from .commands import ROOT
from .patience import until
from .stack import Stack


def best(found: dict[str, Any], title: str) -> bool:
    """Whether the lesson is found by its meaning, so that its vector is in the index."""
    return any(hit["lesson"]["title"] == title and hit["scores"]["dense"] for hit in found["hits"])


def test_an_edited_page_is_found(development: Stack) -> None:
    course = courses.Course(Path(development.variables["CURRICULUM"]), {})
    with visiting.client(development) as learner:
        until(
            lambda: visiting.get(learner, "/api/v1/search", q="A wheel turns when its motor does"),
            lambda now: best(now, "Wheels"),
        )
        course.write("wheels", "A quexler spins when its flywheel does.")
        edited = time.monotonic()
        until(
            lambda: visiting.get(learner, "/api/v1/search", q="quexler flywheel"),
            lambda now: best(now, "Wheels") and "quexler" in now["hits"][0]["snippet"]["text"],
            seconds=60,
        )
        print(f"an edited page was found by its meaning after {time.monotonic() - edited:.2f} s")


def test_a_new_page_a_broken_one_and_a_removed_one(development: Stack) -> None:
    course = courses.Course(Path(development.variables["CURRICULUM"]), {})
    (course.folder / "broken.md").write_bytes(b"\x00\x01 no text")
    course.write("sprockets", "A sprocket glimfles.")
    with visiting.client(development) as learner:
        until(lambda: visiting.titles(learner, "glimfles"), lambda found: "Sprockets" in found, seconds=60)
        course.remove("sprockets")
        until(
            lambda: visiting.titles(learner, "glimfles"), lambda found: "Sprockets" not in found, seconds=60
        )
    assert "broken.md" in development.logs("curriculum", tail=200)
    (course.folder / "broken.md").unlink()


def test_seeding_adds_the_samples_and_knows_the_watched_folder(development: Stack) -> None:
    folder = development.variables["CURRICULUM"]
    development.make("seed", f"CURRICULUM={folder}")
    development.make("seed", "CURRICULUM=curriculum")
    with visiting.client(development) as learner:
        found = [one["slug"] for one in visiting.get(learner, "/api/v1/courses")["items"]]
    assert len(found) == 3
    assert {"mobile-robot-navigation", "ros-2-foundations"} < set(found)


@pytest.mark.parametrize(("service", "told"), [("api", "Started server process"), ("worker", "celery@")])
def test_touched_code_is_loaded_again(development: Stack, service: str, told: str) -> None:
    def starts() -> int:
        return development.logs(service, tail=5000).count(told)

    before = until(starts)
    (ROOT / "services" / service / "src" / f"robolearn_{service}" / "__init__.py").touch()
    until(starts, lambda now: now > before, seconds=90)
    development.up(service)


def test_ports_are_on_loopback_only(development: Stack) -> None:
    published = [
        port["URL"]
        for one in development.containers()
        for port in one["Publishers"] or []
        if port["PublishedPort"]
    ]
    assert len(published) == 3
    assert set(published) == {"127.0.0.1"}


def test_three_replicas_serve_behind_the_gateway(development: Stack) -> None:
    development.up("api", "gateway", scale={"api": 3})
    with visiting.client(development) as learner:
        served = [learner.get("/api/v1/courses").status_code for _ in range(30)]
    assert served == [200] * 30
    logged = development.logs("api", tail=400).splitlines()
    asked = {line.split("|")[0].strip() for line in logged if "/api/v1/courses" in line}
    assert len(asked) == 3


def test_the_commands_of_developers_work(development: Stack) -> None:
    assert "(head)" in development.exec("api", "alembic", "current")
    assert "24" in development.exec("api", "python", "scripts/seed_data.py")
    tested = development.exec("api", "pytest", "-q", "services/api/tests/unit/test_cursors.py", check=False)
    assert " passed" in tested
    health = development.exec("api", "curl", "-fsS", "http://localhost:8000/health")
    assert '"status"' in health
