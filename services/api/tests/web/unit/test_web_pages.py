"""What the pages say and where they lead."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

Page = Callable[[str], str]


def test_first_page_shows_the_courses_with_their_facts(page: Page) -> None:
    html = page("/")
    assert 'href="/courses/navigation"' in html
    assert "Navigation &lt;1&gt;" in html
    assert "3 lessons" in html
    assert "1 h 15 min" in html


@pytest.mark.usefixtures("pending")
def test_first_page_tells_how_far_the_index_is(page: Page) -> None:
    assert "Indexing: 0 of 3 passages." in page("/")


def test_first_page_is_silent_about_a_complete_index(page: Page) -> None:
    assert "Indexing" not in page("/")


def test_first_page_goes_on_after_a_course(page: Page) -> None:
    html = page("/?after=navigation")
    assert 'href="/courses/ros2"' in html
    assert 'href="/courses/navigation"' not in html


def test_filters_offer_what_the_courses_name(page: Page) -> None:
    html = page("/search?q=drift&ros_distro=jazzy")
    assert '<option value="jazzy" selected>ROS jazzy</option>' in html
    assert '<option value="humble">ROS humble</option>' in html
    assert '<option value="beginner">Beginner</option>' in html


def test_search_without_a_script_shows_passages_and_their_places(page: Page, lesson_address: str) -> None:
    html = page("/search?q=why+does+my+robot+drift")
    assert "3 passages for “why does my robot drift”, best first." in html
    assert f'href="{lesson_address}#measure"' in html
    assert "<mark>Why</mark> robots <mark>drift</mark> 🤖: nothing" in html
    assert "of the <mark>robot</mark>&#39;s small" in html
    assert "docs/why-odometry-drifts.md:12–31<" in html
    assert "docs/why-odometry-drifts.md:12<" in html
    assert "<span>Navigation &lt;1&gt;</span><span>Why odometry drifts</span><span>Wheels slip</span>" in html


def test_search_filters_and_leaves_out_filters_that_say_nothing(page: Page) -> None:
    assert "3 passages" in page("/search?q=drift&course=&level=&ros_distro=jazzy")
    assert "Nothing found" in page("/search?q=drift&course=&level=&ros_distro=foxy")


def test_search_that_finds_nothing_gives_advice(page: Page) -> None:
    html = page("/search?q=zebra")
    assert "Nothing found for “zebra”." in html
    assert '<div class="nothing" data-part="nothing">' in html


def test_search_escapes_what_was_asked(page: Page) -> None:
    html = page("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;&#34;"' in html


def test_search_without_a_question_is_the_empty_form(page: Page) -> None:
    assert 'data-part="found" hidden' in page("/search?q=+++")


def test_course_shows_the_tree_in_order_and_the_rest_apart(page: Page) -> None:
    html = page("/courses/navigation")
    places = [
        html.index(text)
        for text in (">Frames<", "<h2>Localization", "<h3>Odometry", "More pages", "Lost &amp;")
    ]
    assert places == sorted(places)
    assert "https://example.org/nav.git" in html
    assert "4f2c9e1" in html


def test_lesson_shows_its_title_once_with_the_anchor_of_the_first_heading(
    page: Page, lesson_address: str
) -> None:
    html = page(lesson_address)
    assert html.count("<h1") == 1
    assert '<h1 id="why-odometry-drifts">Why odometry drifts</h1>' in html


def test_lesson_has_facts_contents_and_neighbours(page: Page, lesson_address: str) -> None:
    html = page(lesson_address)
    assert "25 min" in html
    assert "<li>Say why</li>" in html
    assert '<li class="deep"><a href="#measure">' in html
    assert 'rel="prev"' in html
    assert 'aria-current="page"' in html
    assert "<details open><summary>Localization" in html


def test_lesson_links_to_other_files_lead_to_their_lessons(
    page: Page, client: TestClient, lesson_address: str
) -> None:
    address = "/courses/navigation/source/docs/frames.md"
    assert f'href="{address}#trees"' in page(lesson_address)
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].startswith("/lessons/")


def test_lesson_outside_the_navigation_says_so(page: Page) -> None:
    html = page("/courses/navigation")
    lost = html[: html.index(">Lost &amp;")].rpartition('href="')[2].rstrip('"')
    assert "outside the navigation" in page(lost)


@pytest.mark.parametrize("address", ["/", "/search?q=drift", "/courses/navigation"])
def test_pages_have_tags_and_answer_304(client: TestClient, address: str) -> None:
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", ["/", "/search?q=drift", "/courses/navigation"])
def test_pages_hold_nothing_that_the_policy_forbids(client: TestClient, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert all("src=" in tag for tag in answer.text.split("<script")[1:])
    assert "http://" not in answer.text


def test_robots_may_read_but_not_ask(client: TestClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text
