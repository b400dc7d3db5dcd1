"""Times of the all-in-one process that must fit each other."""

from pathlib import Path

import pytest

from robolearn_cli.demo import run, showing


def test_what_a_killed_worker_held_comes_back_before_waiting_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run.os, "environ", environment := {"API_PORT": ""})
    run._settle(tmp_path, 8000)
    assert float(environment["WORKER_LEASE_SECONDS"]) < showing.PATIENCE_SECONDS / 2
