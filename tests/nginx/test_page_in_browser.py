"""The error page in a real browser: its style gets through its own policy, and nobody is shut out."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

pytestmark = pytest.mark.browser
NAMES = ("chromium", "chromium-browser", "google-chrome")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def tab():
    """A tab of headless Chromium that accepts the certificate made at the start."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is on the PATH; `make test` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(ignore_https_errors=True, viewport={"width": 360, "height": 740})
        browser.close()


def visit(tab, address, tries=5):
    """Go there, again if Chromium gives up because a container's network came or went on this machine."""
    try:
        tab.goto(address)
    except Error as error:
        if "ERR_NETWORK_CHANGED" not in str(error) or not tries:
            raise
        visit(tab, address, tries - 1)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(250, 249, 246)"), ("dark", "rgb(19, 23, 28)")])
def test_the_page_is_styled_and_open_to_all(gateway, tab, scheme, ground):
    complaints = []
    tab.on("console", lambda said: complaints.append(said.text))
    tab.emulate_media(color_scheme=scheme)
    visit(tab, f"{gateway.https}/metrics")
    assert tab.evaluate(GROUND) == ground
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(tab, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert [one for one in complaints if not re.search("status of 404|ERR_NETWORK_CHANGED", one)] == []
