"""The command that prepares the local embedding model."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from robolearn.embedding.model import prepare
from robolearn.settings import EmbeddingSettings, Settings, load

app = typer.Typer(no_args_is_help=True, help="The local embedding model.")


@app.callback()
def model() -> None:
    """The local embedding model."""


class ModelSettings(Settings):
    """Where the local model lives, and whether it is used at all."""

    embedding: EmbeddingSettings = EmbeddingSettings()


@app.command("prepare")
def prepare_model(
    source: Annotated[Path | None, typer.Option("--from", help="A folder that holds the model.")] = None,
    hub: Annotated[bool, typer.Option("--hub", help="Fetch it from fastembed's model hub.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing if it is there.")] = False,
) -> None:
    """Fetch the local embedding model once, verify it, and make it fast."""
    prepared = prepare(load(ModelSettings).embedding.model_dir, source, hub=hub, progress=_say(quiet))
    if prepared.made or not quiet:
        typer.echo(f"{prepared.manifest.name}: {prepared.folder}")


def _say(quiet: bool) -> Callable[[str], None]:
    return (lambda _: None) if quiet else typer.echo
