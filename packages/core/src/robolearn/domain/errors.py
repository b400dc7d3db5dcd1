"""Errors that a person can act on. Each says what was wrong and, in `advice`, what to do."""


class RobolearnError(Exception):
    """Base of all expected errors; commands print it as one sentence and exit with `exit_code`."""

    exit_code = 1

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".strip()


class SettingsError(RobolearnError):
    """A setting is missing or has a wrong value; the reason names the setting."""

    exit_code = 78  # EX_CONFIG of sysexits.h


class SourceError(RobolearnError):
    """A curriculum source cannot be read at all (absent, over a limit, clone refused)."""

    exit_code = 66  # EX_NOINPUT of sysexits.h


class Unavailable(RobolearnError):
    """A dependency does not answer now; trying later can help."""

    exit_code = 69  # EX_UNAVAILABLE of sysexits.h


class DatabaseUnavailable(Unavailable):
    """PostgreSQL cannot be reached or refuses the connection."""


class SchemaMismatch(RobolearnError):
    """The database is at another revision than this program."""

    exit_code = 78


class IndexUnavailable(Unavailable):
    """The vector index cannot be reached."""


class EmbeddingUnavailable(Unavailable):
    """The embedding provider cannot be reached or refuses everything (outage, wrong key)."""


class EmbeddingThrottled(EmbeddingUnavailable):
    """The provider asks for patience. `retry_after` is in seconds, None if it did not say."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class EmbeddingRejected(RobolearnError):
    """The provider refuses this input itself (too long, not text): splitting the batch isolates it."""


class NotFound(RobolearnError):
    """The thing asked for does not exist."""
