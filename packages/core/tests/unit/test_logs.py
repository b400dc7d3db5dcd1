"""Logs of a process, libraries included."""

import json
import subprocess
import sys

WARNS = """
import warnings
from robolearn.observability import configure_logs
from robolearn.settings import LogSettings
configure_logs(LogSettings(format="json"))
warnings.warn("first line\\nsecond line")
"""


def test_a_warning_of_a_library_is_one_line_of_json() -> None:
    ended = subprocess.run([sys.executable, "-c", WARNS], capture_output=True, text=True, check=True)
    (line,) = ended.stderr.splitlines()
    assert json.loads(line)["level"] == "warning"
    assert "first line\nsecond line" in json.loads(line)["event"]
