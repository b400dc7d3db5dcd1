"""Grandfather, father, son: what is kept, as properties."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from robolearn_worker.backup.retention import Policy, doomed

MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), max_size=60, unique=True
)
COUNTS = st.integers(0, 8)
POLICIES = st.builds(Policy, last=st.integers(1, 8), daily=COUNTS, weekly=COUNTS, monthly=COUNTS)
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@given(MOMENTS, POLICIES)
def test_the_last_ones_are_always_kept(created: list[datetime], policy: Policy) -> None:
    gone = set(doomed(created, policy))
    assert gone.isdisjoint(sorted(created, reverse=True)[: policy.last])


@given(MOMENTS, POLICIES)
def test_no_more_is_kept_than_all_rules_together(created: list[datetime], policy: Policy) -> None:
    kept = set(created) - set(doomed(created, policy))
    assert len(kept) <= policy.last + policy.daily + policy.weekly + policy.monthly


@given(MOMENTS, POLICIES)
def test_pruning_twice_is_pruning_once(created: list[datetime], policy: Policy) -> None:
    kept = [one for one in created if one not in set(doomed(created, policy))]
    assert doomed(kept, policy) == []


@given(MOMENTS, POLICIES)
def test_the_newest_of_each_of_the_last_days_is_kept(created: list[datetime], policy: Policy) -> None:
    gone = set(doomed(created, policy))
    days = sorted({one.date() for one in created}, reverse=True)[: policy.daily]
    for day in days:
        assert max(one for one in created if one.date() == day) not in gone


@given(MOMENTS, POLICIES, COUNTS)
def test_a_more_generous_policy_keeps_no_less(created: list[datetime], policy: Policy, more: int) -> None:
    generous = Policy(policy.last + more, policy.daily + more, policy.weekly + more, policy.monthly + more)
    assert set(doomed(created, generous)) <= set(doomed(created, policy))


def test_a_year_of_daily_backups_becomes_fourteen() -> None:
    created = [NOW - timedelta(days=day) for day in range(365)]
    kept = sorted(set(created) - set(doomed(created, Policy(3, 7, 4, 6))), reverse=True)
    days = [(11, day) for day in range(25, 18, -1)]
    weeks, months = [(11, 15), (11, 8)], [(10, 31), (9, 30), (8, 31), (7, 31), (6, 30)]
    assert [(one.month, one.day) for one in kept] == [*days, *weeks, *months]
