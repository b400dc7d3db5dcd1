"""Settings of the api that cannot be together, and lists that nobody could believe."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from robolearn.domain.errors import SettingsError
from robolearn.settings import QdrantSettings
from robolearn_api.settings import ApiSettings, ServeSettings


def test_the_engine_of_one_process_is_refused_to_several(settings: ApiSettings) -> None:
    several = settings.model_copy(
        update={"api": ServeSettings(processes=4), "qdrant": QdrantSettings(path=Path("index"))}
    )
    with pytest.raises(SettingsError, match=r"QDRANT_PATH .* API_PROCESSES=4.*set QDRANT_URL"):
        several.require_sharable()


def test_reloading_is_refused_to_several(settings: ApiSettings) -> None:
    several = settings.model_copy(update={"api": ServeSettings(processes=2, reload=True)})
    with pytest.raises(SettingsError, match=r"API_RELOAD .* API_PROCESSES=2"):
        several.require_sharable()


def test_one_process_may_have_either(settings: ApiSettings) -> None:
    one = {"api": ServeSettings(reload=True), "qdrant": QdrantSettings(path=Path("index"))}
    settings.model_copy(update=one).require_sharable()


@pytest.mark.parametrize("listed", ["nginx", "10.0.0.0/99", "", "127.0.0.1;::1", "172.28.0.5/16", "*"])
def test_a_proxy_that_is_no_address_is_refused(listed: str) -> None:
    with pytest.raises(ValidationError, match="addresses or networks"):
        ServeSettings(trusted_proxies=listed)


@pytest.mark.parametrize("listed", ["127.0.0.1", "172.28.0.0/16, ::1"])
def test_addresses_and_networks_are_taken(listed: str) -> None:
    assert ServeSettings(trusted_proxies=listed).trusted_proxies == listed
