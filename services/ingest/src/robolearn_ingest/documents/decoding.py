"""Bytes to text: encodings, line ends and what is wrong with them. Lines keep their numbers."""

import codecs
import re

from robolearn.domain.problems import Problem, Severity

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Two or more characters that are UTF-8 bytes read as Windows-1252: "Ã¡", "â€™", "ðŸ¤–".
_LATER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    rf"[\u00c2-\u00df][{_LATER}]|[\u00e0-\u00ef][{_LATER}]{{2}}|[\u00f0-\u00f4][{_LATER}]{{3}}"
)
_EMPTY_ADVICE = "Write the page, or delete the file; until then what was loaded of it before stays."
_UTF8_ADVICE = "Save the file as UTF-8."


def decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file with `\\n` line ends, and what was wrong; an ERROR comes with no text."""
    if data.startswith(_UTF16):
        text, problems = _utf16(path, data)
    elif b"\0" in data:
        return "", [_error(path, _line(data, data.index(b"\0")), "the file is binary, not text")]
    else:
        text, problems = _utf8(path, data.removeprefix(codecs.BOM_UTF8))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip() and not problems:
        problems = [Problem(path, None, Severity.WARNING, "the file is empty", _EMPTY_ADVICE)]
    return text, problems + _mojibake(path, text)


def _utf8(path: str, data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        try:
            text, read_as = data.decode("cp1252"), "as Windows-1252"
        except UnicodeDecodeError:
            text, read_as = data.decode("utf-8", "replace"), "with replacement characters"
        reason = f"the file is not valid UTF-8 (byte 0x{data[error.start]:02x}); it was read {read_as}"
        return text, [Problem(path, _line(data, error.start), Severity.WARNING, reason, _UTF8_ADVICE)]


def _utf16(path: str, data: bytes) -> tuple[str, list[Problem]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        return "", [_error(path, None, f"the file starts as UTF-16 but is not: {error.reason}")]
    if "\0" in text:
        return "", [_error(path, None, "the file is binary, not text")]
    return text, []


def _mojibake(path: str, text: str) -> list[Problem]:
    """A warning when text was once read in the wrong encoding and saved that way; it is kept as it is."""
    found = None if text.isascii() else _MOJIBAKE.search(text)
    if not found or not _is_utf8_misread(found[0]):
        return []
    word = re.compile(r"\S*").match(text, text.rfind(" ", 0, found.start()) + 1)
    sample = (word[0] if word else found[0])[:40]
    reason = f"'{sample.strip()}' looks like text that was read in the wrong encoding and saved again"
    return [Problem(path, text.count("\n", 0, found.start()) + 1, Severity.WARNING, reason, _UTF8_ADVICE)]


def _is_utf8_misread(characters: str) -> bool:
    try:
        characters.encode("cp1252", "strict").decode("utf-8")
    except UnicodeError:
        return characters.isprintable() is False
    return True


def _line(data: bytes, offset: int) -> int:
    """The 1-based line of an offset, whichever line ends are used."""
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _error(path: str, line: int | None, reason: str) -> Problem:
    return Problem(
        path, line, Severity.ERROR, reason, "Save it as UTF-8 text, or leave it out of the curriculum."
    )
