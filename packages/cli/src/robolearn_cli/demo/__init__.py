"""The whole platform in one process tree, for one person at one machine.

The same code as everywhere, with other settings: PostgreSQL from a wheel, Qdrant's engine inside the client,
Celery on a broker in memory. What is in the data directory survives a restart.
"""

from robolearn_cli.demo.run import run_demo

__all__ = ["run_demo"]
