"""The sides of the loading benchmark, and the database and engine folder that each turn of one keeps."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from psycopg2.extensions import cursor as Cursor
from tests.bench import ours, yardstick
from tests.bench.fresh import Sample, fresh
from tests.bench.place import Place, administration

OURS, SAME_WORK, DENSE_ONLY = "ours", "yardstick", "yardstick, dense only"
ON_DISK = ", on disk"
_ALONE = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'
"""
_WRITTEN = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables"


class Sides:
    """Measures a side in whatever state its database and the corpus are in."""

    def __init__(self, place: Place, corpus: Path) -> None:
        self._place = place
        self._corpus = corpus
        self._databases: dict[tuple[str, int], str] = {}

    def of(self, *names: str) -> dict[str, Callable[[int], Sample]]:
        """The sides of these names; each takes the number of its turn."""
        return {name: partial(self._measure, name) for name in names}

    def ingest(self, turn: int) -> Sample:
        """Our ingest without the index, and how many rows it wrote."""
        url = self._database(OURS, turn)
        before = _rows_written(url)
        sample = fresh(ours.measure_ingest, url, self._corpus)
        sample.values["rows_written"] = _rows_written(url) - before
        return sample

    def _measure(self, side: str, turn: int) -> Sample:
        url = self._database(side, turn)
        parent = self._place.folder if side.endswith(ON_DISK) else self._place.memory
        engine = parent / f"engine-{side.replace(' ', '-').replace(',', '')}-{turn}"
        if side.startswith(OURS):
            return fresh(ours.measure, url, self._corpus, engine)
        return fresh(yardstick.measure, url, self._corpus, engine, side != DENSE_ONLY)

    def _database(self, side: str, turn: int) -> str:
        key = (side, turn)
        if key not in self._databases:
            self._databases[key] = self._place.database(empty=not side.startswith(OURS))
        return self._databases[key]


def _rows_written(url: str) -> int:
    """Rows inserted, updated and deleted so far, once every other session has told its own and gone."""
    with administration(url) as connection, connection.cursor() as cursor:
        while _number(cursor, _ALONE):
            time.sleep(0.05)
        return _number(cursor, _WRITTEN)


def _number(cursor: Cursor, statement: str) -> int:
    cursor.execute(statement)
    row = cursor.fetchone()
    return int(row[0]) if row else 0
