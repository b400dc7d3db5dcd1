"""Make the local embedding model in a folder: make_model.py FOLDER"""

import sys
from pathlib import Path

from robolearn.domain.errors import RobolearnError
from robolearn.embedding.model import prepare

try:
    prepare(Path(sys.argv[1]), progress=print)
except RobolearnError as error:
    sys.exit(f"make_model.py: {error}")
