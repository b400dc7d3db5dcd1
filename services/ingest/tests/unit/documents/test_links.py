"""Links lead to pages of the same source, to the web, or nowhere."""

import pytest

from robolearn_ingest.documents.links import resolve


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("other.md", "source:docs/a/other.md"),
        ("../b/x.mdx#Frag ment", "source:docs/b/x.mdx#Frag%20ment"),
        ("./", "source:docs/a"),
        ("../week-1", "source:docs/week-1"),
        ("/docs/intro", "source:docs/intro"),
        ("my page.md", "source:docs/a/my%20page.md"),
        ("my%20page.md?x=1", "source:docs/a/my%20page.md"),
        ("v1.2/", "source:docs/a/v1.2"),
        ("../../", "source:"),
        ("#here", "#here"),
        ("https://docs.ros.org/x?y=1#z", "https://docs.ros.org/x?y=1#z"),
        ("HTTP://a.b", "HTTP://a.b"),
    ],
)
def test_links_that_lead_somewhere(href: str, address: str) -> None:
    assert resolve(href, "docs/a/page.md") == address


@pytest.mark.parametrize(
    "href",
    [
        "../../../etc/passwd",
        "../../../x.md",
        "%2e%2e/%2e%2e/%2e%2e/x.md",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "source:other.md",
        "mailto:a@b.c",
        "//evil.example/x",
        "\\\\evil\\x",
        "picture.png",
        "script.py",
        "",
        "x" * 3_000,
    ],
)
def test_links_that_lead_nowhere(href: str) -> None:
    assert resolve(href, "docs/a/page.md") is None
