"""Themes, narrow screens, contents, shortcuts and accessibility."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Page, expect

from robolearn.testing import FakeLedger

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ADDRESSES = ["/", "/search?q=drift", "/search?q=zebra", "/courses/navigation", "lesson", "/nowhere"]
GROUND = "getComputedStyle(document.body).backgroundColor"


def _assert_no_barrier(tab: Page) -> None:
    found = Axe().run(tab, options=RULES)
    assert found.response["passes"]
    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def visit(tab: Page, lesson_address: str, complaints: list[str]) -> Callable[[str], None]:
    """Open an address of `ADDRESSES` and wait until it is quiet."""

    def go(address: str) -> None:
        tab.goto(lesson_address if address == "lesson" else address)
        tab.wait_for_load_state("networkidle")
        if address == "/nowhere":
            complaints.clear()  # the browser reports every 404 itself

    return go


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_scrolls_sideways(tab: Page, visit: Callable[[str], None], address: str) -> None:
    visit(address)
    for width in (320, 360, 768, 1100, 1600):
        tab.set_viewport_size({"width": width, "height": 740})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("pending")
def test_axe_finds_no_barrier_in_either_theme(tab: Page, visit: Callable[[str], None], address: str) -> None:
    visit(address)
    _assert_no_barrier(tab)
    tab.emulate_media(color_scheme="dark")
    _assert_no_barrier(tab)


def test_axe_finds_no_barrier_in_the_dialog_and_on_a_phone(tab: Page, lesson_address: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(lesson_address)
    tab.get_by_role("button", name="Keyboard shortcuts").click()
    _assert_no_barrier(tab)


def test_a_chosen_theme_stays(tab: Page) -> None:
    tab.goto("/")
    light = tab.evaluate(GROUND)
    button = tab.get_by_role("button", name="Dark theme")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    dark = tab.evaluate(GROUND)
    assert dark != light
    tab.goto("/courses/navigation")
    assert tab.evaluate(GROUND) == dark
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    tab.reload()
    assert tab.evaluate(GROUND) == light


def test_the_system_decides_until_somebody_chooses(tab: Page) -> None:
    tab.goto("/")
    light = tab.evaluate(GROUND)
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(GROUND) != light
    expect(tab.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")


def test_the_contents_follow_the_reader(tab: Page, lesson_address: str) -> None:
    tab.goto(lesson_address)
    current = tab.get_by_role("navigation", name="On this page").locator("[aria-current]")
    expect(current).to_have_text("Slip")
    tab.get_by_role("link", name="Fuse", exact=True).click()
    expect(current).to_have_text("Fuse")
    expect(tab).to_have_url(re.compile("#fuse$"))


def test_on_a_phone_the_contents_are_folded(tab: Page, lesson_address: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(lesson_address)
    link = tab.get_by_role("link", name="Fuse", exact=True)
    expect(link).to_be_hidden()
    tab.get_by_text("On this page").click()
    expect(link).to_be_visible()


def test_keys_lead_to_the_neighbours_and_can_be_switched_off(tab: Page, lesson_address: str) -> None:
    tab.goto(lesson_address)
    tab.keyboard.press("p")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Frames")
    tab.keyboard.press("n")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Why odometry drifts")
    tab.keyboard.press("?")
    tab.get_by_role("checkbox").uncheck()
    tab.get_by_role("button", name="Close").click()
    tab.reload()
    tab.keyboard.press("/")
    expect(tab.get_by_role("searchbox")).not_to_be_focused()


def test_the_skip_link_leads_past_the_bar(tab: Page) -> None:
    tab.goto("/courses/navigation")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to content")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_be_focused()


def test_the_line_about_the_index_keeps_up(tab: Page, pending: FakeLedger) -> None:
    tab.clock.install()
    tab.goto("/")
    expect(tab.get_by_text("Indexing: 0 of 3 passages.")).to_be_visible()
    pending.passages.clear()
    tab.clock.run_for(3100)
    expect(tab.get_by_text("All passages are indexed")).to_be_visible()


def test_paper_shows_the_text_and_not_the_frame(tab: Page, lesson_address: str) -> None:
    tab.goto(lesson_address)
    tab.emulate_media(media="print")
    expect(tab.get_by_role("heading", name="Wheels slip")).to_be_visible()
    expect(tab.locator(".bar")).to_be_hidden()
    expect(tab.locator(".toc")).to_be_hidden()


def test_pages_ask_no_other_host(context: BrowserContext, tab: Page, site: str, lesson_address: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    tab.goto("/search?q=drift")
    tab.goto(lesson_address)
    tab.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(site)] == []
