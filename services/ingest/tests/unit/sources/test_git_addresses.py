import pytest

from robolearn.domain.errors import SourceError
from robolearn_ingest.sources.git_address import check_revision, parse_address, without_credentials


@pytest.mark.parametrize("path", [".", "/courses/robots", "C", "a:b", "user@home", "./git@host:path x"])
def test_paths_are_no_addresses(path: str) -> None:
    assert parse_address(path) is None


@pytest.mark.parametrize(
    ("given", "location", "scheme"),
    [
        ("https://Example.org/a/b.git", "https://example.org/a/b", "https"),
        ("https://me:secret@example.org:8443/a/b/", "https://example.org:8443/a/b", "https"),
        ("https://example.org/a?token=secret#x", "https://example.org/a", "https"),
        ("ssh://git@example.org/a/b.git", "ssh://git@example.org/a/b", "ssh"),
        ("git@example.org:a/b.git", "git@example.org:a/b", "ssh"),
        ("file:///srv/a.git", "file:///srv/a", "file"),
        ("https://[::1]:8/a", "https://[::1]:8/a", "https"),
    ],
)
def test_the_location_is_canonical_and_holds_no_secret(given: str, location: str, scheme: str) -> None:
    address = parse_address(given)
    assert address is not None
    assert (address.location, address.scheme) == (location, scheme)
    assert "secret" not in repr(address).replace("token=secret", "")
    assert "secret@" not in address.url


@pytest.mark.parametrize(
    "bad",
    [
        "ssh://-oProxyCommand=touch/x",
        "https:///no-host",
        "https://example.org/a b",
        "https://example.org:port/a",
        "ext::sh -c touch% x",
        "https://example.org/-x/../../y\nz",
        "git@-host:a",
        "-u@host:a",
    ],
)
def test_what_could_be_an_option_or_a_command_is_refused(bad: str) -> None:
    with pytest.raises(SourceError):
        parse_address(bad)


@pytest.mark.parametrize("good", ["main", "v1.2.3", "feature/x-1", "a" * 40, "релиз"])
def test_names_and_commits_are_revisions(good: str) -> None:
    assert check_revision(good) == good


@pytest.mark.parametrize(
    "bad", ["", "-x", "--upload-pack=sh", "a b", "a..b", "+a", "a:b", "refs/*", "a^", "@{-1}", "a\n", "a~1"]
)
def test_options_and_refspecs_are_no_revisions(bad: str) -> None:
    with pytest.raises(SourceError):
        check_revision(bad)


def test_credentials_are_taken_out_of_any_text() -> None:
    said = "fatal: unable to access 'https://me:secret@example.org/a/': no"
    assert without_credentials(said) == "fatal: unable to access 'https://example.org/a/': no"
