import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from robolearn.domain.errors import SourceError, Unavailable
from robolearn_ingest.sources import SourceSettings, SourceTree, open_source

FILES = SourceSettings(allowed_schemes=("file",))
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always")


def _git(folder: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", *IDENTITY, "-C", str(folder), *arguments],
        env=kept,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "docs").mkdir(parents=True)
    _git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "docs" / "a.md").write_text("# first")
    (folder / "film.mp4").write_bytes(b"x" * 10_000)
    (folder / "evil.md").symlink_to("/etc/passwd")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message=first")
    _git(folder, "tag", "v1")
    (folder / "docs" / "a.md").write_text("# second")
    _git(folder, "commit", "--quiet", "--all", "--message=second")
    return folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where clones are made; each test leaves it empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _clone(repository: Path, revision: str | None = None, settings: SourceSettings = FILES) -> SourceTree:
    with open_source(f"file://{repository}", revision, settings) as tree:
        return tree


def test_a_clone_is_read_and_removed_and_its_commit_recorded(repository: Path, temporary: Path) -> None:
    tree = _clone(repository)
    assert (tree.revision, tree.read("docs/a.md")) == (_git(repository, "rev-parse", "HEAD"), b"# second")
    assert (list(tree.files), tree.location) == (["docs/a.md"], f"file://{repository}")
    assert [problem.path for problem in tree.problems] == ["evil.md"]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("kind", ["tag", "branch", "commit"])
def test_a_revision_can_be_chosen(repository: Path, kind: str) -> None:
    first = _git(repository, "rev-parse", "v1")
    _git(repository, "branch", "old", "v1")
    _git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    tree = _clone(repository, {"tag": "v1", "branch": "old", "commit": first}[kind])
    assert (tree.revision, tree.read("docs/a.md")) == (first, b"# first")


def test_an_absent_revision_is_named(repository: Path, temporary: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        _clone(repository, "nowhere")
    assert list(temporary.iterdir()) == []


def test_nothing_of_the_user_or_the_repository_is_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "ran"
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    (hooks / "post-checkout").write_text(f"#!/bin/sh\ntouch {mark}\n")
    (hooks / "post-checkout").chmod(0o755)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".gitconfig").write_text(
        f"[init]\ntemplateDir = {tmp_path}/template\n[core]\nhooksPath = {hooks}\n"
        f'[filter "run"]\nsmudge = touch {mark}\n'
    )
    (repository / ".gitattributes").write_text("*.md filter=run\n")
    _git(repository, "add", "--all")
    _git(repository, "commit", "--quiet", "--message=filter")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(tmp_path / "template"))
    _clone(repository)
    assert not mark.exists()


def test_submodules_are_not_fetched(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _git(other, "init", "--quiet")
    (other / "s.md").write_text("# sub")
    _git(other, "add", "--all")
    _git(other, "commit", "--quiet", "--message=sub")
    _git(repository, "submodule", "--quiet", "add", str(other), "sub")
    _git(repository, "commit", "--quiet", "--all", "--message=with submodule")
    assert list(_clone(repository).files) == ["docs/a.md"]


def test_schemes_that_are_not_allowed_are_refused(repository: Path) -> None:
    with pytest.raises(SourceError, match="SOURCE_ALLOWED_SCHEMES"):
        _clone(repository, settings=SourceSettings())


def test_a_clone_over_the_size_limit_is_refused_and_removed(repository: Path, temporary: Path) -> None:
    with pytest.raises(SourceError, match="SOURCE_MAX_CLONE_BYTES"):
        _clone(repository, settings=SourceSettings(allowed_schemes=("file",), max_clone_bytes=10))
    assert list(temporary.iterdir()) == []


def _fake_git(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    (folder / "bin").mkdir()
    (folder / "bin" / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")


def test_a_clone_that_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "alive")
    reading = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    _fake_git(tmp_path, monkeypatch, f"exec 3>{tmp_path}/alive; sleep 600 & wait")
    with pytest.raises(SourceError, match="SOURCE_CLONE_TIMEOUT_SECONDS"):
        _clone(tmp_path, settings=SourceSettings(allowed_schemes=("file",), clone_timeout_seconds=0.1))
    os.set_blocking(reading, True)
    assert os.read(reading, 1) == b""  # comes when the last process that holds the pipe has ended
    os.close(reading)
    assert list(temporary.iterdir()) == []


def test_what_git_says_is_told_without_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = 'echo "fatal: cannot access https://me:hunter2@example.org/ with hunter2" >&2; exit 128'
    _fake_git(tmp_path, monkeypatch, script)
    with (
        pytest.raises(SourceError) as raised,
        open_source("https://me:hunter2@example.org/a.git", None, SourceSettings()),
    ):
        pass
    assert "hunter2" not in str(raised.value)
    assert "https://example.org/a " in str(raised.value)


def test_credentials_reach_git_by_its_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    asked = f"{real} credential fill > {tmp_path}/filled <<END\nprotocol=https\nhost=example.org\n\nEND"
    _fake_git(tmp_path, monkeypatch, f'echo "$@" >> {tmp_path}/arguments\n{asked}\nexit 1')
    with pytest.raises(SourceError), open_source("https://me:p%40ss@example.org/a", None, SourceSettings()):
        pass
    assert "password=p@ss" in (tmp_path / "filled").read_text()
    arguments = (tmp_path / "arguments").read_text()
    assert "p@ss" not in arguments
    assert "p%40ss" not in arguments


def test_without_git_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="git is not installed"):
        _clone(tmp_path)


def test_a_working_copy_tells_its_commit_and_runs_nothing(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    _git(repository, "config", "core.fsmonitor", f"touch {mark}")
    with open_source(str(repository), None, SourceSettings()) as tree:
        assert tree.revision == _git(repository, "-c", "core.fsmonitor=false", "rev-parse", "HEAD")
    assert not mark.exists()
