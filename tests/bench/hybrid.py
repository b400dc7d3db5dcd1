"""A hybrid question at 10,000 passages, embedding included, against raw embedding and a raw fused query."""

import shutil

from tests.bench import questioning
from tests.bench.corpus import write_corpus
from tests.bench.findings import Findings, Grid, Row
from tests.bench.fresh import fresh
from tests.bench.place import MODEL, Place
from tests.bench.turns import Samples, in_turns, megabytes, middle

GOAL, GOAL_MS = 2.0, 5.0
DOCUMENTS, FEW_DOCUMENTS = 2000, 200
QUESTIONS, FEW_QUESTIONS = 40, 10
STAGES = ("embed", "words", "engine", "hydrate")
NOTES = (
    "Raw: embed the question, count its words, one fused query_points call (DBSF, both legs 100 deep) and no "
    "passages read. The engine is the client's own, which compares with every point in Python; hence the "
    "goal in milliseconds counts only where raw meets it.",
)


def measure(place: Place) -> Findings:
    """Build one index, copy it, and ask both sides the same questions."""
    corpus, url = place.folder / "hybrid-corpus", place.database()
    write_corpus(corpus, FEW_DOCUMENTS if place.quick else DOCUMENTS)
    own_index, raw_index = (place.memory / f"hybrid-{side}" for side in ("ours", "raw"))
    passages = fresh(questioning.build, url, corpus, MODEL, own_index).values["passages"]
    shutil.copytree(own_index, raw_index)
    count = FEW_QUESTIONS if place.quick else QUESTIONS
    samples = in_turns(
        "hybrid",
        place.repeats,
        {
            "ours": lambda turn: fresh(questioning.ask, url, MODEL, own_index, turn, count),
            "raw": lambda turn: fresh(questioning.ask_raw, MODEL, raw_index, turn, count),
        },
    )
    rows = tuple(_row(samples, passages, value) for value in ("p50", "p95"))
    stages = Grid("One hybrid question by stages (median ms)", ("side", *STAGES), _stages(samples))
    return Findings(rows, (stages,), NOTES)


def _row(samples: Samples, passages: int, value: str) -> Row:
    own, raw = middle(samples["ours"], value), middle(samples["raw"], value)
    return Row(
        name=f"hybrid question at {passages:,} passages, {value}",
        ours=own,
        unit="ms",
        baseline=raw,
        ratio=own / raw,
        goal=f"at most {GOAL:g} x and {GOAL_MS:g} ms",
        met=own / raw <= GOAL and (own <= GOAL_MS or raw > GOAL_MS),
        ours_mb=megabytes(samples["ours"]),
        baseline_mb=megabytes(samples["raw"]),
    )


def _stages(samples: Samples) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (side, *(f"{middle(taken, stage):.2f}" if stage in taken[0].values else "" for stage in STAGES))
        for side, taken in samples.items()
    )
