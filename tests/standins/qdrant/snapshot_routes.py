"""Snapshots of one collection: made, listed, fetched, dropped, and made the collection again."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from answers import ok
from qdrant_client import models
from snapshots import Snapshots
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from work import Body, collection, route


def snapshot_routes(snapshots: Snapshots) -> list[Route]:
    """Every operation on the snapshots of one collection."""

    def create(request: Request, body: Body) -> models.SnapshotDescription:
        return snapshots.create(collection(request))

    def every(request: Request, body: Body) -> list[models.SnapshotDescription]:
        return snapshots.every(collection(request))

    def delete(request: Request, body: Body) -> bool:
        return snapshots.delete(collection(request), request.path_params["name"])

    def recover(request: Request, body: Body) -> bool:
        place = urlsplit(body["location"])
        if place.scheme != "file":
            raise ValueError("this stand-in recovers from file:// and from uploads only")
        return snapshots.recover(collection(request), Path(place.path).read_bytes(), body.get("checksum"))

    async def fetch(request: Request) -> Response:
        file = snapshots.file(collection(request), request.path_params["name"])
        return FileResponse(file, media_type="application/octet-stream", filename=file.name)

    async def upload(request: Request) -> Response:
        data = uploaded(request.headers.get("content-type", ""), await request.body())
        checksum = request.query_params.get("checksum")
        return ok(await run_in_threadpool(snapshots.recover, collection(request), data, checksum))

    place = "/collections/{collection}/snapshots"
    return [
        Route(f"{place}/upload", upload, methods=["POST"]),
        route("PUT", f"{place}/recover", recover),
        route("POST", place, create),
        route("GET", place, every),
        Route(f"{place}/{{name}}", fetch, methods=["GET"]),
        route("DELETE", f"{place}/{{name}}", delete),
    ]


def uploaded(content_type: str, body: bytes) -> Any:
    """The file `snapshot` of a multipart form."""
    _, _, boundary = content_type.partition("boundary=")
    for part in body.split(b"--" + boundary.strip('"').encode()) if boundary else []:
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="snapshot"' in head:
            return content.removesuffix(b"\r\n")
    raise ValueError("the form has no file `snapshot`")
