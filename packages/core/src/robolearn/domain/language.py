"""Languages as authors and readers name them."""

import re


def primary_language(tag: str) -> str:
    """The ISO 639-1 code that a language tag begins with: `pt` of `pt-BR`, `zh` of `zh_Hans`."""
    return re.split("[-_]", tag.lower())[0]
