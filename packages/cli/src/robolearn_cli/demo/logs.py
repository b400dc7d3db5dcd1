"""Logs of the all-in-one process: in a file, so that the terminal stays for people."""

from pathlib import Path

from robolearn.observability import configure_logs
from robolearn.settings import LogSettings


def log_to(path: Path, settings: LogSettings) -> None:
    """Append the logs of this process to a file, one JSON object a line."""
    configure_logs(settings.model_copy(update={"format": "json"}), path.open("a", encoding="utf-8"))
