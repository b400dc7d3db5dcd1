"""What each ingest did and what was wrong with what it read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from robolearn.storage.tables.metadata import Base


class IngestRun(Base):
    """A run that changed something; a run over unchanged files writes nothing, not even this."""

    __tablename__ = "ingest_run"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    revision: Mapped[str | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]


class IngestProblem(Base):
    """A problem that the run reported. `of_page` tells that it comes from the content of a page: it stands
    until that page changes, while the others are found anew by each run.
    """

    __tablename__ = "ingest_problem"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("ingest_run.id", ondelete="CASCADE"), index=True)
    of_page: Mapped[bool]
    path: Mapped[str]
    line: Mapped[int | None]
    severity: Mapped[str]
    reason: Mapped[str]
    advice: Mapped[str]
