"""What a probe concludes from the last progress."""

from pathlib import Path

import pytest

from robolearn_worker.heartbeat import Heartbeat, beats_file, check, read

STUCK = 600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "heartbeat.json"


@pytest.fixture
def heartbeat(file: Path, clock: Clock) -> Heartbeat:
    return Heartbeat(file, clock)


def test_without_a_beat_it_is_not_healthy(file: Path) -> None:
    assert not check(file, STUCK).healthy
    file.write_text("{")
    assert not check(file, STUCK).healthy


def test_a_worker_that_has_just_started_is_healthy_for_a_while(
    heartbeat: Heartbeat, file: Path, clock: Clock
) -> None:
    heartbeat.start()
    assert check(file, STUCK, clock.now + 10).healthy
    stuck = check(file, STUCK, clock.now + STUCK + 1)
    assert not stuck.healthy
    assert "check that beat runs" in stuck.reason


def test_batches_and_sweeps_are_progress(heartbeat: Heartbeat, file: Path, clock: Clock) -> None:
    heartbeat.start()
    clock.now += 500
    heartbeat.batch()
    assert check(file, STUCK, clock.now + 500).healthy
    clock.now += 500
    heartbeat.sweep(pending=3)
    assert check(file, STUCK, clock.now + 500).reason == "Last progress 500 s ago, 3 passages pending."
    assert not check(file, STUCK, clock.now + STUCK + 1).healthy


def test_a_known_wait_is_healthy_until_it_is_long_over(
    heartbeat: Heartbeat, file: Path, clock: Clock
) -> None:
    heartbeat.waiting("the provider asks for patience", 3000)
    told = check(file, STUCK, clock.now + 2999)
    assert (told.healthy, told.reason) == (True, "Waiting: the provider asks for patience")
    assert not check(file, STUCK, clock.now + 3000 + STUCK).healthy


def test_progress_ends_a_wait(heartbeat: Heartbeat, file: Path, clock: Clock) -> None:
    heartbeat.waiting("the provider asks for patience", 3000)
    heartbeat.batch()
    assert not check(file, STUCK, clock.now + STUCK + 1).healthy


def test_the_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it(
    heartbeat: Heartbeat, file: Path
) -> None:
    for _ in range(3):
        heartbeat.batch()
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert read(file) == heartbeat.beat


def test_a_beat_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path, clock: Clock) -> None:
    heartbeat = Heartbeat(tmp_path / "absent" / "heartbeat.json", clock)
    heartbeat.batch()
    assert heartbeat.beat.batch_at == clock.now


@pytest.fixture
def beat(file: Path, clock: Clock) -> Heartbeat:
    return Heartbeat(beats_file(file), clock, hints_every=5)


def test_beat_is_judged_by_its_hints(beat: Heartbeat, file: Path, clock: Clock) -> None:
    beat.start()
    assert check(file, STUCK, clock.now + 29).healthy
    clock.now += 29
    beat.hint()
    assert check(file, STUCK, clock.now + 3).reason == "Last hint 3 s ago."
    late = check(file, STUCK, clock.now + 31)
    assert (late.healthy, "no hint for 31 s" in late.reason) == (False, True)


def test_a_beat_with_long_intervals_may_take_several(file: Path, clock: Clock) -> None:
    Heartbeat(beats_file(file), clock, hints_every=60).hint()
    assert check(file, STUCK, clock.now + 299).healthy
    assert not check(file, STUCK, clock.now + 301).healthy


def test_a_broker_that_is_away_is_a_wait_of_beat_that_the_next_hint_ends(
    beat: Heartbeat, file: Path, clock: Clock
) -> None:
    beat.waiting("Redis does not answer.", 60)
    assert check(file, STUCK, clock.now + 60).reason == "Waiting: Redis does not answer."
    assert not check(file, STUCK, clock.now + 91).healthy
    beat.hint()
    assert check(file, STUCK, clock.now).reason == "Last hint 0 s ago."


def test_where_both_run_both_must_be_healthy(
    beat: Heartbeat, heartbeat: Heartbeat, file: Path, clock: Clock
) -> None:
    heartbeat.start()
    beat.start()
    assert check(file, STUCK, clock.now + 10).reason.startswith("Last progress")
    assert "no hint" in check(file, STUCK, clock.now + 40).reason
    beat.end()
    assert check(file, STUCK, clock.now + 40).healthy
