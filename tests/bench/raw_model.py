"""The local model without us: fastembed, called with the batch size that suits it best here."""

from collections.abc import Sequence
from time import perf_counter

from fastembed import TextEmbedding

NAME = "sentence-transformers/all-MiniLM-L6-v2"
BATCHES = (1, 4, 16)
TRIAL = 48


def load(folder: str, threads: int) -> TextEmbedding:
    """The model, which has run once."""
    model = TextEmbedding(NAME, specific_model_path=folder, threads=threads)
    list(model.embed(["warm"]))
    return model


def best_batch(model: TextEmbedding, texts: Sequence[str]) -> tuple[int, dict[int, float]]:
    """The fastest batch size on a few of the texts, sorted by length, and texts a second of each size."""
    sample = sorted(texts, key=len)[:: max(1, len(texts) // TRIAL)]
    rates = {batch: len(sample) / seconds(model, sample, batch) for batch in BATCHES}
    return max(rates, key=lambda batch: rates[batch]), rates


def seconds(model: TextEmbedding, texts: Sequence[str], batch: int) -> float:
    """How long the texts take, sorted by length so that padding is least."""
    started = perf_counter()
    for _ in model.embed(sorted(texts, key=len), batch_size=batch):
        pass
    return perf_counter() - started
