"""Static files, their addresses and how long they are kept."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from robolearn_api.web.assets import FOLDER, Assets


def test_files_are_kept_for_ever_under_the_address_of_their_content(client: TestClient) -> None:
    answer = client.get(Assets.read().url("page.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


def test_another_version_gets_the_file_but_does_not_keep_it(client: TestClient) -> None:
    answer = client.get("/static/0123/page.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_changed_content_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    (tmp_path / "b.js").write_text("1")
    before = Assets.read(tmp_path).url("a.js")
    (tmp_path / "b.js").write_text("2")
    assert Assets.read(tmp_path).url("a.js") != before


@pytest.mark.parametrize("name", ["none.css", "..%2Froutes.py", "%2e%2e/routes.py"])
def test_nothing_but_the_files_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/0123/{name}").status_code == 404


def test_a_name_that_is_wrong_in_a_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        Assets.read().url("pages.css")


def test_old_favicon_address_leads_to_the_mark(client: TestClient) -> None:
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_files_name_no_other_host() -> None:
    for path in FOLDER.iterdir():
        hosts = re.findall(r"https?://[^\s\"')]+", path.read_text())
        assert set(hosts) <= {"http://www.w3.org/2000/svg"}, path.name


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_scripts_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 125
