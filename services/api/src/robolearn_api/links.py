"""Addresses of pages, and links between the lessons of a course."""

import re
from urllib.parse import quote
from uuid import UUID

_SOURCE_LINK = re.compile(r'(<a\b[^<>]*?\shref=")source:')


def lesson_url(lesson_id: UUID, anchor: str = "") -> str:
    """The page of a lesson, at a heading if there is one."""
    return f"/lessons/{lesson_id}#{quote(anchor)}" if anchor else f"/lessons/{lesson_id}"


def course_url(slug: str) -> str:
    """The page of a course."""
    return f"/courses/{quote(slug, safe='')}"


def resolve_sources(html: str, course: str) -> str:
    """Turn links to files of the source (`href="source:docs/a.md#b"`) into addresses of this site.

    `/courses/{course}/source/docs/a.md#b` redirects to the lesson that the file became.
    """
    return _SOURCE_LINK.sub(lambda link: f"{link[1]}{course_url(course)}/source/", html)
