"""The Celery application as it is configured."""

from typing import Any

import pytest
from celery import Celery

from robolearn.domain.errors import SettingsError
from robolearn_worker.app import create_celery, visibility_seconds
from robolearn_worker.embedding import Embedded
from robolearn_worker.indexing import Indexing
from robolearn_worker.patience import LONGEST_WAIT
from robolearn_worker.settings import WorkerSettings


def worker_settings(**changes: Any) -> WorkerSettings:
    return WorkerSettings.model_validate({"database": {"url": "postgresql://nowhere"}, **changes})


@pytest.fixture
def indexing(settings: Any, fake_world: Any) -> Indexing:
    return Indexing(settings, lambda: fake_world.adapters)


@pytest.fixture
def app(indexing: Indexing) -> Celery:
    return create_celery(worker_settings(), indexing)


def test_tasks_are_named_by_noun_and_verb(app: Celery) -> None:
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {"passages.embed", "points.remove", "index.reconcile"}


def test_every_sweep_is_scheduled_and_its_hint_expires_before_the_next(app: Celery) -> None:
    assert set(app.conf.beat_schedule) == {"passages.embed", "points.remove", "index.reconcile"}
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] <= entry["schedule"].total_seconds()
        assert "args" not in entry


def test_messages_are_json_acknowledged_late_and_leave_no_result(app: Celery) -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_acks_late
    assert app.conf.task_ignore_result
    assert app.conf.result_backend is None
    assert app.conf.worker_prefetch_multiplier == 1


def test_no_message_is_given_to_another_worker_while_it_is_worked_on_or_waits(app: Celery) -> None:
    settings = worker_settings().worker
    visible = app.conf.broker_transport_options["visibility_timeout"]
    assert visible == visibility_seconds(settings)
    assert visible > settings.sweep_limit_seconds + settings.patience_seconds
    assert visible > LONGEST_WAIT


def test_two_apps_in_one_process_do_not_share_tasks(settings: Any, fake_world: Any, app: Celery) -> None:
    other = create_celery(worker_settings(), Indexing(settings, lambda: fake_world.adapters))
    assert app.tasks["passages.embed"].app is app
    assert other.tasks["passages.embed"].app is other


def test_only_the_caller_can_ask_for_a_broker_in_memory(indexing: Indexing) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        create_celery(worker_settings(redis={"url": "memory://"}), indexing)


@pytest.mark.parametrize("url", ["redis://host:99x/0", "redis://host:99999/0", "redis://host:1/abc"])
def test_an_address_that_the_client_cannot_read_is_told_before_it_runs(url: str, indexing: Indexing) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        create_celery(worker_settings(redis={"url": url}), indexing)


@pytest.mark.parametrize("url", ["redis://host", "rediss://:word@host:1/3", "redis+socket:///run/redis.sock"])
def test_any_address_of_redis_will_do(url: str, indexing: Indexing) -> None:
    assert create_celery(worker_settings(redis={"url": url}), indexing).conf.broker_url == url


def test_a_worker_waits_for_its_broker_however_long(app: Celery) -> None:
    assert app.conf.broker_connection_max_retries is None


class Scripted(Indexing):
    """Indexing whose next embed sweep ends as told."""

    outcome = Embedded()

    def embed(self) -> Embedded:
        return self.outcome


@pytest.mark.parametrize(("resume_in", "sent"), [(None, []), (0.0, [0.0]), (42.0, [42.0])])
def test_a_sweep_that_is_to_resume_sends_its_own_hint(
    settings: Any,
    fake_world: Any,
    monkeypatch: pytest.MonkeyPatch,
    resume_in: float | None,
    sent: list[float],
) -> None:
    indexing = Scripted(settings, lambda: fake_world.adapters)
    indexing.outcome = Embedded(resume_in=resume_in)
    task = create_celery(worker_settings(), indexing).tasks["passages.embed"]
    countdowns: list[float] = []

    def send(*, countdown: float) -> None:
        countdowns.append(countdown)

    monkeypatch.setattr(task, "apply_async", send)
    task()
    assert countdowns == sent


def test_an_outage_is_no_failure_of_the_task(indexing: Indexing, app: Celery, fake_world: Any) -> None:
    from robolearn.domain.errors import IndexUnavailable

    fake_world.adapters.index.outage = IndexUnavailable("Qdrant is away.")
    for name in ("passages.embed", "index.reconcile"):
        assert app.tasks[name]() is None


@pytest.mark.parametrize("url", ["http://redis", "redis://redis:port/0", "redis://redis/name", "redis"])
def test_a_redis_address_that_cannot_be_read_is_told_before_the_worker_runs(
    indexing: Indexing, url: str
) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        create_celery(worker_settings(redis={"url": url}), indexing)


@pytest.mark.parametrize("url", ["redis://redis", "redis://redis:6379/", "rediss://:word@redis:6379/3"])
def test_a_redis_address_is_taken_as_it_is(indexing: Indexing, url: str) -> None:
    assert create_celery(worker_settings(redis={"url": url}), indexing).conf.broker_url == url
