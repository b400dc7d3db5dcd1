"""Search by words: any of them, ranked by `ts_rank` with the logarithm of the length taken into account."""

from functools import cache
from uuid import UUID

from sqlalchemy import TextClause, text

from robolearn.domain.search import SearchFilters
from robolearn.storage.passages.words import ANY_WORD

_FILTERS = {
    "course": "course.slug = ANY(:course)",
    "level": "lesson.level = ANY(:level)",
    "language": "lesson.language = ANY(:language)",
    "ros_distro": "lesson.ros_distro && CAST(:ros_distro AS text[])",
    "simulator": "lesson.simulator && CAST(:simulator AS text[])",
    "hardware": "lesson.hardware && CAST(:hardware AS text[])",
}

# Headings and text count alike: measured, a heading that counts more finds the wrong lessons.
_RANK = "ts_rank('{{1, 1, 1, 1}}', passage.tsv, {words}, 1)"

# The score is read as a double: the text of a `real` would not be equal to it when a cursor brings it back.
_RANKED = """
    SELECT id, score FROM (
        SELECT passage.id, CAST({rank} AS double precision) AS score
        FROM passage {joins}
        WHERE passage.tsv @@ {words} {filters}
    ) AS ranked
    {after}
    ORDER BY score DESC, id LIMIT :limit
"""
_JOINS = "JOIN lesson ON lesson.id = passage.lesson_id JOIN course ON course.id = lesson.course_id"
_AFTER = "WHERE score < :score OR (score = :score AND id > :id)"


def by_words(
    filters: SearchFilters, limit: int, after: tuple[float, UUID] | None
) -> tuple[TextClause, dict[str, object]]:
    """The statement and its parameters, without those of the words."""
    values = {name: list(getattr(filters, name)) for name in _FILTERS if getattr(filters, name)}
    given: dict[str, object] = {**values, "limit": limit}
    if after:
        given |= {"score": after[0], "id": after[1]}
    return _statement(tuple(values), after is not None), given


@cache
def _statement(filters: tuple[str, ...], keyset: bool) -> TextClause:
    conditions = "".join(f" AND {_FILTERS[name]}" for name in filters)
    return text(
        _RANKED.format(
            words=ANY_WORD,
            rank=_RANK.format(words=ANY_WORD),
            joins=_JOINS if filters else "",
            filters=conditions,
            after=_AFTER if keyset else "",
        )
    )
