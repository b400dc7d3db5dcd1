"""Search over HTTP, on fakes."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from robolearn.domain.errors import IndexUnavailable
from robolearn_api.search.guard import FAILURES

SEARCH = "/api/v1/search"


def ask(api: TestClient, **parameters: Any) -> dict[str, Any]:
    answer = api.get(SEARCH, params=parameters)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["passage_id"] for hit in answer["hits"]]


def test_a_hit_says_what_it_is_and_where_it_comes_from(api: TestClient) -> None:
    answer = ask(api, q="  why do wheels slip ")
    assert (answer["query"], answer["mode"], answer["degraded"]) == ("why do wheels slip", "hybrid", None)
    assert answer["took_ms"] > 0
    hit = answer["hits"][0]
    assert hit["passage_id"] == str(UUID(int=1))
    assert hit["lesson"]["title"] == "Drift"
    assert hit["lesson"]["course"] == "navigation"
    assert hit["heading_path"] == ["Drift", "Why"]
    assert hit["source"] == {"path": "docs/drift.md", "line_start": 3, "line_end": 9}
    assert hit["url"] == f"/lessons/{UUID(int=900)}#why"
    text = hit["snippet"]["text"]
    assert {text[start:end] for start, end in hit["snippet"]["highlights"]} == {"wheels", "slip"}


def test_scores_tell_which_leg_found_it(api: TestClient) -> None:
    scores = ask(api, q="wheels slip")["hits"][0]["scores"]
    assert scores["fused"] > 0
    assert scores["dense"] > 0
    assert scores["lexical"] > 0


def test_meaning_alone_and_words_alone_ask_one_leg(api: TestClient) -> None:
    semantic = ask(api, q="wheels slip", mode="semantic")["hits"][0]["scores"]
    lexical = ask(api, q="wheels slip", mode="lexical")["hits"][0]["scores"]
    assert (semantic["dense"] is None, semantic["lexical"] is None) == (False, True)
    assert (lexical["dense"] is None, lexical["lexical"] is None) == (True, False)


def test_words_alone_do_not_embed(api: TestClient, world: Any) -> None:
    calls = world.embedder.calls
    ask(api, q="wheels slip", mode="lexical")
    assert world.embedder.calls == calls


def test_the_same_question_is_embedded_once(api: TestClient, world: Any) -> None:
    calls = world.embedder.calls
    ask(api, q="wheels slip")
    ask(api, q="wheels slip", course="navigation")
    assert world.embedder.calls == calls + 1


def test_filters_hold_together_and_may_be_repeated(api: TestClient) -> None:
    assert ids(ask(api, q="robot", course=["navigation", "other"], level="beginner"))
    assert ids(ask(api, q="robot", course="other")) == []
    assert ids(ask(api, q="robot", course="navigation", ros_distro="foxy")) == []


def test_a_passage_deleted_since_it_was_indexed_is_left_out(api: TestClient, world: Any) -> None:
    del world.passages.passages[UUID(int=1)]
    answer = ask(api, q="robot", limit=3)
    assert str(UUID(int=1)) not in ids(answer)
    assert len(answer["hits"]) == 3


def test_the_limit_limits(api: TestClient) -> None:
    assert len(ask(api, q="robot", limit=2)["hits"]) == 2


@pytest.mark.parametrize("mode", ["hybrid", "semantic"])
def test_only_words_page(api: TestClient, mode: str) -> None:
    assert ask(api, q="robot", mode=mode, limit=1)["next_cursor"] is None
    cursor = ask(api, q="robot", mode="lexical", limit=1)["next_cursor"]
    answer = api.get(SEARCH, params={"q": "robot", "mode": mode, "cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "cursor"


def pages(api: TestClient, **parameters: Any) -> list[str]:
    found: list[str] = []
    answer = ask(api, mode="lexical", limit=1, **parameters)
    found += ids(answer)
    while answer["next_cursor"]:
        answer = ask(api, mode="lexical", limit=1, cursor=answer["next_cursor"], **parameters)
        found += ids(answer)
    return found


@pytest.mark.parametrize("outage", [None, IndexUnavailable("gone")])
def test_pages_of_words_hold_each_passage_once_in_order(
    api: TestClient, world: Any, outage: IndexUnavailable | None
) -> None:
    world.index.outage = outage
    whole = ids(ask(api, q="robot drift", mode="lexical", limit=50))
    assert len(whole) == 4  # "drift" is in every heading path
    assert pages(api, q="robot drift") == whole


def test_a_ranking_of_the_database_goes_on_there_when_the_index_is_back(api: TestClient, world: Any) -> None:
    whole = ids(ask(api, q="robot drift", mode="lexical", limit=50))
    world.index.outage = IndexUnavailable("gone")
    first = ask(api, q="robot drift", mode="lexical", limit=2)
    world.index.outage = None
    rest = ask(api, q="robot drift", mode="lexical", limit=2, cursor=first["next_cursor"])
    assert sorted(ids(first) + ids(rest)) == sorted(whole)
    assert "goes on in the ranking" in rest["degraded"]


def test_a_ranking_of_the_index_begins_anew_in_the_database(api: TestClient, world: Any) -> None:
    first = ask(api, q="robot drift", mode="lexical", limit=1)
    world.index.outage = IndexUnavailable("gone")
    fresh = ask(api, q="robot drift", mode="lexical", limit=2)
    rest = ask(api, q="robot drift", mode="lexical", limit=2, cursor=first["next_cursor"])
    assert ids(rest) == ids(fresh) != []


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "lexical"])
def test_invariant_8_search_answers_by_words_when_the_index_is_away(
    api: TestClient, world: Any, mode: str
) -> None:
    world.index.outage = IndexUnavailable("http://qdrant.internal:6333 refused")
    for _ in range(FAILURES + 1):
        answer = ask(api, q="wheels slip", mode=mode)
        assert ids(answer)[0] == str(UUID(int=1))
        assert answer["degraded"] == "The vector index does not answer."


@pytest.mark.parametrize("mode", ["hybrid", "semantic"])
def test_invariant_8_search_answers_by_words_when_the_embedding_provider_is_away(
    api: TestClient, world: Any, mode: str
) -> None:
    world.embedder.unavailable = True
    answer = ask(api, q="wheels slip", mode=mode)
    assert ids(answer)[0] == str(UUID(int=1))
    assert answer["degraded"] == "The embedding provider does not answer."


def test_invariant_8_search_answers_by_words_when_the_provider_is_throttled(
    api: TestClient, world: Any
) -> None:
    world.embedder.throttle(1, retry_after=60)
    assert ask(api, q="wheels slip")["degraded"]
    calls = world.embedder.calls
    assert ask(api, q="wheels slip")["degraded"]
    assert world.embedder.calls == calls


def test_invariant_8_search_answers_by_words_when_both_are_away(api: TestClient, world: Any) -> None:
    world.index.outage, world.embedder.unavailable = IndexUnavailable("gone"), True
    assert ids(ask(api, q="wheels slip"))[0] == str(UUID(int=1))


def test_invariant_8_a_library_that_fails_in_its_own_way_is_away_too(
    api: TestClient, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(world.index, "search", explode)
    assert ask(api, q="wheels slip")["degraded"] == "The vector index does not answer."


def test_a_question_the_provider_refuses_is_answered_by_words(api: TestClient, world: Any) -> None:
    world.embedder.reject("slip")
    assert ask(api, q="wheels slip")["degraded"] == "The embedding provider cannot read this question."
    assert ask(api, q="wheels")["degraded"] is None


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "lexical"])
def test_an_index_that_lags_behind_is_told(api: TestClient, world: Any, mode: str) -> None:
    world.index.collections[world.embedder.profile.collection].clear()
    answer = ask(api, q="wheels slip", mode=mode)
    assert ids(answer)[0] == str(UUID(int=1))
    assert "indexing is behind" in answer["degraded"]


def test_nothing_found_is_no_degradation(api: TestClient) -> None:
    answer = ask(api, q="zeppelin", mode="lexical")
    assert (answer["hits"], answer["degraded"]) == ([], None)


def test_without_the_database_there_is_no_answer(api: TestClient, world: Any) -> None:
    world.passages.down = True
    answer = api.get(SEARCH, params={"q": "robot"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "PostgreSQL" not in answer.text


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "q"),
        ({"q": "   "}, "q"),
        ({"q": "x" * 501}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "a", "mode": "magic"}, "mode"),
        ({"q": "a", "limit": "0"}, "limit"),
        ({"q": "a", "limit": "51"}, "limit"),
        ({"q": "a", "limit": "many"}, "limit"),
        ({"q": "a", "cursor": "!"}, "cursor"),
        ({"q": "a", "course": "\x00"}, "course"),
        ({"q": "a", "level": "x" * 201}, "level"),
        ({"q": "a", "hardware": ["x"] * 21}, "hardware"),
    ],
)
def test_a_value_that_is_not_accepted_is_named(
    api: TestClient, parameters: dict[str, Any], name: str
) -> None:
    answer = api.get(SEARCH, params=parameters)
    document = answer.json()
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (document["errors"][0]["place"], document["errors"][0]["name"]) == ("query", name)
    assert name in document["detail"]


def test_searches_are_counted(api: TestClient, world: Any) -> None:
    ask(api, q="robot")
    world.index.outage = IndexUnavailable("gone")
    ask(api, q="robot", mode="lexical")
    page = api.get("/metrics").text
    assert 'robolearn_searches_total{degraded="false",mode="hybrid"} 1.0' in page
    assert 'robolearn_searches_total{degraded="true",mode="lexical"} 1.0' in page


def test_an_answer_is_not_kept(api: TestClient) -> None:
    assert api.get(SEARCH, params={"q": "robot"}).headers["Cache-Control"] == "no-store"
