"""What a backup asks of the database, and does to it."""

from robolearn.storage.backups.address import client_environment
from robolearn.storage.backups.contents import Contents, contents
from robolearn.storage.backups.moment import Moment, moment
from robolearn.storage.backups.parking import PARK, profiles, settle

__all__ = [
    "PARK",
    "Contents",
    "Moment",
    "client_environment",
    "contents",
    "moment",
    "profiles",
    "settle",
]
