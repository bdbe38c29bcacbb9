"""The tests' surroundings, loaded by pytest before Django reads its settings (see `addopts` in pyproject.toml).

An embedded PostgreSQL in a disposable folder (or the server of DATABASE_URL), fresh keys, and no way out to any network
but loopback. With pytest-xdist each worker does this for itself.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings

from launch.environment import ROOT, new_secrets
from launch.manage import NO_DATABASE
from launch.messages import compile_stale
from launch.postgres import DISPOSABLE, Cluster
from launch.processes import Watchdog

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER_PREFIX = "imc-test-"

# Without explanations of a failure: for those each line that a test runs is traced, which takes several times as long.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink)
hypothesis_settings.register_profile("default", deadline=None, max_examples=60, phases=PHASES)
hypothesis_settings.register_profile(
    "ci",
    deadline=None,
    max_examples=60,
    derandomize=True,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2000, phases=PHASES)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def prepare() -> None:
    """Set the variables that the settings insist on, and start a database server.

    Each parallel worker starts a server of its own: some things are one for a whole server, such as the oldest
    transaction that is still running, and would let one worker's tests change what another's see.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if "IMC_TEST_FOLDER" in os.environ and not is_worker:
        return
    given = os.environ.get("DATABASE_URL", "")
    has_own_server = not given or "IMC_TEST_OWN_SERVER" in os.environ
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    (folder / "static").mkdir()  # where a real installation collects its files
    os.environ["IMC_TEST_FOLDER"] = str(folder)
    os.environ.update(test_environment(folder))
    compile_stale()
    if "IMC_TEST_PROOFS" in os.environ:  # tests are only listed
        os.environ["DATABASE_URL"] = NO_DATABASE
    elif has_own_server:
        os.environ["IMC_TEST_OWN_SERVER"] = "1"
        start_server(folder)
        return
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def start_server(folder: Path) -> None:
    """A disposable server in the folder; DATABASE_URL leads to it."""
    remove_leftovers(folder.parent)
    watchdog = Watchdog()
    cluster = Cluster(folder, DISPOSABLE)
    cluster.start(watchdog)
    os.environ["DATABASE_URL"] = cluster.url
    atexit.register(end, cluster, watchdog)


def test_environment(folder: Path) -> dict[str, str]:
    """What the product's settings get in a test run: fresh keys, no demo, nothing of the caller's own configuration."""
    for name in [name for name in os.environ if name.startswith("IMC_") and not name.startswith("IMC_TEST_")]:
        if name != "IMC_CHROMIUM":
            del os.environ[name]
    fixed = {"DJANGO_SETTINGS_MODULE": "config.settings", "IMC_DATA_DIR": str(folder), "IMC_LOG_LEVEL": "WARNING"}
    return {**new_secrets(), **fixed}


def end(cluster: Cluster, watchdog: Watchdog) -> None:
    """Stop the server and leave nothing behind."""
    cluster.stop()
    watchdog.close()
    cluster.remove()


def remove_leftovers(parent: Path) -> None:
    """Delete the folders of test runs that were killed."""
    for folder in parent.glob(f"{FOLDER_PREFIX}*-*"):
        pid = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if pid.isdigit() and not process_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def process_exists(pid: int) -> bool:
    """Whether a process of this number runs (of whatever user)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


prepare()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write which tests carry which rows of the requirements, where `./imc requirements` asked for it."""
    target = os.environ.get("IMC_TEST_PROOFS")
    if target is None:
        return
    proofs: dict[str, list[str]] = defaultdict(list)
    for item in session.items:
        for row in {row for mark in item.iter_markers("requirement") for row in mark.args}:
            proofs[row].append(item.nodeid)
    Path(target).write_text(json.dumps(proofs), encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat which checks failed before the tests, so that the end of the output tells the whole truth."""
    failed = os.environ.get("IMC_TEST_FAILED_CHECKS", "")
    if failed:
        terminalreporter.section("checks that failed", red=True, bold=True)
        terminalreporter.write_line(f"{failed}: see above, before the tests")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """A Chromium driven by Playwright, one for the run of a worker.

    Playwright keeps an event loop in this thread, which Django would take for asynchronous code and refuse to touch the
    database.
    """
    from launch.chromium import open_browser  # Playwright takes its time to import; few tests need it

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with open_browser() as browser:
        yield browser
