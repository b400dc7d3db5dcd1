"""A production stack whose settings and shell are the test's own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# `python3 -m scripts.stack` finds its package in the folder that it is run from; pytest looks elsewhere.
sys.path.insert(0, str(ROOT))

from scripts.stack.stacks import Stack, choose  # noqa: E402

GOOD = {"POSTGRES_PASSWORD": "k3Jx9", "REDIS_PASSWORD": "m2Qp7", "QDRANT_API_KEY": "v8Zt4"}


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Stack]:
    """`production(NAME="value")` is the stack with these settings on top of good secrets; empty: left out."""

    def make(**settings: str) -> Stack:
        written = {**GOOD, **settings}
        env_file = tmp_path / "env.prod"
        env_file.write_text("".join(f"{name}={value}\n" for name, value in written.items() if value))
        for name in written:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("ENV_FILE", str(env_file))
        return choose("prod")

    return make
