"""Questions to the containers of a stack that no learner asks."""

import re
from pathlib import Path

from . import courses
from .stack import Stack

INGEST = ("python", "-m", "robolearn_ingest", "ingest")


def sql(stack: Stack, question: str) -> str:
    """One value of the stack's database."""
    asked = ("psql", "-U", "robotics_user", "-d", "robotics_db", "-Atc", question)
    return stack.exec("postgres", *asked).strip()


def python(stack: Stack, service: str, program: str, index: int = 1) -> str:
    """What a program says inside a container of ours, which has no other tools."""
    return stack.exec(service, "python", "-c", program, index=index).strip()


def connects(stack: Stack, service: str, host: str, port: int) -> bool:
    """Whether a connection from a service's container comes about."""
    attempt = f"import socket; socket.create_connection(('{host}', {port}), timeout=3)"
    return stack.compose("exec", "-T", service, "python", "-c", attempt, check=False).returncode == 0


def metric(stack: Stack, service: str, port: int, name: str, index: int = 1) -> int:
    """The sum of a metric of a container of ours; its lines begin with `name`, a regular expression."""
    program = (
        f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{port}/metrics').read().decode())"
    )
    lines = python(stack, service, program, index).splitlines()
    return int(sum(float(line.rpartition(" ")[2]) for line in lines if re.match(name, line)))


def load(stack: Stack, folder: Path, pages: int, thing: str = "gripper") -> None:
    """Put a course of so many pages, and as many passages, into the stack, beside those that are there."""
    ingest(stack, courses.many(folder, pages, thing))


def ingest(stack: Stack, course: courses.Course) -> None:
    """Put a course into the stack. A course is where it came from: each comes from a path of its own."""
    at = f"/curriculum/{course.folder.name}"
    stack.run("ingest", *INGEST, at, volumes={course.folder: at})
