"""What docusaurus.config says: the title, and where the docs and their sidebars are."""

from collections.abc import Iterator
from dataclasses import dataclass

from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.reporting import broken_file
from robolearn_ingest.layouts.scripts import Script, Table, Text, Value, read_script

ENDINGS = ("js", "ts", "mjs", "cjs", "mts", "cts")
_CONFIGS = tuple(f"docusaurus.config.{ending}" for ending in ENDINGS)
_SIDEBARS = tuple(f"sidebars.{ending}" for ending in (*ENDINGS, "json"))
_DOCS_PLUGINS = frozenset({"@docusaurus/plugin-content-docs", "content-docs"})
_PRESETS = frozenset({"classic", "@docusaurus/preset-classic"})


@dataclass(frozen=True, slots=True)
class DocsPlugin:
    """One set of docs. `path` is its folder, `sidebars` its file (None: automatic)."""

    id: str
    path: str
    sidebars: str | None
    number_prefixes: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A Docusaurus site. `labels` are what its navigation bar calls the sidebars."""

    title: str
    tagline: str | None
    language: str | None
    plugins: tuple[DocsPlugin, ...]
    labels: dict[str, str]


def read_site(folder: Folder, problems: list[Problem]) -> Site | None:
    """The site in a folder; None where there is neither a configuration nor a sidebars file."""
    path = folder.find(*_CONFIGS)
    if path is None and folder.find(*_SIDEBARS) is None:
        return None
    config = open_script(folder, path, problems).value() if path else Table()
    config = config if isinstance(config, Table) else Table()
    plugins = tuple(_plugins(folder, config))
    i18n = config.get("i18n")
    return Site(
        title=_text(config.get("title")) or "",
        tagline=_text(config.get("tagline")),
        language=_text(i18n.get("defaultLocale")) if isinstance(i18n, Table) else None,
        plugins=plugins or (_plugin(folder, Table(), "default"),),
        labels=_labels(config),
    )


def open_script(folder: Folder, path: str, problems: list[Problem]) -> Script:
    """A script of the source; broken syntax is reported, and the rest of it is used."""
    script = read_script(
        path, folder.text(path), lambda other: folder.text(other) if folder.has(other) else None
    )
    if script.broken_line:
        problems.append(broken_file(path, script.broken_line, "the syntax is broken here"))
    return script


def _plugins(folder: Folder, config: Table) -> Iterator[DocsPlugin]:
    for name, options in _configured(config.get("presets")):
        docs = options.get("docs", Table())
        if name in _PRESETS and docs is not False:
            yield _plugin(folder, docs if isinstance(docs, Table) else Table(), "default")
    for name, options in _configured(config.get("plugins")):
        if name in _DOCS_PLUGINS:
            yield _plugin(folder, options, "default")


def _configured(entries: Value) -> Iterator[tuple[str, Table]]:
    """Names with their options, of a list whose entries are names or pairs."""
    for entry in entries if isinstance(entries, list) else []:
        name, options = (*entry, None, None)[:2] if isinstance(entry, list) else (entry, None)
        if isinstance(name, Text):
            yield name, options if isinstance(options, Table) else Table()


def _plugin(folder: Folder, options: Table, default: str) -> DocsPlugin:
    sidebars = _text(options.get("sidebarPath"))
    given = folder.join(sidebars.lstrip("/")) if sidebars else None
    return DocsPlugin(
        id=_text(options.get("id")) or default,
        path=folder.join((_text(options.get("path")) or "docs").lstrip("/")) or "",
        sidebars=given if given and folder.has(given) else _usual_sidebars(folder, options),
        number_prefixes=options.get("numberPrefixParser") is not False,
    )


def _usual_sidebars(folder: Folder, options: Table) -> str | None:
    """sidebars.js and its like belong to the default docs, whatever the configuration computes."""
    return None if options.get("sidebarPath") is False or "id" in options else folder.find(*_SIDEBARS)


def _labels(config: Table) -> dict[str, str]:
    theme = config.get("themeConfig")
    navbar = theme.get("navbar") if isinstance(theme, Table) else None
    items = navbar.get("items") if isinstance(navbar, Table) else None
    entries = [item for item in items if isinstance(item, Table)] if isinstance(items, list) else []
    labels = {_text(item.get("sidebarId")): _text(item.get("label")) for item in entries}
    return {name: label for name, label in labels.items() if name and label}


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str) else None
