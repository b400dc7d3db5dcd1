"""A question as it reaches the search."""

from dataclasses import dataclass, field

from robolearn.domain.search import SearchFilters, SearchMode
from robolearn_api.search.cursor import Place


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `text` is stripped and not empty, `after` the place a page goes on from."""

    text: str
    mode: SearchMode = SearchMode.HYBRID
    filters: SearchFilters = field(default_factory=SearchFilters)
    limit: int = 10
    after: Place | None = None

    def language(self, default: str) -> str:
        """The language of the words: that of the filter if it names exactly one, else `default`."""
        return self.filters.language[0] if len(self.filters.language) == 1 else default
