"""Templates to responses. The layer around the routes adds the Content-Security-Policy and answers 304."""

from dataclasses import dataclass
from hashlib import blake2b

from fastapi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from robolearn_api.links import course_url, lesson_url
from robolearn_api.v1.parameters import LONGEST_QUERY
from robolearn_api.web.assets import Assets
from robolearn_api.web.wording import by_difficulty, counted, duration, span_of

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the templates. Everything is escaped but what is `trusted`."""

    environment: Environment

    @classmethod
    def create(cls, assets: Assets) -> "Pages":
        """Templates that know where the static files are. An unknown name in a template is an error."""
        environment = Environment(
            loader=PackageLoader("robolearn_api.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(
            counted=counted, duration=duration, by_difficulty=by_difficulty, span_of=span_of
        )
        environment.globals.update(
            static=assets.url, course_url=course_url, lesson_url=lesson_url, longest_query=LONGEST_QUERY
        )
        return cls(environment)

    def html(self, name: str, **values: object) -> str:
        """The page as text."""
        return self.environment.get_template(name).render(values)

    def respond(self, name: str, **values: object) -> Response:
        """The page, which browsers may keep and check by its ETag."""
        body = self.html(name, **values).encode()
        tag = blake2b(body, digest_size=12).hexdigest()
        return Response(body, headers={"ETag": f'"{tag}"', "Cache-Control": "no-cache"}, media_type=HTML)


def trusted(html: str) -> Markup:
    """HTML that was sanitised when it was ingested, and is shown as it stands."""
    return Markup(html)  # noqa: S704  # the only place that vouches for HTML
