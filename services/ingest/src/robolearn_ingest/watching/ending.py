"""How a watch is told to end."""

import signal
from types import FrameType


class Ending:
    """A flag that SIGINT and SIGTERM set; a second one interrupts at once, whatever is being done.

    An exception of the first one's would come in the middle of anything, where a library may drop it.
    """

    def __init__(self) -> None:
        self._told = False

    def listen(self) -> "Ending":
        """Take both signals from now on."""
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, self._tell)
        return self

    def is_set(self) -> bool:
        """Whether it is to end; the name is what watchfiles asks for."""
        return self._told

    def _tell(self, _signal: int, _frame: FrameType | None) -> None:
        if self._told:
            raise KeyboardInterrupt
        self._told = True
