"""The embedded database: it never outlives its launcher, and a crash does not keep it from starting again."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path

import psycopg
import pytest

from launch.environment import ROOT
from launch.postgres import DISPOSABLE, Cluster
from launch.postgres.account import can_enter
from launch.processes import Watchdog

LAUNCHER = """
import subprocess, sys, time
from pathlib import Path
from launch.postgres import DISPOSABLE, Cluster
from launch.processes import Service, Watchdog
folder = Path(sys.argv[1])
watchdog = Watchdog()
cluster = Cluster(folder, DISPOSABLE)
cluster.start(watchdog)
grandchild = "import subprocess; subprocess.run(['sleep', '300'])"
service = Service("service", [sys.executable, "-c", grandchild], {}, folder / "logs" / "service.log")
service.start(watchdog, folder)
print(cluster.process.pid, service.process.pid, flush=True)
time.sleep(300)
"""


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder that PostgreSQL's account can enter (pytest's own is closed to it when root runs the tests)."""
    with tempfile.TemporaryDirectory(prefix="imc-cluster-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def until(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def group_is_empty(group: int) -> bool:
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_killing_the_launcher_leaves_no_process(folder: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    database, service = map(int, launcher.stdout.readline().split())
    assert not group_is_empty(database)
    assert not group_is_empty(service)

    launcher.send_signal(signal.SIGKILL)
    launcher.wait()

    assert until(lambda: group_is_empty(database))
    assert until(lambda: group_is_empty(service))  # the grandchild too, whom the kernel does not tell


def test_a_crashed_cluster_starts_again_with_its_data(folder: Path) -> None:
    watchdog = Watchdog()
    cluster = Cluster(folder)
    cluster.start(watchdog)
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert cluster.process is not None
    os.killpg(cluster.process.pid, signal.SIGKILL)
    cluster.process.wait()
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))  # the number belongs to another program by now

    again = Cluster(folder)
    again.start(watchdog)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    again.stop()
    watchdog.close()


def test_the_product_is_no_administrator_of_its_database(folder: Path) -> None:
    watchdog = Watchdog()
    cluster = Cluster(folder, DISPOSABLE)
    cluster.start(watchdog)
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
        similar = connection.execute("SELECT datctype FROM pg_database WHERE datname = current_database()").fetchone()
    cluster.stop()
    watchdog.close()
    assert row == (False, True)
    assert similar == ("C.UTF-8",)


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder / ("long" * 30)
    deep.mkdir(mode=0o755)
    assert can_enter(deep)
    cluster = Cluster(deep, DISPOSABLE)
    assert cluster.data.is_relative_to(deep)
    assert len(os.fsencode(cluster.socket / ".s.PGSQL.5432")) <= 103
