"""`./imc manage`, `./imc migrate`, `./imc shell`: a Django command on the database of `./imc run`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from launch.environment import ROOT, data_dir, port_from, product_environment
from launch.lock_file import FolderLock, Owner
from launch.messages import compile_stale
from launch.postgres import Cluster
from launch.processes import Watchdog
from launch.terminal import give_up

# These look at the code alone; no server is started for them.
WITHOUT_DATABASE = {"makemigrations", "check", "help", "diffsettings", "findstatic", "collectstatic", "export_openapi"}
NO_DATABASE = "postgresql://nobody@/none?host=/nonexistent"


def main(arguments: list[str]) -> int:
    """Run `manage.py` with the arguments; its exit status."""
    if not arguments:
        arguments = ["help"]
    compile_stale()
    folder = data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with database(needs_server=arguments[0] not in WITHOUT_DATABASE) as url:
        environment = product_environment(folder=folder, database_url=url, port=port_from("IMC_PORT", 8000))
        environment.setdefault("IMC_LOG_LEVEL", "WARNING")
        if url == NO_DATABASE:
            environment.setdefault("PYTHONWARNINGS", "ignore::RuntimeWarning")
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command decides about Ctrl-C, as a shell wants it
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False, preexec_fn=obey_interrupts).returncode


def obey_interrupts() -> None:
    """Give the child the usual Ctrl-C back."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def database(*, needs_server: bool) -> Generator[str]:
    """The address of a database to work on: DATABASE_URL, the server of a running product, or one of our own."""
    given = os.environ.get("DATABASE_URL")
    if given or not needs_server:
        yield given or NO_DATABASE
        return
    lock = FolderLock(data_dir())
    owner = take_or_find(lock)
    if owner is not None:
        yield owner.database_url
        return
    watchdog = Watchdog()
    cluster = Cluster(data_dir())
    try:
        cluster.start(watchdog)
        yield cluster.url
    finally:
        cluster.stop()
        watchdog.close()
        lock.release()


def take_or_find(lock: FolderLock) -> Owner | None:
    """None when the lock is ours now; else the running product. Another short command is waited for."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if lock.acquire("manage"):
            return None
        owner = lock.read_owner()
        if owner is not None and owner.command == "run" and owner.database_url:
            return owner
        time.sleep(0.3)
    give_up("another command has been holding the data folder for two minutes; wait for it, or set IMC_DATA_DIR")
