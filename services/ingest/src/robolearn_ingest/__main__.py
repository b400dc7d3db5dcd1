"""`python -m robolearn_ingest`: the commands of the ingest alone, as its container runs them."""

from robolearn.commands import run
from robolearn_ingest.cli import app

if __name__ == "__main__":
    run(app)
