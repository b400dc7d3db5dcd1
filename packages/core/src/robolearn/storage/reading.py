"""Reads: one statement, one round trip, no transaction around it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, Row, TextClause
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from robolearn.storage.engine import unavailable


class Reader:
    """Runs single statements in autocommit: no BEGIN, no COMMIT. Safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    def rows(self, statement: TextClause, given: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """All rows. Raises DatabaseUnavailable."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(statement, given).all()
        except (DBAPIError, PoolTimeout) as error:
            if isinstance(error, OperationalError | PoolTimeout) or error.connection_invalidated:
                raise unavailable(error) from error
            raise

    def row(self, statement: TextClause, given: Mapping[str, Any]) -> Row[Any] | None:
        """The first row, if there is one. Raises DatabaseUnavailable."""
        return next(iter(self.rows(statement, given)), None)
