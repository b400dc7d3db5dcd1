"""What the tests of the stacks share. They run by `make test-e2e`, and need a Docker Engine."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import httpx
import pytest

from . import courses, images, secret_values, visiting
from .commands import engine_answers
from .patience import until
from .stack import Stack

DEVELOPMENT, PRODUCTION = "docker-compose.yml", "docker-compose.prod.yml"
HERE = Path(__file__).parent
STACK_SECONDS = 900
Start = Callable[..., Stack]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are marked, and may wait for a stack."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.containers)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(STACK_SECONDS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what its stacks said last."""
    report = yield
    if report.failed and report.when == "call":
        for one in getattr(item, "funcargs", {}).values():
            if isinstance(one, Stack):
                report.sections.append((f"logs of {one.project}", one.logs()))
    return report


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """A Docker Engine that answers."""
    if not engine_answers():
        pytest.skip("no Docker Engine answers: start one, or set DOCKER_HOST")


@pytest.fixture(scope="session")
def standins(engine: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables that choose stand-ins; none where every image can be pulled."""
    chosen, told = images.chosen(tmp_path_factory.mktemp("images"))
    print(told, end="")
    return chosen


@pytest.fixture(scope="session")
def stack_images(standins: dict[str, str]) -> dict[str, str]:
    """The variables of all images; ours are built."""
    images.ensure_ours()
    return standins | {"VERSION": images.version()}


@pytest.fixture(scope="session")
def stack_of(stack_images: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Makes a stack that is not up yet: `stack_of(PRODUCTION, "monitoring", BACKUP_KEEP_LAST="2")`."""
    made: list[Stack] = []

    def make(file: str, *profiles: str, **variables: str) -> Stack:
        values = stack_images | (secret_values.make() if file == PRODUCTION else {}) | variables
        made.append(Stack(file, values, tmp_path_factory.mktemp("stack"), *profiles))
        return made[-1]

    yield make
    for stack in made:
        stack.down()


@pytest.fixture(scope="module")
def production_of_module(stack_of: Start) -> Iterator[Stack]:
    """A production stack, without a course; one for each module."""
    stack = stack_of(PRODUCTION, WORKER_LEASE_SECONDS="20")
    stack.settle()
    yield stack
    stack.down()


@pytest.fixture
def production(production_of_module: Stack) -> Stack:
    """The module's production stack, up and healthy whatever the test before has done: tests are shuffled."""
    production_of_module.settle()
    return production_of_module


@pytest.fixture(scope="module")
def development_of_module(stack_of: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A development stack that watches a folder with one page; one for each module."""
    folder = tmp_path_factory.mktemp("curriculum")
    courses.Course(folder, {"wheels": "A wheel turns when its motor does."})
    stack = stack_of(DEVELOPMENT, CURRICULUM=str(folder))
    stack.settle()
    yield stack
    stack.down()


@pytest.fixture
def development(development_of_module: Stack) -> Stack:
    """The module's development stack, up and healthy whatever the test before has done."""
    development_of_module.settle()
    return development_of_module


@pytest.fixture
def learner(production: Stack) -> Iterator[httpx.Client]:
    """A client of the production stack that trusts its certificate; nginx knows by now where the api is."""
    with visiting.client(production) as client:
        until(lambda: client.get("/livez").is_success)
        yield client
