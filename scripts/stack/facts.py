"""What can be compared of a stack's data: counts, digests, and what a search finds."""

import json
import ssl
import urllib.request
from dataclasses import dataclass

from scripts.stack.stacks import Stack
from scripts.stack.starting import address

TABLES = ("source", "course", "module", "lesson", "passage", "vector_cache", "embedding_profile")
QUESTION = "why%20does%20my%20robot%20drift"


@dataclass(frozen=True)
class Facts:
    """Rows and a digest of each table, passages by state, and a search: how degraded, and its hits."""

    rows: dict[str, int]
    digests: dict[str, str]
    states: dict[str, int]
    search: tuple[str, ...]

    @classmethod
    def of(cls, stack: Stack) -> "Facts":
        """Look now."""
        tables = {table: _table(stack, table) for table in TABLES}
        states = (line.split("|") for line in _sql(stack, _STATES).splitlines())
        return cls(
            {table: int(rows) for table, (rows, _) in tables.items()},
            {table: digest for table, (_, digest) in tables.items()},
            {state: int(count) for state, count in states},
            _search(stack),
        )

    def differences(self, other: "Facts") -> list[tuple[str, object, object]]:
        """Name, ours, theirs."""
        pairs = (
            (name, getattr(self, name), getattr(other, name))
            for name in ("rows", "digests", "states", "search")
        )
        return [(name, ours, theirs) for name, ours, theirs in pairs if ours != theirs]

    def __str__(self) -> str:
        counted = ", ".join(f"{table} {rows}" for table, rows in self.rows.items())
        return f"{counted}; digests of all rows; {self.states}; a search's {len(self.search) - 1} hits"


_STATES = "SELECT state, count(*) FROM passage_vector_state GROUP BY state ORDER BY state"
_PENDING = """SELECT count(*) FROM passage LEFT JOIN passage_vector_state AS held
    ON held.passage_id = passage.id AND held.state <> 'pending' WHERE held.passage_id IS NULL"""


def pending(stack: Stack) -> int:
    """Passages that no worker has dealt with yet."""
    return int(_sql(stack, _PENDING))


def _table(stack: Stack, table: str) -> tuple[str, str]:
    digest = "md5(string_agg(md5(one::text), '' ORDER BY md5(one::text)))"
    line = _sql(stack, f"SELECT count(*), {digest} FROM {table} AS one")  # noqa: S608  # our own names
    rows, _, found = line.partition("|")
    return rows, found


def _sql(stack: Stack, statement: str) -> str:
    shell = 'psql -v ON_ERROR_STOP=1 -qAtX -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "$0"'
    return stack.answer("exec", "-T", "postgres", "sh", "-c", shell, statement)


def _search(stack: Stack) -> tuple[str, ...]:
    # The drill's own certificate is self-signed, and on loopback.
    unverified = ssl._create_unverified_context()  # noqa: S323
    url = f"{address(stack)}api/v1/search?q={QUESTION}"
    with urllib.request.urlopen(url, context=unverified, timeout=30) as answered:  # noqa: S310
        found = json.load(answered)
    return (str(found["degraded"]), *(hit["passage_id"] for hit in found["hits"]))
