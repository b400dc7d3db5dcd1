"""The yardstick: what a good engineer writes in forty lines to keep 2,000 Markdown files indexed.

Hash each document, split the changed ones at their headings, compare passage ids with those stored, COPY the
new ones into PostgreSQL, embed, upsert into the engine, flag as done. It is incremental, it removes what is
gone, and it resumes after a crash. It uses the same documents, PostgreSQL server, engine (Qdrant's local one,
by path, with the same journal), embedder and BM25 weights as ours. What it does not have is what a platform
is there for: layouts, navigation, Markdown that is really parsed, HTML, moves that keep ids, problems with
lines, full text, leases, a vector cache, retries.
"""

import io
import re
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import psycopg2
from fastembed import SparseTextEmbedding
from qdrant_client import QdrantClient, models
from tests.bench.mock import DIMENSIONS, MockEmbedder
from tests.bench.usage import cpu_seconds

from robolearn.embedding.sparse import AVERAGE_WORDS
from robolearn.embedding.stopping import words_to_skip
from robolearn.vectors.durability import write_ahead

NAME, BATCH = "passages", 256
SCHEMA = """
    CREATE TABLE IF NOT EXISTS document (path text PRIMARY KEY, hash text NOT NULL);
    CREATE TABLE IF NOT EXISTS passage (id uuid PRIMARY KEY, path text NOT NULL, heading text NOT NULL,
        text text NOT NULL, done boolean NOT NULL DEFAULT false);
    CREATE INDEX IF NOT EXISTS passage_path ON passage (path);
    CREATE INDEX IF NOT EXISTS passage_open ON passage (id) WHERE NOT done
"""


def measure(url: str, folder: str, engine: str, with_words: bool) -> dict[str, Any]:
    """Bring database and index up to date with the folder; seconds of each stage, and texts embedded."""
    embedder, encoder = MockEmbedder(), _encoder() if with_words else None
    started, cpu = perf_counter(), cpu_seconds()
    database, cursor = _open_database(url)
    documents = {str(file): file.read_bytes() for file in sorted(Path(folder).rglob("*.md"))}
    dead = _load(cursor, documents)
    loaded = perf_counter()
    client = _open_engine(engine, with_words)
    if dead:
        client.delete(NAME, models.PointIdsList(points=list(dead)))
    database.commit()
    cursor.execute("SELECT id, path, heading, text FROM passage WHERE NOT done ORDER BY id")
    pending = cursor.fetchall()
    for start in range(0, len(pending), BATCH):
        batch = pending[start : start + BATCH]
        _index(client, batch, embedder, encoder)
        cursor.execute(
            "UPDATE passage SET done = true WHERE id = ANY(%s::uuid[])", ([row[0] for row in batch],)
        )
        database.commit()
    ended, cpu = perf_counter(), cpu_seconds() - cpu
    client.close()
    return {
        "seconds": ended - started,
        "cpu": cpu,
        "load": loaded - started,
        "index": ended - loaded,
        "embedded": embedder.embedded,
    }


def _encoder() -> SparseTextEmbedding:
    """Fastembed's BM25 as it is, without a download; the same weights as ours."""
    folder, skipped = str(Path(__file__).parent), set(words_to_skip("en"))
    return SparseTextEmbedding(
        "Qdrant/bm25", specific_model_path=folder, stopwords=skipped, avg_len=AVERAGE_WORDS
    )


def _open_database(url: str) -> tuple[Any, Any]:
    database = psycopg2.connect(url)
    cursor = database.cursor()
    cursor.execute(SCHEMA)
    return database, cursor


def _load(cursor: Any, documents: dict[str, bytes]) -> list[str]:
    """Write what has changed; the ids of passages that are gone."""
    hashes = {path: sha256(data).hexdigest() for path, data in documents.items()}
    cursor.execute("SELECT path, hash FROM document")
    stored = dict(cursor.fetchall())
    changed = [path for path in hashes if hashes[path] != stored.get(path)]
    gone = [path for path in stored if path not in hashes]
    cursor.execute("SELECT id FROM passage WHERE path = ANY(%s)", (changed + gone,))
    known = {row[0] for row in cursor.fetchall()}
    wanted = {row[0]: row for path in changed for row in _passages(path, documents[path].decode())}
    dead = sorted(known - wanted.keys())
    cursor.execute("DELETE FROM passage WHERE id = ANY(%s::uuid[])", (dead,))
    cursor.execute("DELETE FROM document WHERE path = ANY(%s)", (changed + gone,))
    _copy(
        cursor, "passage (id, path, heading, text)", [row for one, row in wanted.items() if one not in known]
    )
    _copy(cursor, "document (path, hash)", [(path, hashes[path]) for path in changed])
    return dead


def _passages(path: str, text: str) -> list[tuple[str, str, str, str]]:
    _, *parts = re.split(r"^#+ +(.*)$", text, flags=re.M)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [
        (str(uuid5(NAMESPACE_URL, f"{path}\n{heading}\n{body}")), path, heading, body.strip())
        for heading, body in pairs
        if body.strip()
    ]


def _copy(cursor: Any, target: str, rows: list[tuple[str, ...]]) -> None:
    escape = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
    lines = "".join("\t".join(value.translate(escape) for value in row) + "\n" for row in rows)
    cursor.copy_expert(f"COPY {target} FROM STDIN", io.StringIO(lines))


def _open_engine(path: str, with_words: bool) -> QdrantClient:
    client = QdrantClient(path=path)
    if not client.collection_exists(NAME):
        dense = models.VectorParams(size=DIMENSIONS, distance=models.Distance.COSINE)
        words = {"sparse": models.SparseVectorParams(modifier=models.Modifier.IDF)} if with_words else None
        client.create_collection(NAME, vectors_config={"dense": dense}, sparse_vectors_config=words)
        write_ahead(Path(path), NAME)
    return client


def _index(client: QdrantClient, rows: list[Any], embedder: MockEmbedder, encoder: Any) -> None:
    texts = [f"{heading}\n{text}" for _, _, heading, text in rows]
    vectors = [{"dense": one} for one in embedder.embed(texts).tolist()]
    if encoder:
        for vector, words in zip(vectors, encoder.embed(texts, parallel=None), strict=True):
            vector["sparse"] = models.SparseVector(
                indices=words.indices.tolist(), values=words.values.tolist()
            )
    client.upsert(
        NAME,
        [
            models.PointStruct(id=row[0], vector=vector, payload={"path": row[1], "heading": row[2]})
            for row, vector in zip(rows, vectors, strict=True)
        ],
        wait=True,
    )
