"""Development: a page that is edited is found as it is now, within moments."""

from pathlib import Path

from . import courses, visiting
from .patience import until
from .stack import Stack


def test_an_edited_page_is_found(development: Stack) -> None:
    course = courses.Course(Path(development.variables["CURRICULUM"]), {})
    with visiting.client(development) as learner:
        until(lambda: visiting.titles(learner, "wheel"), lambda found: "Wheels" in found)
        course.write("wheels", "A quexler spins when its flywheel does.")
        until(lambda: visiting.titles(learner, "quexler"), lambda found: "Wheels" in found, seconds=20)
