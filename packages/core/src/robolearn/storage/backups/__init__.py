"""What a backup asks of the database, and does to it."""

from robolearn.storage.backups.contents import Contents
from robolearn.storage.backups.database import BackupDatabase
from robolearn.storage.backups.moment import Moment
from robolearn.storage.backups.parking import PARK

__all__ = ["PARK", "BackupDatabase", "Contents", "Moment"]
