"""`./imc price`: scenarios in, answers out, and no database anywhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hospital.billing.tests.scenarios import item, order, scenario
from launch.environment import ROOT
from launch.price import read_document


@pytest.mark.requirement("B40")
def test_a_file_of_scenarios_is_answered_on_the_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [scenario([item()], [order(qty="2")])]}), encoding="utf-8")
    command = [sys.executable, "-m", "launch", "price", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    (case,) = json.loads(done.stdout)["cases"]
    assert (case["id"], case["answer"]["totals"]["total"]) == ("case", "130.00")
    assert "加收" in case["answer"]["lines"][0]["why"]["zh"]


def test_numbers_keep_their_decimals(tmp_path: Path) -> None:
    file = tmp_path / "numbers.json"
    file.write_text('{"ratio": 0.30}', encoding="utf-8")
    assert str(read_document(str(file))["ratio"]) == "0.30"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("not json", ""):
        file = tmp_path / "broken.json"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit):
            read_document(str(file))
        assert "broken.json" in capsys.readouterr().err
