"""The checks that need no test: style, types, import rules, migrations, deployment, translations, OpenAPI."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from launch.environment import ROOT, new_secrets
from launch.manage import NO_DATABASE
from launch.patient_app import prepare_packages, run_tool

PYTHON = (sys.executable,)
MANAGE = (sys.executable, "-W", "ignore::RuntimeWarning", "manage.py")
OPENAPI = ROOT / "patient-app" / "openapi.json"


@dataclass(frozen=True)
class Check:
    """One check: a command whose status tells, or a function that returns lines of fault."""

    name: str
    command: Sequence[str] = ()
    function: Callable[[], list[str]] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    name: str
    is_passed: bool
    output: str
    seconds: float


def quick_checks(paths: Sequence[str] = ()) -> list[Check]:
    """What `./imc lint` runs; with paths the style and the types of those only."""
    checks = [
        Check("style", [*PYTHON, "-m", "ruff", "check", "--output-format", "concise", *(paths or ["."])]),
        Check("format", [*PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", *(paths or ["."])]),
        Check("types", [*PYTHON, "-m", "mypy", *(path for path in paths if path != "imc")]),
    ]
    if paths:
        return checks
    return [
        *checks,
        Check("imports", [str(Path(sys.executable).with_name("lint-imports"))]),
        Check("app types", function=lambda: tool_faults(["vue-tsc", "--noEmit"])),
        Check("app tools", function=lambda: tool_faults(["tsc", "--noEmit", "--project", "tools/mini-program"])),
        Check("app style", function=lambda: tool_faults(["eslint", "--max-warnings", "0", "."])),
    ]


def tool_faults(command: Sequence[str]) -> list[str]:
    """What a tool of the patient app says when it fails."""
    prepare_packages()
    done = run_tool(command)
    return done.stdout.strip().splitlines() or [f"{command[0]} failed"] if done.returncode != 0 else []


def all_checks() -> list[Check]:
    """What `./imc test` runs before the tests."""
    checks = [
        *quick_checks(),
        Check("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        Check(
            "deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], variables=production_variables()
        ),
    ]
    return [*checks, Check("openapi", function=openapi_difference)] if OPENAPI.exists() else checks


def production_variables() -> dict[str, str]:
    """An environment like that of a real installation: https, no demonstration."""
    return {"IMC_PUBLIC_URL": "https://imc.example", "IMC_ALLOWED_HOSTS": "imc.example", "IMC_DEMO": "0"}


def check_environment() -> dict[str, str]:
    """The product's variables for commands that look at the code alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IMC_")}
    fixed = {"DATABASE_URL": NO_DATABASE, "IMC_LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return {**kept, **new_secrets(), **fixed}


def openapi_difference() -> list[str]:
    """Faults when the committed description of the API is not what the code says now."""
    done = subprocess.run(
        [*MANAGE, "export_openapi"], env=check_environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return [done.stderr]
    if json.loads(done.stdout) == json.loads(OPENAPI.read_text(encoding="utf-8")):
        return []
    return ["patient-app/openapi.json is stale: ./imc manage export_openapi > patient-app/openapi.json"]


def run_check(check: Check) -> Outcome:
    """Run one check and keep what it says."""
    began = time.monotonic()
    if check.function is not None:
        try:
            lines = check.function()
        except Exception as error:  # noqa: BLE001 - a check that breaks is a failed check, and the others still run
            lines = [f"{type(error).__name__}: {error}"]
        return Outcome(check.name, not lines, "\n".join(lines), time.monotonic() - began)
    done = subprocess.run(
        check.command,
        env={**check_environment(), **check.variables},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check.name, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


def run_checks(checks: Sequence[Check]) -> list[str]:
    """Run all, two at a time, and print each as it ends; the names of those that failed."""
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run_check, checks):
            mark = "ok    " if outcome.is_passed else "FAILED"
            print(f"{mark} {outcome.name:13} {outcome.seconds:5.1f} s", flush=True)
            if not outcome.is_passed:
                failed.append(outcome.name)
                print("\n".join(f"       {line}" for line in outcome.output.splitlines()), flush=True)
    return failed
