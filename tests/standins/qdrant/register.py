"""What the engine inside the client does not keep about a collection: how it was asked for, its indexes."""

import json
from pathlib import Path
from typing import Any

Facts = dict[str, Any]


class Register:
    """One JSON file, replaced as a whole at each change."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._facts: dict[str, Facts] = json.loads(file.read_text()) if file.exists() else {}

    def add(self, collection: str, params: Facts) -> None:
        """A new collection, as it was asked for."""
        self._facts[collection] = {"params": params, "indexes": {}}
        self._save()

    def remove(self, collection: str) -> None:
        """Forget a collection."""
        self._facts.pop(collection, None)
        self._save()

    def params(self, collection: str) -> Facts:
        """How the collection was asked for."""
        return self._facts[collection]["params"]

    def indexes(self, collection: str) -> Facts:
        """The kind of each indexed field."""
        return self._facts[collection]["indexes"]

    def index(self, collection: str, field: str, kind: str | None) -> None:
        """Note an index, or its end."""
        if kind is None:
            self.indexes(collection).pop(field, None)
        else:
            self.indexes(collection)[field] = kind
        self._save()

    def _save(self) -> None:
        beside = self._file.with_suffix(".tmp")
        beside.write_text(json.dumps(self._facts))
        beside.replace(self._file)
