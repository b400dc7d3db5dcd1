"""The commands of backups, for `python -m robolearn_worker`. Light: a probe loads it every few seconds."""

from argparse import ArgumentParser, _SubParsersAction

COMMANDS = {
    "backup": "take a backup of database and index now",
    "backups": "list the backups, newest first",
    "verify": "read a backup and compare its checksums",
    "restore": "replace database and index by a backup",
    "schedule-backups": "take backups when they are due and delete old ones, until told to stop",
}


def add_commands(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Add them to the others."""
    parsers = {name: commands.add_parser(name, help=told) for name, told in COMMANDS.items()}
    for name in ("verify", "restore"):
        parsers[name].add_argument("name", help="the name of a backup, or `latest`")
    prune = "then delete what the policy of retention does not keep"
    parsers["backup"].add_argument("--prune", action="store_true", help=prune)
    restore = parsers["restore"]
    look = "only say what stands in its way; the platform may be running"
    restore.add_argument("--check", action="store_true", help=look)
    restore.add_argument("--replace", action="store_true", help="also if the database is not empty")
    restore.add_argument(
        "--without-vectors", action="store_true", help="rebuild the index from the vectors in the database"
    )
