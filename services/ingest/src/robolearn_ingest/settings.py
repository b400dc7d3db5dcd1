"""What the ingest needs to know."""

from robolearn.settings import DatabaseSettings, Settings
from robolearn_ingest.sources import SourceSettings


class IngestSettings(Settings):
    """Settings of the ingest; see .env.example for each with its reason."""

    database: DatabaseSettings
    source: SourceSettings = SourceSettings()
