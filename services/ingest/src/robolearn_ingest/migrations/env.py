"""What Alembic runs for every command: migrations on the connection that `migrate` opened."""

from alembic import context

from robolearn.storage.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
