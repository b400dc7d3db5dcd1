"""Parameters that several endpoints take."""

from typing import Annotated

from fastapi import Path
from pydantic import Field, StringConstraints

# PostgreSQL's text knows no NUL.
NO_NUL = r"^[^\x00]*$"

# Characters of a question, here and on the pages.
LONGEST_QUERY = 500

SlugText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Slug = Annotated[SlugText, Path(description="The course's slug.")]
CursorText = Annotated[
    str | None,
    Field(max_length=1000, description="`next_cursor` of the page before; leave it out to begin."),
]
