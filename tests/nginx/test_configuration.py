"""The configuration is one that nginx accepts, and says what is wrong with a setting before nginx does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .gateway import SOURCE, Gateway, Refused


@pytest.mark.parametrize("variant", ["production", "development"])
def test_nginx_accepts_the_configuration(folder, variant):
    gateway = Gateway(folder, variant)
    gateway.prepare()
    said = gateway.test()
    assert "test is successful" in said
    assert "warn" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_UPSTREAM", "api"),
        ("RESOLVER", "dns.example"),
        ("SERVER_NAME", "a.example; return 200"),
        ("HTTPS_PORT", "https"),
        ("RATE_SEARCH", "20"),
        ("RATE_GENERAL", "1r/s;\n10r/s"),
        ("BURST_SEARCH", "-1"),
        ("BODY_LIMIT", "1 MB"),
        ("TRUSTED_PROXIES", "balancer"),
        ("HSTS_MAX_AGE", "1y"),
        ("WORKER_PROCESSES", "0"),
        ("CERTIFICATE_DIR", "certificates"),
    ],
)
def test_a_setting_that_cannot_be_is_told_in_one_sentence(folder, name, value):
    with pytest.raises(Refused) as refused:
        Gateway(folder, environment={name: value}).settled()
    assert str(refused.value).startswith(f"gateway: {name} ")
    assert "; give " in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_an_empty_setting_is_the_default(folder):
    assert Gateway(folder, environment={"BODY_LIMIT": ""}).settled()["BODY_LIMIT"] == "1m"


def test_variables_of_nginx_are_no_settings(folder):
    gateway = Gateway(folder, environment={"remote_addr": "spoilt", "binary_remote_addr": "spoilt"})
    gateway.prepare()
    assert "$binary_remote_addr" in (folder / "etc" / "conf.d" / "limits.conf").read_text()


def test_every_variable_of_a_template_is_settled(folder):
    settled = Gateway(folder).settled()
    used = {
        name
        for one in (SOURCE / "templates").iterdir()
        for name in re.findall(r"\$\{(\w+)\}", one.read_text())
    }
    assert used <= settled.keys()
    assert all(re.match(settled["NGINX_ENVSUBST_FILTER"], name) for name in used)


@pytest.mark.parametrize(
    ("built", "rendered"), [("--with-http_stub_status_module", "stub_status;"), ("", "return 501;")]
)
def test_counters_are_served_where_nginx_has_them(folder, built, rendered):
    gateway = Gateway(folder)
    program = folder / "tmp" / "nginx"
    program.write_text(f"#!/bin/sh\necho 'configure arguments: {built}' >&2\n")
    program.chmod(0o755)
    gateway.environment = {"PATH": f"{folder}/tmp:{os.environ['PATH']}"}
    assert gateway.settled()["COUNTERS"] == rendered


def test_the_readme_tells_every_setting_and_its_default():
    script = (SOURCE / "entrypoint" / "15-gateway-settings.envsh").read_text()
    readme = (SOURCE / "README.md").read_text()
    settings = re.findall(r"^setting (\w+) (\S+) ", script, re.MULTILINE)
    assert settings == re.findall(r"^\| `(\w+)` \| `(\S+)` \|", readme, re.MULTILINE)


@pytest.mark.parametrize("script", sorted((SOURCE / "entrypoint").iterdir()), ids=lambda path: path.name)
def test_scripts_are_executable_and_clean(script):
    assert os.access(script, os.X_OK), "the image's entrypoint ignores it"
    checker = Path(sys.executable).with_name("shellcheck")
    done = subprocess.run([str(checker), str(script)], check=False, capture_output=True, text=True)
    assert not done.returncode, done.stdout
