"""What nginx says itself is what the api would have said."""

import re

import pytest

from robolearn_api.exchange import SECURITY
from robolearn_api.models.problem import Problem
from robolearn_api.request_id import _SANE
from robolearn_api.web.error_pages import FAILED, HEADINGS

from .gateway import SOURCE

# The api's policy lets its own files through; a page of ours has none.
OWN = {"content-security-policy"}


def said(name, status):
    """What the map of that name says of a status: exact entries first, then patterns, then the default."""
    text = (SOURCE / "snippets" / "wording.conf").read_text()
    block = re.search(rf"\${name} \{{(.*?)\n\}}", text, re.DOTALL)[1]
    entries = dict(re.findall(r'^\s+(\S+) "(.*)";$', block, re.MULTILINE))
    patterns = [key for key in entries if key.startswith("~") and re.search(key[1:], str(status))]
    return entries.get(str(status)) or entries[next(iter(patterns), "default")]


@pytest.mark.parametrize("status", [400, 404, 405, 429, 500, 503])
def test_pages_have_the_api_s_words(status):
    words = HEADINGS.get(status, FAILED)
    assert (said("error_heading", status), said("error_advice", status)) == words


def test_a_problem_has_the_api_s_shape(client):
    answer = client.get("/metrics/x")
    known = Problem.model_validate(answer.json())
    assert list(answer.json()) == [name for name in Problem.model_fields if name != "errors"]
    assert known.instance == "/metrics/x"


def test_security_headers_have_the_api_s_values(client):
    headers = client.get("/metrics").headers
    wanted = {name.decode(): value.decode() for name, value in SECURITY if name.decode() not in OWN}
    assert {name: headers[name] for name in wanted} == wanted


def test_the_same_request_ids_are_sane():
    assert _SANE.pattern.decode() in (SOURCE / "snippets" / "request.conf").read_text()
