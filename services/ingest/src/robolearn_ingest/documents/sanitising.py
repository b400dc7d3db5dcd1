"""The last gate before readers: only harmless HTML passes, whatever was rendered."""

from functools import cache

import nh3

_TEXT = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp section small"
    " span strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr aside"
)
_MATH = (
    "math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts"
    " mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none"
    " semantics"
)
_MATH_ATTRIBUTES = {
    "accent", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "height", "largeop", "linethickness", "lspace", "mathsize", "mathvariant", "maxsize",
    "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
    "separator", "stretchy", "symmetric", "voffset", "width",
}  # fmt: skip


ALLOWED = frozenset(_TEXT.split())
"""The elements of HTML that may pass, formulas aside."""


@cache
def _cleaner() -> nh3.Cleaner:
    attributes: dict[str, set[str]] = {tag: set(_MATH_ATTRIBUTES) for tag in _MATH.split()}
    attributes |= {
        tag: {"class"} for tag in ("aside", "details", "section", "div", "p", "summary", "code", "pre")
    }
    attributes |= {tag: {"class"} for tag in ("span", "figure", "figcaption", "ul", "ol", "sup")}
    attributes |= {f"h{level}": {"id"} for level in range(1, 7)}
    attributes |= {"a": {"href", "id", "rel", "class"}, "td": {"colspan", "rowspan", "class"}}
    attributes |= {"th": {"colspan", "rowspan", "scope", "class"}, "li": {"id", "value", "class"}}
    attributes["ol"] |= {"start"}
    attributes["details"] |= {"open"}
    return nh3.Cleaner(
        tags=ALLOWED | set(_MATH.split()),
        clean_content_tags={"script", "style"},
        attributes=attributes,
        strip_comments=True,
        link_rel=None,
        url_schemes={"http", "https", "source"},
    )


def sanitised(html: str) -> str:
    """The HTML with everything taken out that is not known to be harmless, and its tags balanced."""
    return _cleaner().clean(html).replace("<p></p>", "")
