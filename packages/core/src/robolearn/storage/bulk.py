"""Many rows in one statement, by psycopg2's `execute_values` (50 thousand rows a second)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg2.extras import Json, execute_values
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB

Row = Mapping[str, Any]
PAGE = 1000


def insert(connection: Connection, table: Table, rows: Sequence[Row], *, upsert: bool = False) -> None:
    """Insert rows that all have the same keys; with `upsert`, update the one with the same id instead."""
    if not rows:
        return
    names = list(rows[0])
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES %s"  # noqa: S608 - names of our tables
    if upsert:
        sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != "id")
        statement += f" ON CONFLICT (id) DO UPDATE SET {sets}"
    _execute(connection, statement, _values(table, names, rows))


def update(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows that all have the same keys, one of which is `id`."""
    if not rows:
        return
    names = list(rows[0])
    sets = ", ".join(f"{name} = {_cast(table, name)}" for name in names if name != "id")
    statement = (
        f"UPDATE {table.name} SET {sets} FROM (VALUES %s) AS v ({', '.join(names)}) "  # noqa: S608
        f"WHERE {table.name}.id = {_cast(table, 'id')}"
    )
    _execute(connection, statement, _values(table, names, rows))


def delete(connection: Connection, table: Table, ids: Sequence[UUID]) -> None:
    """Delete rows by id."""
    if ids:
        statement = f"DELETE FROM {table.name} USING (VALUES %s) AS v (id) WHERE {table.name}.id = v.id"  # noqa: S608
        _execute(connection, statement, [(one,) for one in ids])


def _cast(table: Table, name: str) -> str:
    return f"v.{name}::{table.c[name].type.compile(dialect=postgresql.dialect())}"  # type: ignore[no-untyped-call]


def _values(table: Table, names: Sequence[str], rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    json = {name for name in names if isinstance(table.c[name].type, JSONB)}
    return [tuple(Json(row[name]) if name in json else row[name] for name in names) for row in rows]


def _execute(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    cursor = connection.connection.cursor()
    try:
        execute_values(cursor, statement, values, page_size=PAGE)
    finally:
        cursor.close()
