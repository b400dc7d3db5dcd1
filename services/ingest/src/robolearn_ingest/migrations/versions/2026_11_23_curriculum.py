"""The curriculum, and the runs that read it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "2026_11_23_curriculum"
down_revision = None

# Full text search takes `<vector>` for a tag and drops it, and `/cmd_vel` or `and/or` for a path: in lessons
# they are words. One character stays one character, so that offsets hold.
SEARCH_WORDS = r"""
CREATE FUNCTION search_words(body text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(body, '<>/\', '    ')
"""

# The text is limited so that no passage exceeds what one tsvector can hold (1 MB).
PASSAGE_TSV = """
CREATE FUNCTION passage_tsv(config text, headings text[], body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN
    setweight(to_tsvector(config::regconfig, search_words(left(array_to_string(headings, ' '), 10000))), 'A')
    || setweight(to_tsvector(config::regconfig, search_words(left(body, 100000))), 'D')
"""


def upgrade() -> None:
    """Create its tables."""
    _sources()
    _lessons()
    _passages()
    _runs()


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text()),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("last_run_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("location", name="uq_source_location"),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        _moment("updated_at"),
        _reference("course", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.UniqueConstraint("slug", name="uq_course_slug"),
        sa.UniqueConstraint("source_id", "key", name="uq_course_source_id_key"),
    )
    op.create_table(
        "module",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        _reference("module", "course_id", "course"),
        _reference("module", "parent_id", "module"),
        sa.PrimaryKeyConstraint("id", name="pk_module"),
    )
    op.create_index("ix_module_course_id_position", "module", ["course_id", "position"])
    op.create_index("ix_module_parent_id", "module", ["parent_id"])


def _lessons() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid()),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source_path", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("in_navigation", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("page_title", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headings", JSONB(), nullable=False),
        sa.Column("level", sa.Text()),
        sa.Column("minutes", sa.Integer()),
        *(_texts(n) for n in ("objectives", "prerequisites", "ros_distro", "simulator", "hardware")),
        sa.Column("page_language", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        _moment("updated_at"),
        _reference("lesson", "course_id", "course"),
        _reference("lesson", "module_id", "module", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_lesson"),
        sa.UniqueConstraint(
            "course_id", "key", name="uq_lesson_course_id_key", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_lesson_course_id_position", "lesson", ["course_id", "position"])
    op.create_index("ix_lesson_module_id", "lesson", ["module_id"])


def _passages() -> None:
    op.execute(SEARCH_WORDS)
    op.execute(PASSAGE_TSV)
    op.create_table(
        "passage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading_path", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("line_start", sa.Integer(), nullable=False),
        sa.Column("line_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("search_config", sa.Text(), nullable=False),
        sa.Column(
            "tsv",
            TSVECTOR(),
            sa.Computed("passage_tsv(search_config, heading_path, text)", persisted=True),
            nullable=False,
        ),
        _moment("created_at"),
        _reference("passage", "lesson_id", "lesson"),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    # Ranking reads the tsvector of each passage that has any of the words: in the row, that is twice as fast.
    op.execute("ALTER TABLE passage SET (toast_tuple_target = 8160)")
    op.create_index("ix_passage_lesson_id_position", "passage", ["lesson_id", "position"])
    op.create_index("ix_passage_tsv", "passage", ["tsv"], postgresql_using="gin")


def _runs() -> None:
    op.create_table(
        "ingest_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Text()),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
        _reference("ingest_run", "source_id", "source"),
        sa.PrimaryKeyConstraint("id", name="pk_ingest_run"),
    )
    op.create_index("ix_ingest_run_source_id", "ingest_run", ["source_id"])
    op.create_table(
        "ingest_problem",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("of_page", sa.Boolean(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        _reference("ingest_problem", "run_id", "ingest_run"),
        sa.PrimaryKeyConstraint("id", name="pk_ingest_problem"),
    )
    op.create_index("ix_ingest_problem_run_id", "ingest_problem", ["run_id"])


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _texts(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)


def _reference(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)
