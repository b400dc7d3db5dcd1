"""What the page of a course shows beside its tree."""

from collections.abc import Iterator, Sequence

from robolearn.domain.catalogue import CourseTree, LessonEntry, ModuleNode


def lessons_of(nodes: Sequence[ModuleNode | LessonEntry]) -> Iterator[LessonEntry]:
    """The lessons of a tree in the author's order."""
    for node in nodes:
        if isinstance(node, ModuleNode):
            yield from lessons_of(node.children)
        else:
            yield node


def course_values(course: CourseTree) -> dict[str, object]:
    """What the template of a course needs; `first` is where a learner starts."""
    return {"tree": course, "first": next(lessons_of(course.children), None)}
