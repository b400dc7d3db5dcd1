"""A query as PostgreSQL's full text search understands it."""

from robolearn.storage.languages import search_config
from robolearn.storage.plain import storable

# Any of the words. `plainto_tsquery` knows no syntax, so nothing a person types is an error; what it puts
# out is read back exactly, with OR for AND. Its lexemes are quoted and hold no spaces: only operators change.
_ALL_WORDS = "plainto_tsquery(CAST(:config AS regconfig), search_words(:query))"
ANY_WORD = f"CAST(replace(CAST({_ALL_WORDS} AS text), ' & ', ' | ') AS tsquery)"

# Longer questions are cut: each word costs time, and what a person asks is said long before.
QUERY_CHARACTERS = 1000


def asked(query: str, language: str) -> dict[str, str]:
    """The parameters of ANY_WORD."""
    return {"config": search_config(language), "query": storable(query[:QUERY_CHARACTERS])}
