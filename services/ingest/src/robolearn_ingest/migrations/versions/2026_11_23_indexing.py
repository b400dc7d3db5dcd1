"""What each embedding profile's index has, lacks and must forget."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_indexing"
down_revision = "2026_11_23_curriculum"

# A profile that is gone took its whole collection along: nothing is left to remove from it.
RECORD_REMOVALS = """
CREATE FUNCTION record_vector_removals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO vector_removal (profile_id, passage_id, not_before)
    SELECT gone.profile_id, gone.passage_id, greatest(now(), gone.lease_until)
    FROM gone JOIN embedding_profile ON embedding_profile.id = gone.profile_id;
    RETURN NULL;
END $$
"""

RECORD_REMOVALS_TRIGGER = """
CREATE TRIGGER record_vector_removals AFTER DELETE ON passage_vector_state
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION record_vector_removals()
"""


def upgrade() -> None:
    """Create its tables, and the trigger that records removals."""
    _profiles()
    _vector_work()
    op.execute(RECORD_REMOVALS)
    op.execute(RECORD_REMOVALS_TRIGGER)


def _profiles() -> None:
    op.create_table(
        "embedding_profile",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("normalised", sa.Boolean(), nullable=False),
        sa.Column("chunker_version", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_embedding_profile"),
        sa.UniqueConstraint("fingerprint", name="uq_embedding_profile_fingerprint"),
    )
    op.create_table(
        "vector_cache",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        _moment("created_at"),
        _reference("vector_cache", "profile_id", "embedding_profile"),
        sa.PrimaryKeyConstraint("profile_id", "text_hash", name="pk_vector_cache"),
    )


def _vector_work() -> None:
    op.create_table(
        "passage_vector_state",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text()),
        _moment("enrolled_at"),
        _moment("updated_at"),
        sa.CheckConstraint(
            "state IN ('pending', 'embedded', 'failed')", name=op.f("ck_passage_vector_state_state")
        ),
        _reference("passage_vector_state", "profile_id", "embedding_profile"),
        _reference("passage_vector_state", "passage_id", "passage"),
        sa.PrimaryKeyConstraint("profile_id", "passage_id", name="pk_passage_vector_state"),
    )
    op.create_index("ix_passage_vector_state_passage_id", "passage_vector_state", ["passage_id"])
    op.create_index(
        "ix_passage_vector_state_pending",
        "passage_vector_state",
        ["profile_id", "enrolled_at", "passage_id"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_passage_vector_state_leased",
        "passage_vector_state",
        ["profile_id", "text_hash"],
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_table(
        "vector_removal",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        _moment("not_before"),
        sa.PrimaryKeyConstraint("id", name="pk_vector_removal"),
    )
    op.create_index("ix_vector_removal_profile_id_not_before", "vector_removal", ["profile_id", "not_before"])


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")
