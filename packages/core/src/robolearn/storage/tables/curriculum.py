"""Sources, and what was read from them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from robolearn.storage.tables.metadata import Base

EMPTY = text("'{}'")


class Source(Base):
    """Where a curriculum comes from. `digest` covers all files of the last complete run."""

    __tablename__ = "source"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[str | None]
    digest: Mapped[bytes | None]
    last_run_id: Mapped[UUID | None]


class Course(Base):
    """A course of a source; `key` tells the courses of one source apart."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    key: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str | None]
    language: Mapped[str]
    layout: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Module(Base):
    """A titled group of lessons or modules. `position` is its place in the whole course, depth first."""

    __tablename__ = "module"
    __table_args__ = (Index(None, "course_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]


class Lesson(Base):
    """A lesson. Its id survives renames and moves.

    `position` shares one numbering with the modules of the course, depth first. `content_hash` is
    of the bytes it was read from, `payload_hash` of what search filters on. `page_title` is the title on
    the page itself, `title` the one shown (the navigation's, if it gives one).
    """

    __tablename__ = "lesson"
    __table_args__ = (
        UniqueConstraint("course_id", "key", deferrable=True, initially="DEFERRED"),
        Index(None, "course_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    module_id: Mapped[UUID | None] = mapped_column(ForeignKey("module.id", ondelete="SET NULL"), index=True)
    key: Mapped[str]
    source_path: Mapped[str]
    position: Mapped[int]
    in_navigation: Mapped[bool]
    title: Mapped[str]
    page_title: Mapped[str | None]
    description: Mapped[str | None]
    body: Mapped[str]
    html: Mapped[str]
    headings: Mapped[list[dict[str, Any]]]
    level: Mapped[str | None]
    minutes: Mapped[int | None]
    objectives: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    prerequisites: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    ros_distro: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    simulator: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    hardware: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    page_language: Mapped[str | None]
    language: Mapped[str]
    content_hash: Mapped[bytes]
    payload_hash: Mapped[bytes]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Passage(Base):
    """A piece of a lesson that is searched and cited as one.

    `text_hash` covers all that is embedded. `search_config` names PostgreSQL's text search configuration
    for the lesson's language; as text, since pg_upgrade refuses databases with columns of type regconfig.
    """

    __tablename__ = "passage"
    __table_args__ = (
        Index(None, "lesson_id", "position"),
        Index(None, "tsv", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    position: Mapped[int]
    heading_path: Mapped[list[str]]
    anchor: Mapped[str]
    line_start: Mapped[int]
    line_end: Mapped[int]
    text: Mapped[str]
    text_hash: Mapped[bytes]
    search_config: Mapped[str]
    tsv: Mapped[str] = mapped_column(
        TSVECTOR, Computed("passage_tsv(search_config, heading_path, text)", persisted=True)
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
