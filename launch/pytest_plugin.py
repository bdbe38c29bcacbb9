"""The tests' surroundings, loaded by pytest before Django reads its settings (see `addopts` in pyproject.toml).

Once a run: an embedded PostgreSQL in a disposable folder (or the server of DATABASE_URL), fresh keys, and no way out to
any network but loopback. With pytest-xdist the controlling process does it and the workers inherit the variables; each
worker gets a database of its own.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser

from launch.chromium import open_browser
from launch.environment import ROOT, new_secrets
from launch.messages import compile_stale
from launch.postgres import DISPOSABLE, Cluster
from launch.processes import Watchdog

FOLDER_PREFIX = "imc-test-"

hypothesis_settings.register_profile("default", deadline=None, max_examples=60)
hypothesis_settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def prepare() -> None:
    """Set the variables that the settings insist on, and start the database server; workers find both done."""
    if "IMC_TEST_FOLDER" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    os.environ["IMC_TEST_FOLDER"] = str(folder)
    os.environ.update(test_environment(folder))
    compile_stale()
    if not os.environ.get("DATABASE_URL"):
        remove_leftovers(folder.parent)
        watchdog = Watchdog()
        cluster = Cluster(folder, DISPOSABLE)
        cluster.start(watchdog)
        os.environ["DATABASE_URL"] = cluster.url
        atexit.register(end, cluster, watchdog)
    else:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def test_environment(folder: Path) -> dict[str, str]:
    """What the product's settings get in a test run: fresh keys, no demo, nothing of the caller's own configuration."""
    for name in [name for name in os.environ if name.startswith("IMC_") and not name.startswith("IMC_TEST_")]:
        if name != "IMC_CHROMIUM":
            del os.environ[name]
    return {**new_secrets(), "DJANGO_SETTINGS_MODULE": "config.settings", "IMC_DATA_DIR": str(folder)}


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


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """A Chromium driven by Playwright, one for the run of a worker."""
    with open_browser() as browser:
        yield browser
