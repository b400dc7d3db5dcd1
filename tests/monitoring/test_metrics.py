"""Every metric is documented, and what rules and the dashboard ask for exists."""

import re

import pytest
from prometheus_client import CollectorRegistry

from robolearn.domain.work import IndexCounts
from robolearn_api.metrics import Metrics as ApiMetrics
from robolearn_worker.backup.metrics import BackupMetrics
from robolearn_worker.metrics import Metrics as WorkerMetrics
from robolearn_worker.standing import Standing

from .reading import ROOT, metrics_in

_ROW = re.compile(r"^\| `([a-z_A-Z:]+)` \| ([a-z-]+|[A-Z][a-z]+|[^|]+?) \|", re.MULTILINE)
_SUFFIX = {"counter": "_total", "info": "_info"}


def documented() -> dict[str, str]:
    """Each metric of docs/metrics.md, with what stands in its second column."""
    return dict(_ROW.findall((ROOT / "docs" / "metrics.md").read_text()))


def ours() -> dict[str, str]:
    """Each metric of our programs, with its type."""
    standing = CollectorRegistry()
    standing.register(Standing(lambda: IndexCounts(**dict.fromkeys(IndexCounts.__dataclass_fields__, 0))))
    registries = [ApiMetrics().registry, WorkerMetrics().registry, BackupMetrics().registry, standing]
    families = [family for registry in registries for family in registry.collect()]
    return {
        family.name + _SUFFIX.get(family.type, ""): family.type
        for family in families
        if family.name.startswith("robolearn")
    }


def test_documents_and_code_have_the_same_metrics_of_the_same_types() -> None:
    told = {name: kind for name, kind in documented().items() if name.startswith("robolearn_")}
    assert told == ours()


def test_rules_and_dashboard_ask_for_nothing_unknown(all_expressions: list[str]) -> None:
    known = set(documented()) | {f"{name}_bucket" for name, kind in ours().items() if kind == "histogram"}
    asked = {name for one in all_expressions for name in metrics_in(one)}
    assert asked <= known
    unused = {name for name in documented() if not name.startswith("robolearn_")} - asked
    assert not unused, "documented as used by us, and used nowhere"


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ('sum by (le) (rate(a_bucket{route="/x"}[5m])) > 1e3', {"a_bucket"}),
        ("a / (b > 0) and c unless max(robolearn:d)", {"a", "b", "c", "robolearn:d"}),
    ],
)
def test_metrics_are_found_in_expressions(expression: str, names: set[str]) -> None:
    assert metrics_in(expression) == names
