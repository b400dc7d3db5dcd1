"""Problems that every layout can meet, always in the same words."""

import re
from difflib import get_close_matches
from posixpath import basename, dirname, join

from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.sources.interest import UNREAD_FORMATS, ending_of, is_page

_MOST_COMPARED = 200
_CLOSE = 0.75
_NUMBER = re.compile(r"\d+")


def missing_target(folder: Folder, navigation: str, line: int | None, target: str) -> Problem:
    """A page that a navigation file names and that is not there; `target` is relative to the source."""
    ending = ending_of(target)
    if ending in UNREAD_FORMATS:
        reason = f"the navigation names {target}; {UNREAD_FORMATS[ending]} are not read yet"
        return Problem(navigation, line, Severity.ERROR, reason, "Convert it to Markdown to have it loaded.")
    if ending and not is_page(target):
        reason = f"the navigation names {target}, which is no Markdown page of this source"
        return Problem(
            navigation, line, Severity.ERROR, reason, "Remove the entry, or add a page of this name."
        )
    reason = f"the navigation names {target}, which does not exist"
    beside = (basename(path) for path in folder.listing.files.get(dirname(target), [])[:_MOST_COMPARED])
    wanted = basename(target)
    alike = [
        name for name in beside if _NUMBER.findall(name) == _NUMBER.findall(wanted)
    ]  # not lesson 2 for 1
    close = get_close_matches(wanted, alike, 1, _CLOSE)
    advice = (
        f"Did you mean {join(dirname(target), close[0])}?" if close else "Add the page, or remove the entry."
    )
    return Problem(navigation, line, Severity.ERROR, reason, advice)


def leaves_source(navigation: str, line: int | None, target: str) -> Problem:
    """A target outside of what may be read."""
    reason = f"the navigation names {target}, which is outside the source"
    return Problem(navigation, line, Severity.ERROR, reason, "Move the page into the source.")


def not_understood(navigation: str, line: int | None, what: str) -> Problem:
    """An entry of a navigation file that cannot be read."""
    advice = "Name the pages one by one; until then they are loaded outside the navigation."
    return Problem(navigation, line, Severity.ERROR, what, advice)


def broken_file(path: str, line: int | None, reason: str) -> Problem:
    """A navigation or configuration file that is not well formed."""
    return Problem(path, line, Severity.ERROR, reason, "Mend the file; what could be read of it was used.")
