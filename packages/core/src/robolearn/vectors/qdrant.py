"""The vector index on Qdrant: a server, or the engine inside the client library."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import ScoredPassage, SearchFilters
from robolearn.ports.embedding import SparseVector, Vectors
from robolearn.ports.index import Point
from robolearn.settings import QdrantSettings
from robolearn.vectors.connection import Connection
from robolearn.vectors.durability import write_ahead
from robolearn.vectors.failures import CollectionAbsent
from robolearn.vectors.fusion import Fusion, one_leg, passage_id
from robolearn.vectors.points import (
    DENSE,
    DEPTH,
    INDEXED,
    PASSAGE_ID,
    SPARSE,
    condition,
    leg_request,
    legs,
    struct,
)

ALIAS = "passages"
_PAGE = 250
_CONFLICT = 409


class QdrantIndex:
    """A VectorIndex. Opens its connection at first use.

    Raises SettingsError unless exactly one of QDRANT_URL and QDRANT_PATH is set.
    """

    def __init__(self, settings: QdrantSettings) -> None:
        self._path = settings.path
        self._settings = settings
        self._connection = Connection(settings)
        self._fusion = Fusion(in_engine=not self._connection.local)

    def close(self) -> None:
        """Let go of the server or of the folder."""
        self._connection.close()

    def ensure(self, profile: EmbeddingProfile) -> None:
        """Create the profile's collection and payload indexes, if absent; the same by two at once is fine."""
        with self._connection.client() as client:
            if not client.collection_exists(profile.collection):
                _create(client, profile, self._settings)
                if self._path:
                    write_ahead(self._path, profile.collection)
            if not self._path:  # the local engine has no payload indexes, and warns
                _index_payload(client, profile.collection)

    def promote(self, profile: EmbeddingProfile) -> None:
        """Move the alias; readers see the old or the new collection, never neither."""
        delete = models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=ALIAS))
        create = models.CreateAliasOperation(
            create_alias=models.CreateAlias(collection_name=profile.collection, alias_name=ALIAS)
        )
        with self._connection.client() as client:
            client.update_collection_aliases([delete, create] if self.promoted() else [create])

    def promoted(self) -> str | None:
        """The collection behind the alias."""
        with self._connection.client() as client:
            aliases = client.get_aliases().aliases
        return next((one.collection_name for one in aliases if one.alias_name == ALIAS), None)

    def upsert(self, profile: EmbeddingProfile, points: Sequence[Point]) -> None:
        """Write the points, and wait until they are applied."""
        if not points:
            return
        structs = [struct(profile, point) for point in points]
        with self._connection.client() as client:
            _applied(client.upsert(profile.collection, structs, wait=True))

    def remove(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> None:
        """Remove the passages' points, and wait until that is applied."""
        if not passage_ids:
            return
        selector = models.PointIdsList(points=[str(profile.point_id(one)) for one in passage_ids])
        try:
            with self._connection.client() as client:
                _applied(client.delete(profile.collection, selector, wait=True))
        except CollectionAbsent:
            return

    def count(self, profile: EmbeddingProfile) -> int:
        """Exact number of points."""
        try:
            with self._connection.client() as client:
                return client.count(profile.collection, exact=True).count
        except CollectionAbsent:
            return 0

    def passage_ids(self, profile: EmbeddingProfile) -> Iterator[UUID]:
        """The passages of all points, page by page; none where there is no collection."""
        offset: models.ExtendedPointId | None = None
        while True:
            try:
                with self._connection.client() as client:
                    records, offset = client.scroll(
                        profile.collection, limit=_PAGE, offset=offset, with_payload=[PASSAGE_ID]
                    )
            except CollectionAbsent:
                return
            yield from map(passage_id, records)
            if offset is None:
                return

    def search(
        self,
        profile: EmbeddingProfile,
        *,
        dense: Vectors | None,
        sparse: SparseVector | None,
        filters: SearchFilters,
        limit: int,
    ) -> list[ScoredPassage]:
        """The best passages. Raises IndexUnavailable while the profile has no collection yet.

        It reads the profile's collection by its own name: where the alias leads to it that is the same, and
        where it leads elsewhere, or moves just now, the question's vector must not meet another profile's.
        """
        where, depth = condition(filters), max(DEPTH, limit)
        asked = [leg_request(name, query, where, depth) for name, query in legs(dense, sparse).items()]
        with self._connection.client() as client:
            if not asked:
                return []
            if len(asked) == 1:
                return one_leg(client, profile.collection, asked[0], limit)
            return self._fusion.search(client, profile.collection, asked, limit)


def _create(client: QdrantClient, profile: EmbeddingProfile, settings: QdrantSettings) -> None:
    dense = models.VectorParams(size=profile.dimensions, distance=models.Distance.COSINE)
    sparse = models.SparseVectorParams(modifier=models.Modifier.IDF)
    try:
        client.create_collection(
            profile.collection,
            vectors_config={DENSE: dense},
            sparse_vectors_config={SPARSE: sparse},
            # One node's word is enough for a write: what is lost with it, reconciling finds and rebuilds.
            shard_number=settings.shard_number,
            replication_factor=settings.replication_factor,
        )
    except UnexpectedResponse as error:
        if error.status_code != _CONFLICT:
            raise


def _index_payload(client: QdrantClient, collection: str) -> None:
    present = client.get_collection(collection).payload_schema
    for key in INDEXED:
        if key not in present:
            client.create_payload_index(collection, key, models.PayloadSchemaType.KEYWORD, wait=True)


def _applied(result: models.UpdateResult) -> None:
    if result.status is not models.UpdateStatus.COMPLETED:
        raise IndexUnavailable(
            f"Qdrant has taken the write but not applied it in time ({result.status}).",
            "Check its load, or raise QDRANT_TIMEOUT_SECONDS.",
        )
