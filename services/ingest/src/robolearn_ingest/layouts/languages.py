"""Which language a course is written in, where its author does not say: by script, or commonest words."""

import re
from collections import Counter
from collections.abc import Iterable

from robolearn_ingest.layouts.folder import Folder

# Kana before ideographs: Japanese has both. A script that several languages share stands for the commonest.
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0430-\u044f\u0451]"),
    "el": re.compile("[\u03b1-\u03c9]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hi": re.compile("[\u0905-\u0939]"),
    "th": re.compile("[\u0e01-\u0e30]"),
}
_WORDS = {
    "en": "the and of to is with for that this are you your from can we it",
    "de": "der die und das ist nicht mit ein eine für auf wird werden den sich wir es",
    "fr": "le la les des est une dans pour avec sur que vous nous et du qui",
    "es": "el los las una para con que por del está como un se y es la",
    "pt": "os uma não para com que em do da são você um se e é no",
    "it": "il che una per con della di gli sono nel è del un le si la",
    "nl": "het een van zijn niet voor met dat de en op wordt je we is",
    "pl": "jest nie się oraz które dla jak przez na do że w i z",
    "tr": "ve bir için ile bu olarak çok daha gibi olan da ne",
    "sv": "och att det är som för med inte den ett av på en kan",
    "id": "yang dan untuk dengan adalah pada ini dari dalam tidak akan",
    "vi": "là và của các cho với được một có không trong này",
}
_SPEAKERS = {
    word: [code for code, words in _WORDS.items() if word in words.split()]
    for word in {word for words in _WORDS.values() for word in words.split()}
}
_CODE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)", re.MULTILINE | re.DOTALL)
_NO_PROSE = re.compile(r"`[^`\n]{0,200}`|<[^<>]{0,200}>|\]\([^()\n]{0,200}\)|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLED_PAGES = 40
_SAMPLED_CHARACTERS = 60_000
_SCRIPT_SHARE = 0.2
_FEWEST_WORDS = 5
_LEAD = 1.5


def language_of_pages(folder: Folder, paths: Iterable[str]) -> str | None:
    """The language (ISO 639-1) of the first pages of a course; None where it is not clear."""
    sampled = list(dict.fromkeys(paths))[:_SAMPLED_PAGES]
    share = _SAMPLED_CHARACTERS // max(len(sampled), 1)
    return language_of("\n\n".join(folder.text(path)[:share] for path in sampled))


def language_of(text: str) -> str | None:
    """The language that a Markdown text is written in, its code aside; None where it is not clear."""
    words = _WORD.findall(_NO_PROSE.sub(" ", _CODE.sub("", text)).lower())
    return _by_script("".join(words)) or _by_words(words)


def _by_script(letters: str) -> str | None:
    needed = len(letters) * _SCRIPT_SHARE
    counts = {code: len(pattern.findall(letters)) for code, pattern in _SCRIPTS.items()}
    if counts["ja"] and counts["ja"] + counts["zh"] > needed and counts["ja"] * 10 > counts["zh"]:
        return "ja"
    code = max(counts, key=lambda one: counts[one])
    return code if counts[code] > needed else None


def _by_words(words: list[str]) -> str | None:
    votes = Counter(code for word in words for code in _SPEAKERS.get(word, ()))
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[1] >= max(_FEWEST_WORDS, second[1] * _LEAD) else None
