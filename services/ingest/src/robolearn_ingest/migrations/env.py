"""What Alembic runs for every command: on the connection of `migrate`, or by hand on one like it."""

import sys

from alembic import context
from sqlalchemy import Connection

from robolearn.domain.errors import RobolearnError
from robolearn.settings import load
from robolearn.storage.tables import Base
from robolearn_ingest.migrations.connection import LIMITS, alone, connected
from robolearn_ingest.settings import IngestSettings


def _on(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()


def _by_hand() -> None:
    url = load(IngestSettings).database.url.get_secret_value()
    with connected(url, LIMITS) as connection, alone(connection, LIMITS):
        _on(connection)


given = context.config.attributes.get("connection")
if given is not None:
    _on(given)
else:
    try:
        _by_hand()
    except RobolearnError as error:
        sys.exit(f"alembic: {error}")
