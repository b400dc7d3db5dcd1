"""The configuration is one that nginx accepts, and says what is wrong with a setting before nginx does."""

import pytest

from .gateway import Gateway, Refused


@pytest.mark.parametrize("variant", ["production", "development"])
def test_nginx_accepts_the_configuration(folder, variant):
    gateway = Gateway(folder, variant)
    gateway.prepare()
    said = gateway.test()
    assert "test is successful" in said
    assert "warn" not in said
