"""Why nothing was done."""

import sys
from collections.abc import Sequence


class Refused(Exception):
    """Problems that stand in the way, each a sentence that says what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    def told(self) -> str:
        """One problem as one line, several as a list."""
        if len(self.problems) == 1:
            return f"robolearn: {self.problems[0]}"
        listed = "\n".join(f"  - {problem}" for problem in self.problems)
        return f"robolearn: {len(self.problems)} things stand in the way; nothing was started.\n{listed}"


def say(text: str) -> None:
    """Tell how it goes, at once, also where the output is a pipe."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Tell what may become a problem."""
    print(f"robolearn: warning: {text}", file=sys.stderr, flush=True)
