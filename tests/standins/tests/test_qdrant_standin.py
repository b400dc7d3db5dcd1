"""The stand-in for Qdrant's server: a key, durability and snapshots, as our backups need them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from robolearn.settings import QdrantSettings

# Of length one, as ours are: the engine forgets with a restart that it has normalised others.
POINTS = [
    {"id": str(uuid4()), "vector": {"dense": [1.0, 0.0], "sparse": {"indices": [7], "values": [1.5]}}},
    {"id": str(uuid4()), "vector": {"dense": [0.0, 1.0]}, "payload": {"course": "ros2"}},
]
SHAPE = {
    "vectors": {"dense": {"size": 2, "distance": "Cosine"}},
    "sparse_vectors": {"sparse": {"modifier": "idf"}},
    "shard_number": 3,
}


def connect(settings: QdrantSettings) -> httpx.Client:
    assert settings.url and settings.api_key
    return httpx.Client(base_url=settings.url, headers={"api-key": settings.api_key.get_secret_value()})


@pytest.fixture
def client(qdrant_server: QdrantSettings) -> Iterator[httpx.Client]:
    with connect(qdrant_server) as client:
        yield client


def fill(client: httpx.Client) -> str:
    """A collection of this test's own, with two points, a payload index and an alias."""
    name = f"c-{uuid4()}"
    client.put(f"/collections/{name}", json=SHAPE).raise_for_status()
    client.put(f"/collections/{name}/index", json={"field_name": "course", "field_schema": "keyword"})
    client.put(f"/collections/{name}/points?wait=true", json={"points": POINTS}).raise_for_status()
    actions = [{"create_alias": {"collection_name": name, "alias_name": f"alias-{name}"}}]
    client.post("/collections/aliases", json={"actions": actions}).raise_for_status()
    return name


def everything(client: httpx.Client, name: str) -> object:
    asked = {"limit": 9, "with_vector": True, "with_payload": True}
    return client.post(f"/collections/{name}/points/scroll", json=asked).json()["result"]["points"]


def aliases(client: httpx.Client, name: str) -> list[str]:
    return [
        one["alias_name"] for one in client.get(f"/collections/{name}/aliases").json()["result"]["aliases"]
    ]


def snapshot(client: httpx.Client, name: str) -> tuple[str, bytes]:
    made = client.post(f"/collections/{name}/snapshots").json()["result"]
    return made["checksum"], client.get(f"/collections/{name}/snapshots/{made['name']}").content


def recover(client: httpx.Client, name: str, data: bytes, checksum: str = "") -> httpx.Response:
    asked = {"priority": "snapshot", "wait": "true"} | ({"checksum": checksum} if checksum else {})
    files = {"snapshot": ("a.snapshot", data)}
    return client.post(f"/collections/{name}/snapshots/upload", params=asked, files=files)


@pytest.mark.parametrize("headers", [{}, {"api-key": "wrong"}, {"authorization": "Bearer wrong"}])
@pytest.mark.parametrize("path", ["/collections", "/metrics"])
def test_nothing_is_told_without_the_key(
    qdrant_server: QdrantSettings, path: str, headers: dict[str, str]
) -> None:
    assert httpx.get(f"{qdrant_server.url}{path}", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/livez"])
def test_probes_need_no_key(qdrant_server: QdrantSettings, path: str) -> None:
    assert httpx.get(f"{qdrant_server.url}{path}").status_code == 200


def test_a_bearer_token_serves_as_key(qdrant_server: QdrantSettings) -> None:
    assert qdrant_server.api_key
    token = {"authorization": f"Bearer {qdrant_server.api_key.get_secret_value()}"}
    told = httpx.get(f"{qdrant_server.url}/metrics", headers=token).text
    assert "collections_total" in told
    assert 'app_info{name="qdrant"' in told


def test_a_collection_tells_how_it_was_asked_for(client: httpx.Client) -> None:
    info = client.get(f"/collections/{fill(client)}").json()["result"]
    assert info["config"]["params"]["shard_number"] == 3
    assert info["payload_schema"]["course"]["data_type"] == "keyword"
    assert (info["status"], info["points_count"]) == ("green", 2)


def test_errors_have_their_status(client: httpx.Client) -> None:
    name = fill(client)
    assert client.put(f"/collections/{name}", json=SHAPE).status_code == 409
    assert client.get("/collections/absent").status_code == 404
    assert client.put("/collections/other", json={"vectors": 7}).status_code == 400
    short = {"points": [{"id": 1, "vector": {"dense": [1.0, 2.0, 3.0]}}]}
    assert client.put(f"/collections/{name}/points?wait=true", json=short).status_code == 400
    assert client.get(f"/collections/{name}/snapshots/absent.snapshot").status_code == 404


def test_acknowledged_writes_survive_a_kill(qdrant_servers: Callable[[Path], object], tmp_path: Path) -> None:
    server = qdrant_servers(tmp_path)
    with connect(server.settings) as client:
        name = fill(client)
        before = everything(client, name)
    server.end(kill=True)
    server.start()
    with connect(server.settings) as client:
        assert everything(client, f"alias-{name}") == before
        assert client.get(f"/collections/{name}").json()["result"]["payload_schema"]
    server.end()


def test_a_snapshot_brings_a_collection_back_but_not_its_aliases(client: httpx.Client) -> None:
    name = fill(client)
    before, (checksum, data) = everything(client, name), snapshot(client, name)
    client.delete(f"/collections/{name}").raise_for_status()
    recover(client, name, data, checksum).raise_for_status()
    assert everything(client, name) == before
    assert aliases(client, name) == []
    assert client.get(f"/collections/{name}").json()["result"]["payload_schema"]["course"]


def test_a_snapshot_over_a_living_collection_keeps_its_aliases(client: httpx.Client) -> None:
    name = fill(client)
    before, (_, data) = everything(client, name), snapshot(client, name)
    client.post(f"/collections/{name}/points/delete?wait=true", json={"points": [POINTS[0]["id"]]})
    recover(client, name, data).raise_for_status()
    assert everything(client, name) == before
    assert aliases(client, name) == [f"alias-{name}"]


@pytest.mark.parametrize("damage", ["cut", "noise", "checksum"])
def test_a_damaged_snapshot_is_refused_and_changes_nothing(client: httpx.Client, damage: str) -> None:
    name = fill(client)
    before, (_, data) = everything(client, name), snapshot(client, name)
    damaged = {"cut": data[: len(data) // 2], "noise": b"noise" * 100, "checksum": data}[damage]
    answer = recover(client, name, damaged, "0" * 64 if damage == "checksum" else "")
    assert answer.status_code == 400
    assert everything(client, name) == before


def test_a_snapshot_is_listed_until_it_is_deleted(client: httpx.Client) -> None:
    place = f"/collections/{fill(client)}/snapshots"
    made = client.post(place).json()["result"]
    assert client.get(place).json()["result"] == [made]
    assert client.delete(f"{place}/{made['name']}").json()["result"] is True
    assert client.get(place).json()["result"] == []
