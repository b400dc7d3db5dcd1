"""A layout that stumbles over a folder costs that folder its order, and nothing else."""

from dataclasses import dataclass, field

from robolearn.domain.problems import Problem, Severity
from robolearn.observability import get_logger
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import Layout, LayoutResult

log = get_logger(__name__)


@dataclass(slots=True)
class Guard:
    """Asks layouts. One that raises does not know the folder, and its fault is a problem, once.

    The layouts after it are asked then: pages that lose their order are better than pages that are removed,
    since what learners did hangs on them.
    """

    faults: dict[tuple[str, str], Problem] = field(default_factory=dict)

    def outline(self, layout: Layout, folder: Folder) -> LayoutResult | None:
        """What the layout reads in the folder."""
        try:
            return layout.outline(folder)
        except Exception as error:  # one bad folder must never stop the good ones
            if (layout.name, folder.path) not in self.faults:
                log.exception("layout.failed", layout=layout.name, folder=folder.path)
            self.faults[layout.name, folder.path] = _fault(layout, folder, error)
            return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong so far."""
        return tuple(self.faults.values())


def _fault(layout: Layout, folder: Folder, error: Exception) -> Problem:
    what = f"{type(error).__name__}: {str(error)[:200]}"
    return Problem(
        folder.path or ".",
        None,
        Severity.ERROR,
        f"the {layout.name} navigation of this folder could not be read ({what}); its pages were loaded "
        "without it",
        "Simplify the navigation, and report it to us.",
    )
