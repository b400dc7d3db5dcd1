"""The local model without us: fastembed, called with the batch size that suits it best here."""

from collections.abc import Sequence
from time import perf_counter

from fastembed import TextEmbedding

NAME = "sentence-transformers/all-MiniLM-L6-v2"
BATCHES = (1, 2, 4)  # larger ones are slower still: padding costs more than calls


def load(folder: str, threads: int) -> TextEmbedding:
    """The model, which has run once."""
    model = TextEmbedding(NAME, specific_model_path=folder, threads=threads)
    list(model.embed(["warm"]))
    return model


def rates(model: TextEmbedding, texts: Sequence[str]) -> dict[int, float]:
    """Texts a second by batch size."""
    return {batch: len(texts) / seconds(model, texts, batch) for batch in BATCHES}


def seconds(model: TextEmbedding, texts: Sequence[str], batch: int) -> float:
    """How long the texts take, sorted by length so that padding is least."""
    started = perf_counter()
    for _ in model.embed(sorted(texts, key=len), batch_size=batch):
        pass
    return perf_counter() - started
