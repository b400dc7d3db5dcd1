"""Grafana would take the dashboard: what it requires, and what it would leave blank in silence."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import Promtool
from .reading import GRAFANA, ROOT, dashboard

PANELS = dashboard()["panels"]
COLUMNS = 24


def _read(name: str) -> Any:
    return yaml.safe_load((GRAFANA / "provisioning" / name).read_text())


def _overlap(one: dict[str, int], other: dict[str, int]) -> bool:
    return all(
        one[start] < other[start] + other[length] and other[start] < one[start] + one[length]
        for start, length in (("x", "w"), ("y", "h"))
    )


def test_it_has_what_grafana_requires() -> None:
    board = dashboard()
    assert board["uid"] == "robotics-platform"
    assert board["title"]
    assert isinstance(board["schemaVersion"], int)


def test_every_panel_asks_the_provisioned_source() -> None:
    (source,) = _read("datasources/prometheus.yml")["datasources"]
    wanted = {"type": source["type"], "uid": source["uid"]}
    for panel in PANELS:
        assert panel["datasource"] == wanted, panel["title"]
        assert all(target["datasource"] == wanted for target in panel["targets"]), panel["title"]


def test_panels_are_told_apart_and_explained() -> None:
    for key in ("id", "title"):
        values = [panel[key] for panel in PANELS]
        assert len(set(values)) == len(values)
    assert all(panel["description"] and panel["targets"] for panel in PANELS)
    assert all(
        len({target["refId"] for target in panel["targets"]}) == len(panel["targets"]) for panel in PANELS
    )


def test_no_panel_covers_another_or_leaves_the_page() -> None:
    places = {panel["title"]: panel["gridPos"] for panel in PANELS}
    assert all(0 <= place["x"] <= COLUMNS - place["w"] for place in places.values())
    assert not [pair for pair in combinations(places, 2) if _overlap(places[pair[0]], places[pair[1]])]


@pytest.mark.parametrize(
    ("other", "covered"),
    [({"x": 7, "y": 0, "w": 1, "h": 1}, True), ({"x": 8, "y": 0, "w": 1, "h": 1}, False)],
)
def test_an_overlap_is_seen(other: dict[str, int], covered: bool) -> None:
    assert _overlap({"x": 0, "y": 0, "w": 8, "h": 4}, other) is covered


def test_the_provider_finds_the_folder_that_the_stack_mounts() -> None:
    (provider,) = _read("dashboards/platform.yml")["providers"]
    services = yaml.safe_load((ROOT / "docker" / "monitoring.yml").read_text())["services"]
    mounts = {mount["target"] for mount in services["grafana"]["volumes"] if isinstance(mount, dict)}
    assert provider["options"]["path"] in mounts


def test_prometheus_parses_every_query(
    all_expressions: list[str], promtool: Promtool, tmp_path: Path
) -> None:
    rules = [{"record": f"query:{number}", "expr": one} for number, one in enumerate(all_expressions)]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}))
    checked = promtool("check", "rules", "--lint=none", file)
    assert checked.returncode == 0, checked.stdout + checked.stderr
