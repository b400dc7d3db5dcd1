"""Fetches one revision of a git repository: its pages only, nothing of its history."""

from pathlib import Path

from robolearn.domain.errors import SourceError
from robolearn_ingest.sources.git_address import GitAddress, check_revision
from robolearn_ingest.sources.git_process import Git, GitFailed
from robolearn_ingest.sources.interest import SPARSE_PATTERNS
from robolearn_ingest.sources.settings import SourceSettings

_ADVICE = (
    (
        "could not read username",
        "The repository is private or absent: check the address and the credentials.",
    ),
    (
        "terminal prompts disabled",
        "The repository is private or absent: check the address and the credentials.",
    ),
    ("authentication failed", "Check the user name and the token in the address."),
    ("permission denied", "Check that the ssh key of this account may read the repository."),
    ("host key verification failed", "Add the host to known_hosts: connect once with ssh by hand."),
    ("could not resolve host", "Check the host's name and the network."),
    ("not found", "Check the address."),
    ("does not appear to be a git repository", "Check the address."),
)
_NO_REVISION = ("couldn't find remote ref", "not our ref", "invalid refspec", "unadvertised object")


def clone(address: GitAddress, revision: str | None, settings: SourceSettings, folder: Path) -> str:
    """Fill an empty private folder with the pages of a repository and tell the commit (40 or 64 hex digits).

    Raises SourceError when it is refused, absent or over a limit; Unavailable where there is no git.
    """
    _check_scheme(address, settings)
    wanted = check_revision(revision) if revision else "HEAD"
    git = Git(folder, address, settings)
    try:
        git.run("init", "--quiet", "--template=")
        git.run("remote", "add", "origin", "--", address.url)
        _write_patterns(folder)
        git.run("fetch", "--quiet", "--depth=1", "--no-tags", "--filter=blob:none", "origin", "--", wanted)
        git.run("checkout", "--quiet", "--detach", "FETCH_HEAD")
        return git.run("rev-parse", "--verify", "HEAD")
    except GitFailed as failure:
        raise _told(address, revision, str(failure)) from None


def _check_scheme(address: GitAddress, settings: SourceSettings) -> None:
    if address.scheme not in settings.allowed_schemes:
        allowed = " and ".join(settings.allowed_schemes)
        raise SourceError(
            f"{address.location} uses {address.scheme}; only {allowed} are allowed.",
            "Use one of these, or add the scheme to SOURCE_ALLOWED_SCHEMES.",
        )


def _write_patterns(folder: Path) -> None:
    patterns = folder / ".git" / "info" / "sparse-checkout"
    patterns.parent.mkdir(exist_ok=True)
    patterns.write_text("\n".join(SPARSE_PATTERNS) + "\n", encoding="utf-8")


def _told(address: GitAddress, revision: str | None, said: str) -> SourceError:
    lowered = said.lower()
    if revision and any(sign in lowered for sign in _NO_REVISION):
        reason = f"{address.location} has no branch, tag or reachable commit {revision!r}."
        return SourceError(reason, "Check the name; a commit must be given in full.")
    advice = next(
        (advice for sign, advice in _ADVICE if sign in lowered), "Check the address and the network."
    )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    detail = next(
        (line for line in lines if line.startswith(("fatal:", "error:", "ssh:"))), (lines or [""])[-1]
    )
    return SourceError(f"{address.location} cannot be fetched: {detail[:300]}.".replace("..", "."), advice)
