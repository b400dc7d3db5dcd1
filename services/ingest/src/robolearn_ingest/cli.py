"""The commands of the ingest: `ingest`, `watch` and `migrate`.

Exit codes: 0 done; 2 wrong usage; 3 done, but some files could not be loaded (each is a row of the report);
66 the source cannot be read; 69 the database does not answer; 78 a wrong setting, or a database at another
revision; 130 interrupted, nothing was written.
"""

import json
from functools import partial
from typing import Annotated

import typer

from robolearn import bootstrap
from robolearn.observability import configure_logs, get_logger
from robolearn.settings import load
from robolearn.storage.curriculum import curriculum_session
from robolearn.storage.schema import require_revision
from robolearn_ingest.loading import LoadReport, load_curriculum
from robolearn_ingest.migrations import migrate as migrate_schema
from robolearn_ingest.migrations import wait_for_server
from robolearn_ingest.settings import IngestSettings
from robolearn_ingest.showing import parsing_progress, show_report
from robolearn_ingest.sources import open_source
from robolearn_ingest.watching import Ending, watch_source

SOME_FILES_NOT_LOADED = 3

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
log = get_logger(__name__)


@app.command()
def ingest(
    source: Annotated[str, typer.Argument(help="A folder, or the https or ssh URL of a git repository.")],
    revision: Annotated[str | None, typer.Option(help="Branch, tag or commit of a git URL.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load the courses of SOURCE into the database; what has not changed is left alone."""
    settings = load(IngestSettings)
    configure_logs(settings.log)
    report = run_ingest(settings, source, revision, dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        show_report(report)
    raise typer.Exit(SOME_FILES_NOT_LOADED if report.errors else 0)


def run_ingest(
    settings: IngestSettings, source: str, revision: str | None = None, *, dry_run: bool = False
) -> LoadReport:
    """Load a source, with progress on the terminal. Raises RobolearnError."""
    engine = bootstrap.pool(settings.database)
    try:
        require_revision(engine)
        with open_source(source, revision, settings.source) as tree, parsing_progress() as progress:
            return load_curriculum(
                partial(curriculum_session, engine), tree, dry_run=dry_run, progress=progress
            )
    finally:
        engine.dispose()


@app.command()
def watch(
    source: Annotated[str, typer.Argument(help="A folder, or one Markdown file.")],
    poll: Annotated[
        bool, typer.Option("--poll", help="Look by the clock, for mounts that tell nothing of changes.")
    ] = False,
) -> None:
    """Load the courses of SOURCE, and again whenever a file changes, until told to stop.

    A bad file and a database that is away are told and waited out.
    """
    settings = load(IngestSettings)
    configure_logs(settings.log)
    watch_source(source, partial(run_ingest, settings, source), Ending().listen(), poll=poll)
    log.info("watch.ended")


@app.command()
def migrate(
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for a PostgreSQL that is still starting.", min=0)
    ] = 60.0,
) -> None:
    """Bring the database's schema to this program's revision; safe when started by many at once."""
    settings = load(IngestSettings)
    configure_logs(settings.log)
    url = settings.database.url.get_secret_value()
    wait_for_server(url, wait)
    result = migrate_schema(url)
    log.info("schema.migrated", before=result.from_revision, after=result.to_revision)
