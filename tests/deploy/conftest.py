"""Each combination in turn."""

import shutil

import pytest

from .combinations import COMBINATIONS
from .rendering import Rendered, render


@pytest.fixture(scope="session")
def kubectl() -> None:
    """Skips where there is no kubectl: nothing else builds the manifests as it does."""
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed; no cluster is needed (https://kubernetes.io/docs/tasks/tools)")


@pytest.fixture(scope="session", params=COMBINATIONS)
def rendered(kubectl: None, request: pytest.FixtureRequest) -> Rendered:
    """The objects of one combination."""
    return render(request.param)
