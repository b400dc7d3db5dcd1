"""The worker's sweep with the local model, against the same model called raw, in texts a second."""

from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg2
from tests.bench import ours, raw_model
from tests.bench.findings import Findings, Row
from tests.bench.fresh import fresh
from tests.bench.place import MODEL, REAL, SAMPLE, Place
from tests.bench.turns import in_turns, megabytes, middle

from robolearn.domain.page import embedding_text
from robolearn.embedding.local import LocalEmbedder
from robolearn.settings import EmbeddingSettings

GOAL = 0.95
PASSAGES, FEW_PASSAGES = 600, 120
THREADS = 2


def measure(place: Place) -> Findings:
    """Load real lessons, then embed their passages either way."""
    source = REAL / "mkdocs-airsim" if REAL.is_dir() else SAMPLE
    wanted = FEW_PASSAGES if place.quick else PASSAGES
    urls = [place.database() for _ in range(place.repeats)]
    for url in urls:
        fresh(prepare, url, source, wanted)
    samples = in_turns(
        "worker",
        place.repeats,
        {
            "ours": lambda turn: fresh(sweep, urls[turn], MODEL, place.memory / f"worker-{turn}"),
            "raw model": lambda turn: fresh(raw, urls[turn], MODEL),
        },
    )
    own, baseline = (middle(samples[side], "rate") for side in ("ours", "raw model"))
    memory = (megabytes(samples[side]) for side in ("ours", "raw model"))
    count = samples["ours"][0].values["passages"]
    name = f"worker against the raw local model, {count} real passages"
    row = Row(
        name, own, "/s", baseline, own / baseline, f"at least {GOAL} x", own / baseline >= GOAL, *memory
    )
    rates = ", ".join(
        f"batch {batch}: {rate:.0f}/s" for batch, rate in samples["raw model"][-1].values["rates"].items()
    )
    return Findings((row,), notes=(f"Raw model, {THREADS} threads, sorted by length, best of: {rates}.",))


def prepare(url: str, source: str, wanted: int) -> dict[str, Any]:
    """Load the lessons, and keep as many passages as are wanted."""
    engine = ours.pool(url)
    ours.ingest(engine, source)
    engine.dispose()
    keep = "SELECT id FROM passage ORDER BY text_hash LIMIT %s"
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM passage WHERE id NOT IN ({keep})", (wanted,))
    return {}


def sweep(url: str, model: str, path: str) -> dict[str, Any]:
    """Texts a second of a sweep; the model is loaded before."""
    engine = ours.pool(url)
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=Path(model), threads=THREADS))
    used = ours.adapters(engine, path, embedder)
    embedder.embed_query("warm")
    embedder.count_tokens("warm")
    used.sparse.encode(["warm"], "en")
    started = perf_counter()
    ours.embed(used)
    seconds = perf_counter() - started
    counts = used.ledger.counts(embedder.profile)
    used.close()
    engine.dispose()
    if counts.embedded != counts.passages:
        raise RuntimeError(f"only {counts.embedded} of {counts.passages} passages were embedded")
    return {"rate": counts.embedded / seconds, "passages": counts.embedded}


def raw(url: str, model: str) -> dict[str, Any]:
    """Texts a second of the model alone, with its best batch size."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT heading_path, text FROM passage ORDER BY id")
        texts = [embedding_text(tuple(path), text) for path, text in cursor.fetchall()]
    loaded = raw_model.load(model, THREADS)
    rates = raw_model.rates(loaded, texts)
    return {"rate": max(rates.values()), "rates": rates}
