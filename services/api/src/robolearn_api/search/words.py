"""The ranking by words alone: the index's, or the database's when the index is away.

Rows are ordered by falling score, then by rising id, so that a page can go on from the last row seen.
"""

from robolearn.domain.search import ScoredPassage
from robolearn.ports.reading import PassageSearch
from robolearn_api.search.question import Question
from robolearn_api.search.vectors import VectorSide

# The index ranks to this depth; every page of one question is cut from the same rows.
DEPTH = 200


def by_index(vectors: VectorSide, question: Question, language: str) -> list[ScoredPassage]:
    """What follows the question's place in the index's BM25 ranking. Raises Away."""
    rows = sorted(vectors.by_words(question, language, DEPTH), key=lambda row: (-row.score, row.passage_id))
    after = question.after
    return [row for row in rows if after is None or after.precedes(row)]


def by_database(
    passages: PassageSearch, question: Question, language: str, limit: int
) -> list[ScoredPassage]:
    """What follows the question's place in the database's ranking, which begins anew after another's.

    Raises DatabaseUnavailable.
    """
    after = question.after
    key = (after.score, after.passage_id) if after and after.ranking == "database" else None
    return passages.by_words(question.text, language, question.filters, limit, key)
