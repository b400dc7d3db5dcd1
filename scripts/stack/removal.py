"""Remove a stack with everything that it holds."""

from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack, ask


def destroy(stack: Stack) -> None:
    """Containers, networks and volumes, backups among them. Asks first."""
    if not ask(f"Destroy {stack.project} with all its data and all its backups?"):
        raise Refused(["Nothing was destroyed; answer y, or set YES=1 where nobody can be asked."])
    if stack.run("--profile", "*", "down", "--volumes", "--remove-orphans"):
        raise Refused(["Not everything could be removed; the reason is above."])
