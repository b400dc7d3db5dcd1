"""The `robolearn` command: all commands of the platform in one place."""

from pathlib import Path
from typing import Annotated

import typer

from robolearn.commands import run as run_command
from robolearn_cli import model
from robolearn_ingest.cli import app as ingest_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Robotics Learning Platform.",
)
app.registered_commands += ingest_app.registered_commands
app.add_typer(model.app, name="model")


@app.command()
def demo(
    data: Annotated[Path, typer.Option(help="The folder that keeps everything.")] = Path(".data"),
    curriculum: Annotated[str, typer.Option(help="A folder or git URL with courses.")] = "curriculum",
    port: Annotated[int, typer.Option(help="The page's port, on loopback.", min=1, max=65535)] = 8000,
) -> None:
    """Run the whole platform on this machine until Ctrl-C."""
    from robolearn_cli.demo import run_demo  # all services: a second that other commands need not wait

    run_demo(data, curriculum, port)


def run() -> None:
    """Entry point of the `robolearn` command."""
    run_command(app)
