"""Courses of a source: which are new, changed or gone, and what their addresses are."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from robolearn.domain.outline import CourseOutline
from robolearn.domain.records import CourseRecord

DEFAULT_LANGUAGE = "en"


def slugified(title: str) -> str:
    """A title as part of an address: lower-case letters and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:80] or "course"


def course_records(
    source_id: UUID, outlines: Sequence[CourseOutline], stored: Sequence[CourseRecord], taken: Iterable[str]
) -> list[CourseRecord]:
    """A row for each outline. A known course keeps its id and its slug, whatever its title becomes."""
    known = {one.key: one for one in stored}
    slugs = set(taken)
    records = []
    for outline in outlines:
        old = known.get(outline.key)
        slug = old.slug if old else _free(slugified(outline.title), slugs)
        slugs.add(slug)
        records.append(_record(old.id if old else uuid4(), source_id, slug, outline))
    return records


def _record(course_id: UUID, source_id: UUID, slug: str, outline: CourseOutline) -> CourseRecord:
    return CourseRecord(
        id=course_id,
        source_id=source_id,
        key=outline.key,
        slug=slug,
        title=outline.title,
        description=outline.description,
        language=outline.language or DEFAULT_LANGUAGE,
        layout=outline.layout,
    )


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    candidate = slug
    while candidate in taken:
        candidate = f"{slug}-{number}"
        number += 1
    return candidate
