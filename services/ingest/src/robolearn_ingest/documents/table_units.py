"""A table as one unit a row, each readable alone: `Sensor: LiDAR; Range: 30 m`."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from robolearn_ingest.documents.plain_text import plain
from robolearn_ingest.documents.unit import Unit


def table_units(tokens: Sequence[Token], index: int) -> Iterator[Unit]:
    """The rows of the table that opens at `index`; its header is one only where no row would show it."""
    rows = _rows(tokens, index)
    (header, start), body = rows[0], rows[1:]
    shown = {column for cells, _ in body for column, cell in enumerate(cells) if cell}
    if any(name and column not in shown for column, name in enumerate(header)):
        yield Unit("; ".join(filter(None, header)), start, start)
    for cells, line in body:
        if any(cells):
            yield Unit(_readable(header, cells), line, line, joint="\n")


def _readable(header: list[str], cells: list[str]) -> str:
    pairs = zip(header, cells, strict=False)
    return "; ".join(f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in pairs if cell)


def _rows(tokens: Sequence[Token], index: int) -> list[tuple[list[str], int]]:
    rows: list[tuple[list[str], int]] = []
    for token in tokens[index + 1 :]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append(([], (token.map or [0])[0] + 1))
        elif token.type == "inline":
            rows[-1][0].append(plain(token.children or []))
    return rows
