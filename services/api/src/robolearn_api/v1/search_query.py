"""The parameters of a search."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from robolearn.domain.search import SearchFilters, SearchMode
from robolearn_api.cursors import refused
from robolearn_api.search.question import Question
from robolearn_api.search.searcher import PLACES
from robolearn_api.v1.parameters import LONGEST_QUERY, NO_NUL, CursorText

_Fact = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Facts = Annotated[list[_Fact], Field(max_length=20, default_factory=list)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUERY, pattern=NO_NUL)
]


class SearchQuery(BaseModel):
    """A question with its filters. A filter may be repeated: any of its values will do."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    q: Text
    """A question, or some words."""
    mode: SearchMode = SearchMode.HYBRID
    limit: int = Field(default=10, ge=1, le=50)
    cursor: CursorText = None
    course: Facts
    """Slugs of courses."""
    level: Facts
    language: Facts
    """ISO 639-1. If it is one, the words of the question are read in it."""
    ros_distro: Facts
    simulator: Facts
    hardware: Facts

    def question(self) -> Question:
        """The question. Raises RequestValidationError where the cursor does not fit."""
        after = PLACES.decode(self.cursor)
        if after and self.mode is not SearchMode.LEXICAL:
            raise refused("cursor", self.cursor, "Only mode=lexical pages.")
        return Question(self.q, self.mode, self._filters(), self.limit, after)

    def _filters(self) -> SearchFilters:
        return SearchFilters(
            course=tuple(self.course),
            level=tuple(self.level),
            language=tuple(self.language),
            ros_distro=tuple(self.ros_distro),
            simulator=tuple(self.simulator),
            hardware=tuple(self.hardware),
        )
