"""The last gate by itself: what gets past the rendering, by a mistake of ours, stops here."""

import pytest

from robolearn_ingest.documents.sanitising import sanitised


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="vbscript:x">x</a>',
        '<math href="javascript:alert(1)"><mi>x</mi></math>',
        '<p onclick="alert(1)">x</p>',
        '<a href="#a" onclick="alert(1)">x</a>',
        '<a href="#a" style="position: fixed">x</a>',
        '<h2 onmouseover="alert(1)">x</h2>',
        '<details open ontoggle="alert(1)"><summary>x</summary></details>',
        '<p style="background: url(//evil.example)">x</p>',
        '<span id="search">x</span>',
        "<script>alert(1)</script>",
        "<style>p { display: none }</style>",
        '<iframe src="//evil.example"></iframe>',
        '<img src="x" onerror="alert(1)">',
        '<form action="//evil.example"><input name="q"></form>',
        '<svg onload="alert(1)"></svg>',
        "<!-- <b> -->",
    ],
)
def test_what_could_harm_a_reader_is_taken_out(html: str) -> None:
    passed = sanitised(html).lower()
    for harm in ("javascript", "data:", "vbscript", "alert", "style", "evil", "id=", "<img", "<form", "<!--"):
        assert harm not in passed


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://docs.ros.org/">x</a>',
        '<a href="source:docs/a.md#b">x</a>',
        '<a href="#b">x</a>',
        '<h2 id="b">x</h2>',
        '<aside class="note"><p>x</p></aside>',
        '<math display="block"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>',
    ],
)
def test_what_lessons_need_passes_unchanged(html: str) -> None:
    assert sanitised(html) == html
