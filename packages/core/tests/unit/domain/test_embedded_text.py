"""What is embedded of a passage, and when two passages are the same to a model."""

from uuid import UUID

from robolearn.domain.page import PassageDraft
from robolearn.domain.work import ClaimedPassage, PassagePayload

PAYLOAD = PassagePayload("course", UUID(int=1), None, "en", (), (), ())


def draft(*headings: str, text: str = "They slip.", line: int = 1) -> PassageDraft:
    return PassageDraft(headings, "anchor", line, line, text)


def test_invariant_2_the_heading_path_is_embedded_and_counts_as_text() -> None:
    assert draft("Drive", "Wheels").embedding_text == "Drive › Wheels\nThey slip."
    assert draft().embedding_text == "They slip."
    assert draft("Wheels").text_hash != draft("Clutches").text_hash
    assert draft("Drive", "Wheels").text_hash != draft("Wheels").text_hash


def test_invariant_2_where_a_passage_stands_is_no_part_of_its_text() -> None:
    assert draft("Wheels", line=1).text_hash == draft("Wheels", line=99).text_hash


def test_the_worker_embeds_what_the_ingest_has_hashed() -> None:
    one = draft("Drive", "Wheels")
    claimed = ClaimedPassage(UUID(int=2), one.heading_path, one.text, one.text_hash, b"", PAYLOAD, 0)
    assert claimed.embedding_text == one.embedding_text
