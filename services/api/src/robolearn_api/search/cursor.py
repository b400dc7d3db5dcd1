"""The place in a ranking by words from which the next page goes on."""

from typing import Literal, NamedTuple
from uuid import UUID

from pydantic import FiniteFloat

from robolearn.domain.search import ScoredPassage

Ranking = Literal["index", "database"]


class Place(NamedTuple):
    """The last row seen, and the ranking it was seen in: scores of two rankings cannot be compared."""

    ranking: Ranking
    score: FiniteFloat
    passage_id: UUID

    def precedes(self, row: ScoredPassage) -> bool:
        """Whether the row comes after this place: by falling score, then by rising id."""
        return (-self.score, self.passage_id) < (-row.score, row.passage_id)
