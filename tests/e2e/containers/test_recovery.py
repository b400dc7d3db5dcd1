"""Backups: the drill of the operators, and a restore of a stack that serves."""

import httpx

from . import asking, visiting
from .commands import run
from .patience import until
from .stack import Stack


def test_the_drill_is_green(stack_images: dict[str, str]) -> None:
    done = run(["make", "--silent", "drill"], also=stack_images, timeout=600)
    assert "the same after the restore" in done.stdout + done.stderr


def test_a_restore_brings_back_what_was_lost(production: Stack, learner: httpx.Client) -> None:
    production.make("seed")
    status = "/api/v1/index/status"
    before = until(
        lambda: visiting.get(learner, status),
        lambda told: told["agree"] and told["embedded"] == told["passages"] > 0,
        seconds=120,
    )
    production.make("backup")
    assert "whole" in production.make("backups").stdout
    asking.sql(production, "DELETE FROM course")
    production.make("restore", "NAME=latest", "YES=1")
    until(lambda: visiting.get(learner, status), lambda told: told["points"] == before["points"])
    assert visiting.titles(learner, "why does my robot drift")


def test_a_restore_asks_first_and_refuses_what_it_does_not_know(production: Stack) -> None:
    done = production.make("restore", "NAME=latest", check=False)
    assert done.returncode != 0
    assert "Nothing was changed" in done.stdout + done.stderr
    before = [one["ID"] for one in production.containers()]
    done = production.make("restore", "NAME=of-last-year", "YES=1", check=False)
    assert done.returncode != 0
    assert "of-last-year" in done.stdout + done.stderr
    assert "Nothing was changed or stopped" in done.stdout + done.stderr
    assert [one["ID"] for one in production.containers()] == before
