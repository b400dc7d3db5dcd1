"""The ingest's view of the database: what a source holds, and writing what has changed in it."""

from robolearn.storage.curriculum.reading import CurriculumReader
from robolearn.storage.curriculum.session import CurriculumSession, curriculum_session
from robolearn.storage.curriculum.writing import CurriculumWriter

__all__ = ["CurriculumReader", "CurriculumSession", "CurriculumWriter", "curriculum_session"]
