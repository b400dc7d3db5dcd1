"""`python -m robolearn_api`: serve until told to stop."""

from robolearn.commands import run
from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_api.app import create_app
from robolearn_api.serving import listen, serve
from robolearn_api.settings import ApiSettings


def main() -> None:
    """Check the settings, take the port, serve. Raises SettingsError."""
    settings = load(ApiSettings)
    configure_logs(settings.log)
    with listen(settings.api) as listener:
        serve(create_app(settings), settings.api, listener)


if __name__ == "__main__":
    run(main)
