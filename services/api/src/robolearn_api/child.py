"""The application of a supervisor's process, which reads its settings anew."""

import sys

from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE

from robolearn.domain.errors import RobolearnError
from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings


def create() -> FastAPI:
    """The api. What it lacks is one sentence, and an exit code that tells the supervisor not to try again."""
    try:
        settings = load(ApiSettings)
        configure_logs(settings.log)
        return create_app(settings)
    except RobolearnError as error:
        print(f"robolearn: {error}", file=sys.stderr)
        sys.exit(STARTUP_FAILURE)
