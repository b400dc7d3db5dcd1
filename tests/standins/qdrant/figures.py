"""Figures for Prometheus, under the names that upstream gives them."""

from collections import Counter

from engine import Engine
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Figures:
    """Counted answers, and what is in the engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._answers: Counter[tuple[str, str, int]] = Counter()

    def counting(self, app: ASGIApp) -> ASGIApp:
        """A middleware that counts answers by method, path pattern and status."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._answers[(scope["method"], _pattern(scope), message["status"])] += 1
                await send(message)

            await app(scope, receive, noted)

        return counted

    def told(self, version: str) -> str:
        """In Prometheus' text format."""
        points = self._points()
        lines = [
            f'app_info{{name="qdrant",version="{version}"}} 1',
            "app_status_recovery_mode 0",
            f"collections_total {len(points)}",
            *(f'collection_points{{id="{name}"}} {count}' for name, count in points.items()),
            *(
                f'rest_responses_total{{method="{method}",endpoint="{path}",status="{status}"}} {count}'
                for (method, path, status), count in self._answers.items()
            ),
        ]
        return "".join(f"{line}\n" for line in lines)

    def _points(self) -> dict[str, int]:
        with self._engine.client() as client:
            names = [one.name for one in client.get_collections().collections]
            return {name: client.count(name).count for name in names}


def _pattern(scope: Scope) -> str:
    """The path with the place of its names, as routes tell it: names would make a figure of each."""
    for one in scope["app"].routes if "app" in scope else ():
        if one.matches(scope)[0] is Match.FULL:
            return one.path
    return "unknown"
