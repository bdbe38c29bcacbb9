"""`./imc test`: every check, then every test in parallel; the last line is the tests' count.

With paths or pytest options (`./imc test hospital/billing -k refund`) only those tests run.
"""

import os
import subprocess

from launch.checks import PYTHON, all_checks, run_checks
from launch.chromium import find_chromium, find_pdftoppm
from launch.environment import ROOT
from launch.messages import compile_stale
from launch.patient_app import prepare_h5, prepare_pseudo


def main(arguments: list[str]) -> int:
    """The command; not 0 when any check or any test failed."""
    compile_stale()
    if arguments:
        return run_pytest(arguments, failed=[])
    os.environ["IMC_CHROMIUM"] = find_chromium()
    find_pdftoppm()
    prepare_h5()  # once here, before the tests start in parallel
    prepare_pseudo()
    failed = run_checks(all_checks())
    workers = str(max(2, min(os.cpu_count() or 2, 8)))
    status = run_pytest(["-n", workers, "--dist", "loadgroup"], failed=failed)
    return status or (1 if failed else 0)


def run_pytest(arguments: list[str], *, failed: list[str]) -> int:
    """Run pytest here; it repeats the names of failed checks before its count (see `pytest_plugin`)."""
    environment = {**os.environ, "IMC_TEST_FAILED_CHECKS": " ".join(failed), "PYTHONUTF8": "1"}
    environment.pop("IMC_TEST_FOLDER", None)
    return subprocess.run([*PYTHON, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False).returncode
