"""What each profile's index has, lacks and must forget."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from robolearn.storage.tables.metadata import Base


class EmbeddingProfileRow(Base):
    """An embedding profile that is or was in use."""

    __tablename__ = "embedding_profile"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    provider: Mapped[str]
    model: Mapped[str]
    dimensions: Mapped[int]
    normalised: Mapped[bool]
    chunker_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PassageVectorState(Base):
    """How far one passage is in one profile's index.

    `text_hash` and `payload_hash` say what was claimed or acknowledged. A pending row with a lease in the
    future is being worked on. A trigger turns every deletion here into a `vector_removal`, in the same
    transaction, whatever deleted it.
    """

    __tablename__ = "passage_vector_state"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'embedded', 'failed')", name="state"),
        Index(
            "ix_passage_vector_state_pending",
            "profile_id",
            "enrolled_at",
            "passage_id",
            postgresql_where=text("state = 'pending'"),
        ),
        Index(None, "passage_id"),
        Index(
            "ix_passage_vector_state_leased",
            "profile_id",
            "text_hash",
            postgresql_where=text("lease_until IS NOT NULL"),
        ),
    )

    profile_id: Mapped[int] = mapped_column(
        ForeignKey("embedding_profile.id", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str]
    text_hash: Mapped[bytes]
    payload_hash: Mapped[bytes]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    error: Mapped[str | None]
    enrolled_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class VectorCache(Base):
    """Vectors that were paid for: little-endian float32 values, by the hash of what was embedded."""

    __tablename__ = "vector_cache"

    profile_id: Mapped[int] = mapped_column(
        ForeignKey("embedding_profile.id", ondelete="CASCADE"), primary_key=True
    )
    text_hash: Mapped[bytes] = mapped_column(primary_key=True)
    vector: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class VectorRemoval(Base):
    """A point that must go, not before the last lease on its passage has run out.

    It names no passage by foreign key: the passage is gone.
    """

    __tablename__ = "vector_removal"
    __table_args__ = (Index(None, "profile_id", "not_before"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    profile_id: Mapped[int]
    passage_id: Mapped[UUID]
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
