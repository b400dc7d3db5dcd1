"""The migrations build what the models say, and what models cannot say."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, create_engine, inspect, text

from robolearn.storage.engine import psycopg2_url
from robolearn.storage.tables import Base


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = create_engine(psycopg2_url(database_url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_migrations_and_models_agree(connection: Connection) -> None:
    options = {"compare_type": True, "compare_server_default": True, "target_metadata": Base.metadata}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, Base.metadata) == []


def test_constraints_and_their_behaviour_agree(connection: Connection) -> None:
    inspector = inspect(connection)
    for name, table in Base.metadata.tables.items():
        references = {
            (key["name"], key["options"].get("ondelete")) for key in inspector.get_foreign_keys(name)
        }
        assert references == {(key.name, key.ondelete) for key in table.foreign_key_constraints}
        checks = {one["name"] for one in inspector.get_check_constraints(name)}
        assert checks == {one.name for one in table.constraints if isinstance(one, CheckConstraint)}
        generated = {one["name"]: one.get("computed") for one in inspector.get_columns(name)}
        assert {one for one, how in generated.items() if how} == {
            one.name for one in table.columns if one.computed is not None
        }


def test_partial_indexes_and_deferred_constraints_agree(connection: Connection) -> None:
    predicate = (
        "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = CAST(:name AS regclass)"
    )
    given = {"name": "ix_passage_vector_state_pending"}
    assert connection.scalar(text(predicate), given) == "(state = 'pending'::text)"
    deferred = "SELECT conname FROM pg_constraint WHERE condeferred AND contype = 'u'"
    assert connection.scalars(text(deferred)).all() == ["uq_lesson_course_id_key"]


def test_the_functions_and_the_trigger_are_there(connection: Connection) -> None:
    volatility = "SELECT proname, provolatile FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    found = dict(tuple(row) for row in connection.execute(text(volatility)))
    assert found == {"search_words": "i", "passage_tsv": "i", "record_vector_removals": "v"}
    triggers = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    assert connection.execute(text(triggers)).all() == [("passage_vector_state", "record_vector_removals")]


def test_passages_keep_their_vectors_in_the_row(connection: Connection) -> None:
    options = "SELECT reloptions FROM pg_class WHERE oid = 'passage'::regclass"
    assert connection.scalar(text(options)) == ["toast_tuple_target=8160"]


def test_words_inside_tags_and_paths_are_indexed(connection: Connection) -> None:
    statement = (
        "SELECT passage_tsv('english', ARRAY['Drift'], '<joint name=\"wheel\"/> on /cmd_vel and/or /odom')"
    )
    tsv = connection.scalar(text(statement))
    for lexeme in ("'drift':1A", "'joint':", "'wheel':", "'cmd':", "'vel':", "'odom':"):
        assert lexeme in tsv


def test_a_passage_too_long_for_a_tsvector_is_cut_not_refused(connection: Connection) -> None:
    words = " ".join(uuid4().hex for _ in range(60_000))
    statement = text("SELECT length(passage_tsv('simple', ARRAY[:words], :words))")
    assert connection.scalar(statement, {"words": words}) > 1000
