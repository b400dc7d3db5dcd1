import hashlib
import os
import socket
from pathlib import Path

import pytest

from robolearn.domain.errors import SourceError
from robolearn.domain.problems import Severity
from robolearn_ingest.sources import SourceSettings, SourceTree, open_source
from robolearn_ingest.sources.walking import Walk

SETTINGS = SourceSettings()


def _write(root: Path, *paths: str, text: str = "# T") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def _read(location: Path | str, settings: SourceSettings = SETTINGS) -> SourceTree:
    with open_source(str(location), None, settings) as tree:
        return tree


def test_pages_and_navigation_are_read_and_hashed(tmp_path: Path) -> None:
    _write(
        tmp_path, "a.md", "b/c.MDX", "mkdocs.yml", "docs/_category_.json", "sidebars.js", "code.js", "x.png"
    )
    tree = _read(tmp_path)
    assert sorted(tree.files) == ["a.md", "b/c.MDX", "docs/_category_.json", "mkdocs.yml", "sidebars.js"]
    assert tree.location == str(tmp_path.resolve())
    entry = tree.files["a.md"]
    assert (entry.size, entry.digest) == (3, hashlib.sha256(tree.read("a.md")).digest())
    assert tree.problems == ()


def test_hidden_vendored_and_built_folders_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path, ".git/a.md", ".github/a.md", "node_modules/x/README.md", "_build/a.md", ".hidden.md")
    _write(tmp_path, "site/index.html", "site/a.md", "env/pyvenv.cfg", "env/a.md", "build/chapter.md")
    assert list(_read(tmp_path).files) == ["build/chapter.md"]


def test_links_are_never_followed_and_reported(tmp_path: Path) -> None:
    root, secret = tmp_path / "root", tmp_path / "secret"
    _write(root, "real/a.md")
    _write(secret, "s.md")
    (root / "out.md").symlink_to(secret / "s.md")
    (root / "outside").symlink_to(secret, target_is_directory=True)
    (root / "cycle").symlink_to(root, target_is_directory=True)
    (root / "inside.md").symlink_to(root / "real" / "a.md")
    (root / "broken.md").symlink_to("nowhere")
    (root / "loop.md").symlink_to("loop.md")
    (root / "picture.png").symlink_to(root / "real" / "a.md")
    tree = _read(root)
    assert list(tree.files) == ["real/a.md"]
    assert [(problem.path, problem.severity) for problem in tree.problems] == [
        ("broken.md", Severity.ERROR),
        ("cycle", Severity.WARNING),
        ("inside.md", Severity.WARNING),
        ("loop.md", Severity.ERROR),
        ("out.md", Severity.ERROR),
        ("outside", Severity.ERROR),
    ]


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    _write(tmp_path, "a.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.md"))
        tree = _read(tmp_path)
    assert list(tree.files) == ["a.md"]
    assert [problem.path for problem in tree.problems] == ["pipe.md", "s.md"]


def test_one_bad_file_is_one_row_and_the_others_load(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "big.md", "deep/er/x.md")
    (tmp_path / "big.md").write_bytes(b"x" * 101)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.md")).write_text("x")
    tree = _read(tmp_path, SourceSettings(max_file_bytes=100, max_depth=2))
    assert list(tree.files) == ["a.md"]
    assert [problem.path for problem in tree.problems] == ["bad?.md", "big.md", "deep/er"]
    assert all(problem.reason and problem.advice for problem in tree.problems)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (SourceSettings(max_files=2), "SOURCE_MAX_FILES"),
        (SourceSettings(max_total_bytes=8), "SOURCE_MAX_TOTAL_BYTES"),
        (SourceSettings(max_entries=2), "SOURCE_MAX_ENTRIES"),
    ],
)
def test_a_source_over_a_limit_is_refused_and_the_setting_named(
    tmp_path: Path, settings: SourceSettings, named: str
) -> None:
    _write(tmp_path, "a.md", "b.md", "c.md")
    with pytest.raises(SourceError, match=named):
        _read(tmp_path, settings)


def test_unread_formats_are_one_row_each(tmp_path: Path) -> None:
    _write(tmp_path, "a.rst", "b/c.rst", "n.ipynb", "a.md")
    assert [(one.path, one.reason.split(",")[0]) for one in _read(tmp_path).problems] == [
        ("*.ipynb", "1 file is Jupyter notebooks"),
        ("*.rst", "2 files are reStructuredText"),
    ]


def test_a_single_page_can_be_a_source(tmp_path: Path) -> None:
    _write(tmp_path, "README.md", "other.md")
    tree = _read(tmp_path / "README.md")
    assert (list(tree.files), tree.location) == (["README.md"], str(tmp_path.resolve() / "README.md"))


@pytest.mark.parametrize("place", ["absent", "code.py", "nul\0"])
def test_what_is_no_source_is_one_clear_sentence(tmp_path: Path, place: str) -> None:
    _write(tmp_path, "code.py")
    with pytest.raises(SourceError) as raised:
        _read(f"{tmp_path}/{place}")
    assert raised.value.advice


def test_a_folder_takes_no_revision(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="revision"), open_source(str(tmp_path), "main", SETTINGS):
        pass


def test_a_link_put_in_place_of_a_file_while_we_read_is_not_opened(tmp_path: Path) -> None:
    _write(tmp_path, "secret.txt")
    root = tmp_path / "course"
    root.mkdir()
    (root / "a.md").symlink_to(tmp_path / "secret.txt")
    walk = Walk(root, SETTINGS)
    walk.run_single("a.md")  # as if the listing had shown a file
    assert walk.content == {}
    assert [problem.path for problem in walk.problems] == ["a.md"]


def test_an_empty_name_is_refused_rather_than_taken_for_this_folder() -> None:
    with pytest.raises(SourceError, match="has no name"), open_source(" ", None, SourceSettings()):
        pass
