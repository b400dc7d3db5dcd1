"""How much of a source is read, and from where."""

from pydantic import BaseModel, Field

MIB = 1024 * 1024


class SourceSettings(BaseModel):
    """Limits of one source (settings section `source`). Sizes are in bytes, times in seconds.

    `max_files`, `max_total_bytes` and `max_entries` end the reading with an error; `max_file_bytes` and
    `max_depth` leave out one file or folder, which is reported. `max_clone_bytes` covers all that git writes.
    """

    max_files: int = Field(default=20_000, ge=1)
    max_file_bytes: int = Field(default=2 * MIB, ge=1)
    max_total_bytes: int = Field(default=512 * MIB, ge=1)
    max_depth: int = Field(default=32, ge=1, le=100)
    max_entries: int = Field(default=1_000_000, ge=1)
    clone_timeout_seconds: float = Field(default=300, gt=0, le=86_400)
    max_clone_bytes: int = Field(default=1024 * MIB, ge=1)
    allowed_schemes: tuple[str, ...] = ("https", "ssh")
