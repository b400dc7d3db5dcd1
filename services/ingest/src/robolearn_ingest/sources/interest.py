"""Which names in a source are worth reading."""

from posixpath import splitext

PAGE_ENDINGS = frozenset({".md", ".mdx", ".markdown"})

UNREAD_FORMATS = {
    ".rst": "reStructuredText",
    ".ipynb": "Jupyter notebooks",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".tex": "LaTeX",
    ".qmd": "Quarto",
    ".rmd": "R Markdown",
    ".docx": "Word documents",
}

NAVIGATION_FILES = frozenset(
    {"mkdocs.yml", "mkdocs.yaml", "book.toml", "_toctree.yml", "_toctree.yaml", ".pages", ".gitbook.yaml"}
    | {f"_category_.{ending}" for ending in ("json", "yml", "yaml")}
    | {f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts", "cts")}
)
SCRIPT_ENDINGS = frozenset({".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".json"})

SKIPPED_FOLDERS = frozenset(
    {"node_modules", "bower_components", "__pycache__", "_build", "site-packages", "CVS"}
)
OUTPUT_FOLDERS = frozenset({"site", "build", "dist", "out", "public", "target"})
CACHE_MARKS = frozenset({"pyvenv.cfg", "CACHEDIR.TAG"})

# What git fetches; the rest of a repository (code, images, video) stays on the server.
SPARSE_PATTERNS = tuple(
    sorted(
        {f"*{ending}" for ending in PAGE_ENDINGS | UNREAD_FORMATS.keys()}
        | {f"*{ending.upper()}" for ending in PAGE_ENDINGS}
        | set(NAVIGATION_FILES)
        | {f"*sidebar*{ending}" for ending in SCRIPT_ENDINGS}
        | {f"*[sS]idebar*/**/*{ending}" for ending in SCRIPT_ENDINGS}
    )
)


def ending_of(path: str) -> str:
    """The ending of a name in lower case, with its dot ("" if it has none)."""
    return splitext(path)[1].lower()


def is_page(path: str) -> bool:
    """Whether a file is Markdown or MDX by its name."""
    return ending_of(path) in PAGE_ENDINGS


def is_wanted(path: str) -> bool:
    """Whether a file is read: a page, or one that can hold a navigation."""
    name = path.rsplit("/", 1)[-1]
    if name in NAVIGATION_FILES:
        return True
    ending = ending_of(name)
    if name.startswith("."):
        return False
    return ending in PAGE_ENDINGS or (ending in SCRIPT_ENDINGS and "sidebar" in path.lower())


def is_skipped_folder(name: str) -> bool:
    """Whether a folder is hidden, a version control's or a package manager's."""
    return name.startswith(".") or name in SKIPPED_FOLDERS


def is_output(name: str, names: frozenset[str]) -> bool:
    """Whether a folder is a cache, a virtual environment or a built site, by what is in it.

    A folder named `build` or `site` may as well be a chapter; a built one has an index.html.
    """
    return bool(CACHE_MARKS & names) or (name in OUTPUT_FOLDERS and "index.html" in names)
