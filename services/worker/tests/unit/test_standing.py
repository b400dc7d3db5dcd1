"""What Prometheus is told of the index."""

from prometheus_client import CollectorRegistry, generate_latest

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.work import IndexCounts
from robolearn.testing.clock import Clock
from robolearn_worker.standing import Standing

PENDING = "robolearn_worker_pending_passages"


class Database:
    """Counts how often it is asked, and is away on demand."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False

    def __call__(self) -> IndexCounts:
        self.asked += 1
        if self.away:
            raise DatabaseUnavailable("PostgreSQL does not answer.")
        return IndexCounts(10, 5, 3, 2, 0, 42.0)


def test_the_numbers_are_those_of_the_database_whether_a_sweep_ran_or_not() -> None:
    registry = CollectorRegistry()
    registry.register(Standing(Database()))
    assert registry.get_sample_value(PENDING) == 3
    assert registry.get_sample_value("robolearn_worker_failed_passages") == 2
    assert registry.get_sample_value("robolearn_worker_oldest_pending_seconds") == 42


def test_several_scrapes_in_a_row_cost_one_query() -> None:
    database, clock, registry = Database(), Clock(), CollectorRegistry()
    registry.register(Standing(database, keep_seconds=5, clock=clock))
    assert database.asked == 0  # registering asks nobody
    for _ in range(3):
        generate_latest(registry)
    assert database.asked == 1
    clock.now += 5
    generate_latest(registry)
    assert database.asked == 2


def test_while_the_database_is_away_the_series_are_absent_and_not_stale() -> None:
    database, clock, registry = Database(), Clock(), CollectorRegistry()
    registry.register(Standing(database, keep_seconds=5, clock=clock))
    assert registry.get_sample_value(PENDING) == 3
    database.away = True
    clock.now += 5
    assert registry.get_sample_value(PENDING) is None
    assert b"robolearn_worker" not in generate_latest(registry)
    database.away = False
    clock.now += 5
    assert registry.get_sample_value(PENDING) == 3
