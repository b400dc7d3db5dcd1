"""The runbook has an entry for every alert, and none for an alert that is gone."""

import re
from typing import Any

from .reading import ROOT

RUNBOOK = (ROOT / "docs" / "operations.md").read_text()
ALERTS = RUNBOOK.partition("\n## Alerts\n")[2].partition("\n## ")[0]


def test_every_alert_has_its_entry_and_every_entry_its_alert(alert_rules: dict[str, dict[str, Any]]) -> None:
    assert set(re.findall(r"^### (\w+)$", ALERTS, re.MULTILINE)) == set(alert_rules)


def test_alerts_point_at_their_entries(alert_rules: dict[str, dict[str, Any]]) -> None:
    """A heading's anchor is the heading in lower case."""
    for name, rule in alert_rules.items():
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{name.lower()}"
