"""Search as you type, by mouse, keyboard and without a script."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from robolearn.testing import FakePassageSearch

pytestmark = pytest.mark.browser
QUESTION = "why does my robot drift"


def _type(tab: Page, text: str = QUESTION) -> None:
    tab.goto("/")
    tab.get_by_role("searchbox").press_sequentially(text)
    expect(tab.get_by_role("status")).to_have_text(re.compile(text))


def test_typing_shows_passages_and_where_they_come_from(tab: Page) -> None:
    _type(tab)
    first = tab.get_by_role("region", name="Passages").get_by_role("listitem").first
    expect(first.get_by_role("link")).to_have_text("Wheels slip")
    expect(first.locator(".where")).to_have_text("Navigation <1>Why odometry drifts")
    expect(first.locator(".path")).to_have_text("docs/why-odometry-drifts.md:12–31")
    assert first.locator("mark").all_inner_texts() == ["Why", "drift", "robot"]
    assert first.locator(".badge").all_inner_texts() == ["beginner", "ROS humble", "ROS jazzy"]
    expect(tab.get_by_role("heading", name="Courses", exact=True)).to_be_hidden()


def test_script_and_server_draw_the_same_list(tab: Page) -> None:
    _type(tab)
    drawn = tab.locator("[data-part=hits]").evaluate("list => list.innerHTML.replace(/\\s+/g, '')")
    tab.reload()
    served = tab.locator("[data-part=hits]").evaluate("list => list.innerHTML.replace(/\\s+/g, '')")
    assert drawn == served


def test_a_served_answer_is_not_asked_for_again(tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto("/search?q=drift&course=&ros_distro=jazzy")
    tab.wait_for_load_state("networkidle")
    assert [url for url in asked if "/api/" in url] == []


def test_the_address_follows_the_question_and_the_filters(tab: Page) -> None:
    _type(tab)
    expect(tab).to_have_url(re.compile(r"/search\?q=why\+does\+my\+robot\+drift$"))
    tab.get_by_role("combobox", name="ROS distribution").select_option("jazzy")
    expect(tab).to_have_url(re.compile(r"ros_distro=jazzy"))
    expect(tab.get_by_role("listitem")).to_have_count(3)
    tab.get_by_role("combobox", name="Course").select_option("ros2")
    expect(tab.get_by_role("status")).to_have_text(re.compile("Nothing found"))


def test_keyboard_alone_leads_from_the_field_to_the_lesson_at_its_anchor(tab: Page) -> None:
    tab.goto("/courses/navigation")
    tab.keyboard.press("/")
    tab.keyboard.type("drift")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/search"))
    tab.wait_for_load_state()
    tab.keyboard.press("/")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("link", name="Measure it")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/lessons/.*#measure$"))
    expect(tab.get_by_role("heading", name="Measure it")).to_be_in_viewport()


def test_anchors_land_below_the_bar(tab: Page, lesson_address: str) -> None:
    tab.goto(f"{lesson_address}#fuse")
    bottom = tab.locator(".bar").evaluate("bar => bar.getBoundingClientRect().bottom")
    tab.wait_for_function(
        "bottom => { const top = document.querySelector('#fuse').getBoundingClientRect().top;"
        " return top >= bottom && top < bottom + 60; }",
        arg=bottom,
    )


def test_arrow_up_returns_to_the_field_and_escape_clears_it(tab: Page) -> None:
    _type(tab)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("searchbox")).to_have_value("")
    expect(tab.get_by_role("heading", name="Courses", exact=True)).to_be_visible()
    assert tab.url.endswith("/")


def test_back_from_a_lesson_shows_the_results_again(tab: Page) -> None:
    _type(tab)
    tab.get_by_role("link", name="Wheels slip").click()
    expect(tab).to_have_url(re.compile(r"#slip$"))
    tab.go_back()
    expect(tab.get_by_role("link", name="Wheels slip")).to_be_visible()
    expect(tab.get_by_role("searchbox")).to_have_value(QUESTION)


def test_nothing_found_gives_advice(tab: Page) -> None:
    _type(tab, "zebra")
    expect(tab.get_by_role("heading", name="No passage fits")).to_be_visible()


def test_a_degraded_answer_says_so(tab: Page) -> None:
    _type(tab)
    expect(tab.get_by_text("Searched by words only for now")).to_be_visible()


def test_a_failed_search_shows_the_request_id(
    tab: Page, passages: FakePassageSearch, complaints: list[str]
) -> None:
    tab.goto("/")
    passages.down = True
    with tab.expect_response(re.compile("/api/v1/search")) as answered:
        tab.get_by_role("searchbox").fill("drift")
    request_id = answered.value.headers["x-request-id"]
    expect(tab.get_by_role("alert")).to_contain_text(f"Request id: {request_id}")
    assert all("503" in one for one in complaints)
    complaints.clear()
    passages.down = False
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(tab.get_by_role("status")).to_have_text(re.compile("3 passages"))
    expect(tab.get_by_role("alert")).to_be_hidden()
    expect(tab.get_by_role("region", name="Passages")).to_have_attribute("aria-busy", "false")


def test_an_unreachable_server_is_told_and_the_next_try_works(tab: Page, complaints: list[str]) -> None:
    tab.goto("/")
    tab.route("**/api/v1/search*", lambda route: route.abort())
    tab.get_by_role("searchbox").fill("drift")
    expect(tab.get_by_role("alert")).to_have_text(re.compile("cannot be reached"))
    complaints.clear()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("alert")).to_be_hidden()
    tab.get_by_role("searchbox").fill("drift")
    expect(tab.get_by_role("alert")).to_be_visible()
    complaints.clear()
    tab.unroute("**/api/v1/search*")
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(tab.get_by_role("status")).to_have_text(re.compile("3 passages"))
    expect(tab.get_by_role("alert")).to_be_hidden()


def test_a_late_answer_never_replaces_a_newer_one(tab: Page) -> None:
    held: list[Route] = []
    tab.goto("/")

    def hold(route: Route) -> None:
        held.append(route)

    tab.route(re.compile(r"search\?.*q=zebra"), hold)
    with tab.expect_request(re.compile("q=zebra")):
        tab.get_by_role("searchbox").fill("zebra")
    with tab.expect_event("requestfailed"):
        tab.get_by_role("searchbox").fill("drift")
    expect(tab.get_by_role("status")).to_have_text(re.compile("3 passages for “drift”"))
    assert len(held) == 1


def test_without_a_script_the_form_and_the_lesson_work(context: BrowserContext, site: str) -> None:
    plain = context.browser.new_context(java_script_enabled=False, base_url=site)  # type: ignore[union-attr]
    tab = plain.new_page()
    tab.goto("/")
    tab.locator("#q").fill(QUESTION)
    tab.locator(".ask button").click()
    assert "3 passages" in tab.locator(".count").inner_text()
    tab.locator(".hit a").first.click()
    assert tab.locator("h1").inner_text() == "Why odometry drifts"
    assert tab.locator(".toc a").first.is_visible()
    assert not tab.locator("[data-theme-toggle]").is_visible()
    plain.close()
