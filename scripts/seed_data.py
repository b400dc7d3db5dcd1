"""Load the sample courses, or those of the folder or git URL given: seed_data.py [SOURCE]"""

import sys
from pathlib import Path

from robolearn.commands import run
from robolearn_ingest.cli import app

SAMPLES = Path(__file__).parent.parent / "curriculum"

if __name__ == "__main__":
    run(lambda: app(["ingest", *(sys.argv[1:] or [str(SAMPLES)])]))
