"""What operators do with the stacks, for `make`: secrets, checks, start, scale, restore, drill.

Standard library only: it runs on hosts that have Docker and Python, and no virtual environment.
"""
