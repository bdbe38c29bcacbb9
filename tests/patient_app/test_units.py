"""The app's own tests (vitest), one test here for each of its files; they run once, all together."""

import json
from pathlib import Path

import pytest

from launch.patient_app import APP, prepare_packages, run_tool

FILES = sorted(
    str(path.relative_to(APP)) for folder in ("src", "tests", "tools") for path in APP.glob(f"{folder}/**/*.test.ts")
)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """File → what failed in it, of every file that vitest ran."""
    prepare_packages()
    report = tmp_path_factory.mktemp("vitest") / "report.json"
    done = run_tool(["vitest", "run", "--reporter=json", f"--outputFile={report}"])
    assert report.exists(), done.stdout
    ran = json.loads(report.read_text(encoding="utf-8"))["testResults"]
    return {str(Path(file["name"]).relative_to(APP)): list_failures(file) for file in ran}


def list_failures(file: dict) -> list[str]:
    """Names and messages of what failed; a file that did not even load says why."""
    failed = [
        f"{test['fullName']}: {' '.join(test['failureMessages'])[:1500]}"
        for test in file["assertionResults"]
        if test["status"] == "failed"
    ]
    return failed or ([file.get("message", "failed")] if file["status"] != "passed" else [])


@pytest.mark.xdist_group("vitest")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("file", FILES)
def test_file_of_the_app(results: dict[str, list[str]], file: str) -> None:
    assert file in results, "vitest did not run it"
    assert not results[file], "\n".join(results[file])
