"""Words too common to search for, by language."""

from functools import cache

from stop_words import LANGUAGE_MAPPING, get_stop_words

# The library has 1,333 English words, among them the very terms of robotics: tf, move, turn, state, point,
# length, cv. So English has its function words here, and nothing that names a thing (such as a CAN bus).
_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being below
between both but by could did do does doing don down during each few for from further had has have
having he her here hers herself him himself his how i if in into is it its itself just let me more most my
myself no nor not of off on once only or other our ours ourselves out over own same shall she should so
some such than that the their theirs them themselves then there these they this those through to too
under until up us very was we were what when where which while who whom why will with would you your
yours yourself yourselves
d doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn ll m re s t ve
"""


@cache
def words_to_skip(language: str) -> frozenset[str]:
    """Lower-case stop words of a language (ISO 639-1); empty where none are known."""
    if language == "en":
        return frozenset(_ENGLISH.split())
    language = "nb" if language in ("no", "nn") else language
    if language not in LANGUAGE_MAPPING:
        return frozenset()
    return frozenset(word.lower() for word in get_stop_words(language))
