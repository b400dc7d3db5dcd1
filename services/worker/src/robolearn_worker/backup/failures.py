"""What can go wrong with a backup that a person can act on."""

from robolearn.domain.errors import RobolearnError


class BackupFailed(RobolearnError):
    """A backup cannot be taken, or not be restored."""


class BackupDamaged(RobolearnError):
    """A backup is not what was written."""

    exit_code = 65  # EX_DATAERR of sysexits.h


class RestoreRefused(RobolearnError):
    """Restoring would lose something, or cannot work; nothing was touched."""

    exit_code = 78
