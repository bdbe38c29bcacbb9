"""`./imc requirements`: each row of the customer's requirements with the tests that prove it.

A test proves a row when it carries `@pytest.mark.requirement("A04")`. The rows are in `docs/requirements.csv`.
"""

import csv
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launch.checks import PYTHON
from launch.environment import ROOT
from launch.terminal import give_up

ROWS = ROOT / "docs" / "requirements.csv"


@dataclass(frozen=True)
class Row:
    """One numbered demand."""

    id: str
    title_zh: str
    demand_en: str


def list_rows() -> list[Row]:
    """All rows, in the order of the document."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return [Row(each["id"], each["title_zh"], each["demand_en"]) for each in csv.DictReader(file)]


def collect_proofs(paths: list[str]) -> dict[str, list[str]]:
    """The tests that carry each row's number, found by pytest itself without running any."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "proofs.json"
        done = subprocess.run(
            [*PYTHON, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *paths],
            cwd=ROOT,
            env={**os.environ, "IMC_TEST_PROOFS": str(answer)},
            capture_output=True,
            text=True,
            check=False,
        )
        if not answer.exists():
            give_up(f"the tests could not be collected:\n{done.stdout}{done.stderr}")
        proofs: dict[str, list[str]] = json.loads(answer.read_text(encoding="utf-8"))
        return proofs


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a test names a row that does not exist."""
    proofs = collect_proofs(arguments)
    rows = list_rows()
    for row in rows:
        tests = proofs.get(row.id, [])
        print(f"{row.id}  {len(tests):3} tests  {row.title_zh}  {row.demand_en}")
        for name in tests:
            print(f"        {name}")
    proven = sum(1 for row in rows if proofs.get(row.id))
    print(f"\n{proven} of {len(rows)} rows have a test that carries their number")
    unknown = sorted(set(proofs) - {row.id for row in rows})
    if unknown:
        print("no such row: " + ", ".join(unknown))
    return 1 if unknown else 0
