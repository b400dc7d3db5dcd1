"""`make secrets`: strong, once, never overwritten."""

import stat
from pathlib import Path

import pytest
from scripts.stack import envfile, passwords
from scripts.stack.refusal import Refused


def test_all_secrets_are_made_with_their_reasons_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "env"
    made = passwords.make(path)
    values = envfile.read(path)
    assert made == [secret.name for secret in passwords.GENERATED] == list(values)
    assert min(map(len, values.values())) >= 43 and len(set(values.values())) == len(values)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(f"# {secret.reason}\n{secret.name}=" in path.read_text() for secret in passwords.GENERATED)


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "env"
    passwords.make(path)
    before = path.read_bytes()
    assert passwords.make(path) == []
    assert path.read_bytes() == before


def test_only_what_is_missing_is_added(tmp_path: Path) -> None:
    path = tmp_path / "env"
    path.write_text(
        "POSTGRES_PASSWORD=mine-since-2024\nREDIS_PASSWORD_FILE=/etc/robotics/redis"
    )  # no last newline
    made = passwords.make(path)
    values = envfile.read(path)
    assert "POSTGRES_PASSWORD" not in made and "REDIS_PASSWORD" not in made and "QDRANT_API_KEY" in made
    assert values["POSTGRES_PASSWORD"] == "mine-since-2024"
    assert values["REDIS_PASSWORD_FILE"] == "/etc/robotics/redis"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_placeholder_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "env"
    path.write_text("POSTGRES_PASSWORD=<strong-password>\n")
    with pytest.raises(Refused, match="placeholder for POSTGRES_PASSWORD"):
        passwords.make(path)
    assert path.read_text() == "POSTGRES_PASSWORD=<strong-password>\n"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=plain", "plain"),
        ("export NAME = spaced ", "spaced"),
        ("NAME='in # quotes'", "in # quotes"),
        ('NAME="double"', "double"),
        ("NAME=value # why", "value"),
        ("NAME=a#b=c", "a#b=c"),
        ("NAME=", ""),
    ],
)
def test_a_line_is_read_as_compose_reads_it(tmp_path: Path, line: str, value: str) -> None:
    path = tmp_path / "env"
    path.write_text(f"# NAME=comment\n{line}\n")
    assert envfile.read(path) == {"NAME": value}
