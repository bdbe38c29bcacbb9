"""`./imc bench [NAME…]`: run the benchmarks of `bench/` on a product of their own."""

import subprocess
import sys

from launch.checks import check_environment
from launch.environment import ROOT


def main(arguments: list[str]) -> int:
    """The command; see `bench/__main__.py`."""
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=check_environment(), check=False).returncode
