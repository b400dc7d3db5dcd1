"""A stand-in for the Qdrant server, for tests on machines that cannot pull its image: `python server.py`.

It speaks the part of Qdrant's REST API that our client and our backups use, in front of the engine inside
`qdrant-client`, and keeps acknowledged writes over a kill. It is neither fast nor safe: it is not for users.
Its settings are upstream's own variables of the environment.
"""

import sys
from pathlib import Path

import uvicorn
from application import build
from configuration import Configuration
from engine import Engine
from snapshots import Snapshots


def main() -> int:
    """Serve until told to stop."""
    configuration = Configuration.from_environment()
    engine = Engine(Path(configuration.storage))
    print("stand-in for qdrant/qdrant, for tests only: listening on", configuration.address, flush=True)
    app = build(engine, Snapshots(engine, Path(configuration.snapshots)), configuration.key)
    uvicorn.run(app, host=configuration.host, port=configuration.port, log_level="warning", access_log=False)
    engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
