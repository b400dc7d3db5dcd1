"""TeX to MathML, which browsers show without any script."""

from functools import lru_cache
from html import escape

from latex2mathml.converter import convert

_MAX_CHARACTERS = 3_000
_MAX_DEPTH = 60


@lru_cache(maxsize=4_096)
def mathml(tex: str, *, display: bool) -> str:
    """MathML of a formula; its source as code where the formula is beyond the converter."""
    tex = tex.strip()
    try:
        if len(tex) > _MAX_CHARACTERS or tex.count("{") > len(tex) // 2 + _MAX_DEPTH:
            return _as_code(tex)
        return convert(tex, display="block" if display else "inline")
    except Exception:  # the converter raises whatever its tables raise on TeX it does not know
        return _as_code(tex)


def _as_code(tex: str) -> str:
    return f'<code class="math">{escape(tex)}</code>'
