"""The schema, as migrations build it (a test holds the two together)."""

from robolearn.storage.tables.curriculum import Course, Lesson, Module, Passage, Source
from robolearn.storage.tables.indexing import (
    EmbeddingProfileRow,
    PassageVectorState,
    VectorCache,
    VectorRemoval,
)
from robolearn.storage.tables.metadata import Base
from robolearn.storage.tables.runs import IngestProblem, IngestRun

__all__ = [
    "Base",
    "Course",
    "EmbeddingProfileRow",
    "IngestProblem",
    "IngestRun",
    "Lesson",
    "Module",
    "Passage",
    "PassageVectorState",
    "Source",
    "VectorCache",
    "VectorRemoval",
]
