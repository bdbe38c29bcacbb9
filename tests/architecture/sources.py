"""Which files the rules of the house are about."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from launch.environment import ROOT


def list_python(*folders: str, with_tests: bool = False) -> Iterator[Path]:
    """Python files below the folders; migrations never, tests only when asked for."""
    for folder in folders:
        for path in sorted((ROOT / folder).glob("**/*.py")):
            if "migrations" not in path.parts and (with_tests or "tests" not in path.parts):
                yield path


def list_tracked() -> list[Path]:
    """Every file under version control (or about to be): what a stranger gets."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path, line: int | None = None) -> str:
    """How a finding names its place."""
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")
