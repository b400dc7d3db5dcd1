from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest

from robolearn_ingest.layouts.languages import language_of

TEXTS = {
    "en": "The robot drifts because the wheels slip on the floor, and that is what you can see in it.",
    "de": "Der Roboter driftet, weil die Räder rutschen. Das ist nicht gut und wird mit der Zeit schlimmer.",
    "fr": "Le robot dérive, car les roues glissent sur le sol. Nous avons une solution pour le problème.",
    "es": "El robot se desvía porque las ruedas resbalan en el suelo. Es una fuente de error.",
    "pt": "O robô desvia porque as rodas não têm aderência. É uma fonte de erro do robô, e você não a vê.",
    "ja": "ROS 2のオドメトリはなぜドリフトするのか。車輪が滑るからです。",
    "zh": "机器人为什么会漂移？因为轮子在地面上打滑。",
    "ko": "로봇은 왜 표류할까요? 바퀴가 미끄러지기 때문입니다.",
    "ru": "Робот сносит, потому что колёса проскальзывают на полу.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_a_few_sentences_tell_their_language(language: str, text: str) -> None:
    assert (
        language_of(f"# ROS 2 Navigation\n\n```python\nfor x in the_list: is_it(to)\n```\n\n{text}")
        == language
    )


@pytest.mark.parametrize("text", ["", "# ROS 2", "```\nthe of and to is with for\n```", "rclpy Nav2 SLAM"])
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert language_of(text) is None


def test_a_course_has_the_language_of_its_pages_unless_its_author_says(
    discovered: Callable[..., Any],
) -> None:
    pages = {"docs/a.md": f"# Räder\n\n{TEXTS['de']}", "docs/b.md": f"# Achsen\n\n{TEXTS['de']}"}
    assert discovered(pages).courses[0].language == "de"
    said = pages | {"mkdocs.yml": "theme: {name: material, language: en}"}
    assert discovered(said).courses[0].language == "en"


@pytest.mark.parametrize("piece", ["](", "`", "<", "```\n", "http://"])
def test_hostile_text_takes_no_time(piece: str) -> None:
    start = perf_counter()
    language_of(piece * 30_000)
    assert perf_counter() - start < 2
