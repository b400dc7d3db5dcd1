"""Under load the api grows to three pods, and shrinks when the learners have gone."""

from ..containers.load import Load
from ..containers.patience import until
from . import figures
from .platform import Platform

# Not searches alone: where the index is what they wait for, the api is idle.
PATHS = ("/api/v1/search?q=why+does+my+robot+drift", "/", "/api/v1/courses")


def test_the_api_grows_under_load_and_shrinks_after_it(platform: Platform) -> None:
    until(lambda: platform.pods("api"), lambda seen: len(seen) == 1, seconds=120)
    figures.note("at rest", platform.usage())
    with Load(platform.visitor, *PATHS, visitors=8, pause=0, seconds=250) as load:
        until(lambda: len(platform.ready_pods("api")), lambda ready: ready == 3, seconds=240)
        figures.note("under load", platform.usage())

    assert not load.failures, load.failures
    until(lambda: platform.pods("api"), lambda seen: len(seen) == 1, seconds=180)
