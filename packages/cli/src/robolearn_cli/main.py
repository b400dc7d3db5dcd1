"""The `robolearn` command: all commands of the platform in one place."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from robolearn.commands import run as run_command
from robolearn.embedding.model import prepare
from robolearn.settings import EmbeddingSettings, Settings, load
from robolearn_cli.demo import run_demo
from robolearn_ingest.cli import app as ingest_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Robotics Learning Platform.",
)
app.registered_commands += ingest_app.registered_commands
model_app = typer.Typer(no_args_is_help=True, help="The local embedding model.")
app.add_typer(model_app, name="model")


class ModelSettings(Settings):
    """Where the local model lives."""

    embedding: EmbeddingSettings = EmbeddingSettings()


@app.command()
def demo(
    data: Annotated[Path, typer.Option(help="The folder that keeps everything.")] = Path(".data"),
    curriculum: Annotated[str, typer.Option(help="A folder or git URL with courses.")] = "curriculum",
    port: Annotated[
        int, typer.Option(help="Where the page is served, on loopback.", min=1, max=65535)
    ] = 8000,
) -> None:
    """Run the whole platform on this machine until Ctrl-C."""
    run_demo(data, curriculum, port)


@model_app.command("prepare")
def model_prepare(
    source: Annotated[
        Path | None, typer.Option("--from", help="A folder that holds the model already.")
    ] = None,
    hub: Annotated[bool, typer.Option("--hub", help="Fetch it from fastembed's model hub.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing where it is there already.")] = False,
) -> None:
    """Fetch the local embedding model once, verify it, and make it fast."""
    prepared = prepare(load(ModelSettings).embedding.model_dir, source, hub=hub, progress=_say(quiet))
    if prepared.made or not quiet:
        typer.echo(f"{prepared.manifest.name}: {prepared.folder}")


def _say(quiet: bool) -> Callable[[str], None]:
    return (lambda _: None) if quiet else typer.echo


def run() -> None:
    """Entry point of the `robolearn` command."""
    run_command(app)
