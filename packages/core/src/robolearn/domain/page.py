"""A page of a curriculum once it is parsed, before it has a place in a course."""

from dataclasses import dataclass, field

from robolearn.domain.hashing import digest


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page. `level` 1 to 6; `anchor` is unique in its page; `line` counts from 1."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A piece of a lesson that is searched and cited as one.

    `text` is plain text (no markup); `heading_path` holds the headings above it, outermost first;
    `anchor` is that of the innermost heading ("" before the first); lines count from 1, both inclusive.
    """

    heading_path: tuple[str, ...]
    anchor: str
    line_start: int
    line_end: int
    text: str

    @property
    def embedding_text(self) -> str:
        """What is embedded: the heading path, then the text."""
        return embedding_text(self.heading_path, self.text)

    @property
    def text_hash(self) -> bytes:
        """SHA-256 (32 bytes) of what is embedded: same hash, same vector."""
        return digest(self.embedding_text)


def embedding_text(heading_path: tuple[str, ...], text: str) -> str:
    """The text of a passage as the embedding model sees it."""
    return f"{' › '.join(heading_path)}\n{text}" if heading_path else text


@dataclass(frozen=True, slots=True)
class Facts:
    """What an author says of a lesson in its front matter; None or empty where nothing is said."""

    level: str | None = None
    minutes: int | None = None
    objectives: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    ros_distro: tuple[str, ...] = ()
    simulator: tuple[str, ...] = ()
    hardware: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `title` is the author's (front matter, else first level-1 heading, else None)."""

    title: str | None
    description: str | None
    body: str
    html: str
    headings: tuple[Heading, ...]
    passages: tuple[PassageDraft, ...]
    facts: Facts = field(default_factory=Facts)
