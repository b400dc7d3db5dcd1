"""What the images leave out: by lists whose every line has to hold."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRIM = ROOT / "docker" / "trim" / "trim.py"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """The site-packages of an environment with one package of two files."""
    folder = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    (folder / "robot" / "tests").mkdir(parents=True)
    (folder / "robot" / "arm.py").touch()
    (folder / "robot" / "tests" / "test_arm.py").touch()
    return folder


def trim(packages: Path, line: str) -> "subprocess.CompletedProcess[str]":
    list_ = packages.parents[3] / "list.txt"
    list_.write_text(f"# reasons\n\n{line}\n")
    command = [sys.executable, str(TRIM), str(packages.parents[2]), str(list_)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_a_line_names_goes_and_the_rest_stays(packages: Path) -> None:
    assert trim(packages, "robot/**/tests  # never run").returncode == 0

    assert [path.name for path in (packages / "robot").iterdir()] == ["arm.py"]


def test_a_line_that_no_longer_fits_its_package_is_told(packages: Path) -> None:
    done = trim(packages, "robot/legs")

    assert done.returncode == 1
    assert done.stderr.startswith("trim.py: robot/legs matches nothing: the package has changed.")


def test_a_line_about_a_package_that_is_not_there_is_no_error(packages: Path) -> None:
    assert trim(packages, "drone/rotors").returncode == 0
