"""The host and the programs agree on what is no secret."""

import pytest
from scripts.stack import placeholders as host

from robolearn.settings import placeholders as programs

FAKES = [
    "<strong-password>",
    "changeme",
    "change_me",
    "CHANGE-ME!",
    "password",
    "secret",
    "sk-...",
    "your-api-key",
]
FAKES += ["todo", "xxxx", "${POSTGRES_PASSWORD}", "********", "password123", "my secret key", "example"]
REAL = ["k3Jx9", "sk-test-4f9a1c", "correct-horse-battery", "hunter2", "rOb0t"]


@pytest.mark.parametrize("value", FAKES)
def test_a_placeholder_is_one_for_both(value: str) -> None:
    assert host.is_placeholder(value) and programs.is_placeholder(value)


@pytest.mark.parametrize("value", REAL)
def test_a_secret_is_one_for_both(value: str) -> None:
    assert not host.is_placeholder(value) and not programs.is_placeholder(value)
