"""One cluster: a folder of data and the server that runs on it."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from launch.postgres.account import LOCALE, can_enter, child_options, own, reachable_folder
from launch.postgres.binaries import binary
from launch.processes import Watchdog, bind_to_parent, open_log
from launch.terminal import give_up

DATABASE = "hospital"
ROLE = "hospital"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes that every system allows in the address of a Unix socket
START_SECONDS = 60
STOP_SECONDS = 30

DURABLE = ("max_connections=200", "shared_buffers=256MB", "synchronous_commit=on", "wal_compression=on")
# For databases that live for one run of the tests: what is lost in a power cut is of no interest.
DISPOSABLE = (
    "max_connections=200",
    "shared_buffers=128MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_wal_size=4GB",
)


def address(socket: Path, database: str = DATABASE, role: str = ROLE) -> str:
    """The address of a database behind a socket folder, as DATABASE_URL wants it."""
    return f"postgresql://{role}@/{database}?host={quote(str(socket), safe='/')}"


class Cluster:
    """PostgreSQL on the data under `folder`, reachable by Unix socket only, by the owner of the folder only.

    The product connects as a role without administrator's rights, which owns its database and may create others (the
    tests do). As root the server runs under an unprivileged account; data that this account could not reach
    (a project below a home of mode 700) is kept elsewhere, and a pointer beside says where.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = DURABLE) -> None:
        self.folder = folder
        self.settings = settings
        self.data = self._place_of_data()
        self.socket = self._place_of_socket()
        self.log = folder / "logs" / "postgresql.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.watchdog: Watchdog | None = None

    @property
    def url(self) -> str:
        """The address of the product's database."""
        return address(self.socket)

    def _place_of_data(self) -> Path:
        pointer = self.folder / "postgresql.location"
        if pointer.exists():
            return Path(pointer.read_text(encoding="utf-8").strip())
        self.folder.mkdir(parents=True, exist_ok=True)
        if can_enter(self.folder):
            return self.folder / "postgresql"
        data = reachable_folder("data") / "postgresql"
        pointer.write_text(f"{data}\n", encoding="utf-8")
        return data

    def _place_of_socket(self) -> Path:
        near = self.data.with_name("socket")
        if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return near
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"imc-{mark}"

    def start(self, watchdog: Watchdog) -> None:
        """Make the cluster if there is none, start the server, wait until it answers, make role and database."""
        own(self.data)
        own(self.socket)
        self._end_leftover()
        is_new = not (self.data / "PG_VERSION").exists()
        if is_new:
            self._initialise()
        self._start_server(watchdog)
        if is_new or not (self.data / "imc.ready").exists():
            self._make_database()

    def _initialise(self) -> None:
        for entry in self.data.iterdir():  # a first start that was interrupted
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        durable = "fsync=off" not in self.settings
        command: list[str | Path] = [
            *(binary("initdb"), "-D", self.data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--data-checksums"),
            *(f"--locale={LOCALE}", "--no-instructions", *([] if durable else ["--no-sync"])),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **child_options())
        if done.returncode != 0:
            give_up(f"initdb failed in {self.data}:\n{done.stderr or done.stdout}")

    def _start_server(self, watchdog: Watchdog) -> None:
        options = [word for each in self.settings for word in ("-c", each)]
        with open_log(self.log) as output:
            self.process = subprocess.Popen(
                [
                    *(binary("postgres"), "-D", self.data, "-k", self.socket, "-p", "5432"),
                    *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "timezone=UTC", *options),
                ],
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=bind_to_parent(signal.SIGINT),  # SIGINT is PostgreSQL's fast shutdown
                **child_options(),
            )
        self.watchdog = watchdog
        watchdog.add(self.process.pid, signal.SIGINT)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            lines = self._pid_file()
            if self.process and lines[:1] == [str(self.process.pid)] and lines[7:8] == ["ready"]:
                return
            if self.process is None or self.process.poll() is not None:
                give_up(f"PostgreSQL did not start; the end of {self.log}:\n{self._tail()}")
            time.sleep(0.02)
        give_up(f"PostgreSQL did not become ready in {START_SECONDS} seconds; see {self.log}")

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(address(self.socket, "postgres", "postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
                connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
        (self.data / "imc.ready").touch()

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()]
        except OSError:
            return []

    def _end_leftover(self) -> None:
        """Deal with what a crashed run left: a server that is still going down, or only its pid file.

        The caller holds the lock of the data folder, so no living `./imc run` stands behind this server.
        """
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return
        pid = int(lines[0])
        for number in (0, signal.SIGINT, signal.SIGQUIT):
            if not is_postgres(pid):
                break
            if number:
                os.kill(pid, number)
            wait_for_end(pid, 5.0)
        if is_postgres(pid):
            give_up(f"a PostgreSQL server of an earlier run (process {pid}) does not end; end it and start again")
        # The number may belong to another program by now, which PostgreSQL would take for a running server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self.socket / name).unlink(missing_ok=True)

    def has_ended(self) -> bool:
        """Whether the server is gone."""
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        """Fast shutdown; immediate if that takes too long."""
        if self.process is None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(STOP_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
        if self.watchdog is not None:
            self.watchdog.remove(self.process.pid)
        if self.socket.parent != self.data.parent:
            shutil.rmtree(self.socket, ignore_errors=True)
        self.process = None

    def _tail(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-15:])

    def remove(self) -> None:
        """Delete the data and the folder (for disposable clusters, after `stop`)."""
        shutil.rmtree(self.data.parent if self.data.parent != self.folder else self.folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def is_postgres(pid: int) -> bool:
    """Whether a process of this number is alive and is a PostgreSQL server."""
    done = subprocess.run(["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False)
    return "postgres" in done.stdout


def wait_for_end(pid: int, seconds: float) -> None:
    """Wait until the process is gone, at most so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except OSError:
            return
        time.sleep(0.05)
