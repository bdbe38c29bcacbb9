"""`./imc lint [PATH…]`: the quick checks; `--fix` mends first what can be mended without thinking."""

import subprocess

from launch.checks import PYTHON, quick_checks, run_checks
from launch.environment import ROOT


def main(arguments: list[str]) -> int:
    """The command; 1 when any check failed."""
    paths = [argument for argument in arguments if argument != "--fix"]
    if "--fix" in arguments:
        subprocess.run([*PYTHON, "-m", "ruff", "check", "--fix", "--quiet", *(paths or ["."])], cwd=ROOT, check=False)
        subprocess.run([*PYTHON, "-m", "ruff", "format", "--quiet", *(paths or ["."])], cwd=ROOT, check=False)
    return 1 if run_checks(quick_checks(paths)) else 0
