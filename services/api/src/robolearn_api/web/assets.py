"""Style sheets, scripts and the mark, under an address that changes with their content."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Assets:
    """The files by name, and one digest of them all: scripts import each other by relative address."""

    files: dict[str, bytes]
    version: str

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "Assets":
        """All style sheets, scripts and pictures of the folder. They are small and stay in memory."""
        paths = sorted(path for path in folder.iterdir() if path.suffix in TYPES)
        files = {path.name: path.read_bytes() for path in paths}
        total = blake2b(digest_size=8)
        for name, content in files.items():
            total.update(f"{name}:{len(content)}:".encode() + content)
        return cls(files, total.hexdigest())

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for a file that does not exist."""
        self.files[name]
        return f"/static/{self.version}/{name}"

    def response(self, version: str, name: str) -> Response:
        """The file. Another version gets today's content, unkept: the page may come from another replica."""
        if name not in self.files:
            raise HTTPException(404, "There is no such file.")
        lasting = FOREVER if version == self.version else "no-cache"
        headers = {"ETag": f'"{self.version}"', "Cache-Control": lasting}
        return Response(self.files[name], headers=headers, media_type=TYPES[Path(name).suffix])


def asset_router(assets: Assets) -> APIRouter:
    """`/static/{version}/{name}`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{version}/{name}")
    async def static(version: str, name: str) -> Response:
        """One file."""
        return assets.response(version, name)

    return router
