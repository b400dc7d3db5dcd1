"""A folder of Markdown into PostgreSQL and the engine: fresh, unchanged, and one document in 100 edited.

Every turn of a side has a database and an engine folder of its own, and goes through the three states.
"""

from dataclasses import replace

from tests.bench.corpus import edit, undo_edits, write_corpus
from tests.bench.findings import Findings, Grid, Row
from tests.bench.fresh import Sample
from tests.bench.place import Place
from tests.bench.progress import say
from tests.bench.sides import DENSE_ONLY, ON_DISK, OURS, SAME_WORK, Sides
from tests.bench.turns import Samples, in_turns, megabytes, middle

DOCUMENTS, FEW_DOCUMENTS = 2000, 400
FRESH_GOAL, UNCHANGED_GOAL = 1.5, 0.1

NOTES = (
    "Yardstick: tests/bench/yardstick.py on the same documents, PostgreSQL server, engine, journal, embedder "
    "and BM25 weights; 'dense only' leaves the words out, which is less than ours does.",
    "The engine's folder is in memory, so that its flush for every point does not hide the pipeline; "
    "'on disk' is the same on the disk. PostgreSQL is durable and on the disk always.",
    "Stages: load is reading, parsing and writing to PostgreSQL; index is embedding (mock) and upserting.",
    "CPU: of the measured processes, not of PostgreSQL; steadier than time where the machine is shared.",
    "Unchanged: the ratio is of the ingest alone; rows written are PostgreSQL's own count.",
)


def measure(place: Place) -> Findings:
    """Measure all three states."""
    documents = FEW_DOCUMENTS if place.quick else DOCUMENTS
    corpus = place.folder / "corpus"
    write_corpus(corpus, documents)
    sides = Sides(place, corpus)
    kept = [OURS, SAME_WORK, DENSE_ONLY]
    first = in_turns("fresh", place.repeats, sides.of(*kept))
    disk = in_turns("fresh", place.repeats, sides.of(*(f"{side}{ON_DISK}" for side in (OURS, SAME_WORK))))
    unchanged = in_turns("unchanged", place.repeats, sides.of(*kept))
    ingests = in_turns("unchanged", place.repeats, {"ingest alone": sides.ingest})["ingest alone"]
    edited = edit(corpus, documents)
    say(f"edited {edited} documents in one passage each")
    changed = in_turns("1 % edited", place.repeats, sides.of(*kept))
    undo_edits(corpus, documents)
    rows = (
        _fresh_row(first, documents, ""),
        _fresh_row(disk, documents, ON_DISK),
        _unchanged_row(unchanged, ingests),
        _changed_row(changed, edited),
    )
    states = {"fresh": first | disk, "unchanged": unchanged, "1 % edited": changed}
    lines = tuple(line for state, samples in states.items() for line in _stages(state, samples))
    columns = ("state", "side", "load s", "index s", "total s", "of it CPU s", "texts embedded", "peak MB")
    return Findings(rows, (Grid("Where the time goes (medians)", columns, lines),), NOTES)


def _fresh_row(samples: Samples, documents: int, where: str) -> Row:
    ours = samples[f"{OURS}{where}"]
    passages = int(ours[0].values["passages"])
    agree = all(one.values["agree"] for one in ours)
    name = f"ingest and index {documents:,} documents, {passages:,} passages{where}"
    row = _row(name, samples, where, f"at most {FRESH_GOAL} x")
    return replace(row, met=agree and (row.ratio or 0) <= FRESH_GOAL)


def _unchanged_row(samples: Samples, ingests: list[Sample]) -> Row:
    seconds, written = middle(ingests, "seconds"), max(one.values["rows_written"] for one in ingests)
    embedded = max(one.values["embedded"] for one in samples[OURS])
    baseline = middle(samples[SAME_WORK], "load")
    return Row(
        name=f"the same unchanged: {written} rows written, {embedded} texts embedded",
        ours=seconds,
        unit="s",
        baseline=baseline,
        ratio=seconds / baseline,
        goal=f"{UNCHANGED_GOAL} s, no writes",
        met=seconds <= UNCHANGED_GOAL and written == 0 and embedded == 0,
        ours_mb=megabytes(ingests),
        baseline_mb=megabytes(samples[SAME_WORK]),
    )


def _changed_row(samples: Samples, edited: int) -> Row:
    embedded = {one.values["embedded"] for one in samples[OURS]}
    told = " or ".join(map(str, sorted(embedded)))
    row = _row(f"1 % edited: {told} texts embedded for {edited} edits", samples, "", f"{edited} texts")
    met = embedded == {edited} and all(one.values["agree"] for one in samples[OURS])
    return replace(row, met=met)


def _row(name: str, samples: Samples, where: str, goal: str) -> Row:
    ours, yardstick = samples[f"{OURS}{where}"], samples[f"{SAME_WORK}{where}"]
    seconds, baseline = middle(ours, "seconds"), middle(yardstick, "seconds")
    memory = megabytes(ours), megabytes(yardstick)
    return Row(name, seconds, "s", baseline, seconds / baseline, goal, None, *memory)


def _stages(state: str, samples: Samples) -> list[tuple[str, ...]]:
    return [
        (
            state,
            side,
            *(f"{middle(found, stage):.2f}" for stage in ("load", "index", "seconds", "cpu")),
            f"{middle(found, 'embedded'):,.0f}",
            f"{megabytes(found):.0f}",
        )
        for side, found in samples.items()
    ]
