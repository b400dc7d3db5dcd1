"""How long a text is for a reader and for an embedding model, in words, whatever its script."""

import re

_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_CHARACTERS_A_WORD = 12


def words(text: str) -> int:
    """Words separated by spaces; scripts without spaces count two characters a word, and so do long runs."""
    count = max(len(text.split()), len(text) // _CHARACTERS_A_WORD)
    return count if text.isascii() else count + len(_UNSPACED.findall(text)) // 2
