"""Child processes that end with their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def bind_to_parent(signal_number: int) -> Callable[[], None] | None:
    """What a child calls before it becomes another program so that the kernel signals it when its parent dies.

    Linux only (elsewhere None: the watchdog does the work). Python changes the user before it calls this, so the
    kernel does not forget the wish. Start children from the main thread: to the kernel the parent is a thread.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return bind


class Watchdog:
    """The companion process of `launch/watchdog.py`, and the list that it is told."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("watchdog.py")
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", str(script)], stdin=subprocess.PIPE, text=True, start_new_session=True, cwd="/"
        )

    def add(self, group: int, first_signal: int) -> None:
        """End `group` with `first_signal` should this process die."""
        self._tell(f"+{group} {int(first_signal)}\n")

    def remove(self, group: int) -> None:
        """`group` has ended by itself."""
        self._tell(f"-{group}\n")

    def _tell(self, line: str) -> None:
        pipe = self.process.stdin
        if pipe is None or self.process.poll() is not None:
            return
        pipe.write(line)
        pipe.flush()

    def close(self) -> None:
        """Everything ended in order: the watchdog finds an empty list and goes."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


class Service:
    """One process of the product: a group of its own, a log file, an orderly end."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.watchdog: Watchdog | None = None
        self.started_at = 0.0

    def start(self, watchdog: Watchdog, folder: Path) -> None:
        """Start it in `folder`, with its output appended to the log."""
        self.watchdog = watchdog
        self.started_at = time.monotonic()
        with open_log(self.log) as output:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=bind_to_parent(signal.SIGTERM),
            )
        watchdog.add(self.process.pid, signal.SIGTERM)

    def has_ended(self) -> bool:
        """Whether the process is gone (also when it never started)."""
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """SIGTERM, without waiting."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, seconds: float = 8.0) -> None:
        """End it and whatever it started; after `seconds` by force."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        kill_group(self.process.pid)
        self.process.wait()
        if self.watchdog is not None:
            self.watchdog.remove(self.process.pid)

    def tail(self, lines: int = 25) -> str:
        """The last lines of the log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def kill_group(group: int) -> None:
    """Kill what is left of a process group; nothing left is fine."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def open_log(path: Path) -> IO[bytes]:
    """The log opened for appending; a big one is put aside first (one earlier file is kept)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > 5_000_000:
        path.replace(path.with_suffix(".1.log"))
    return path.open("ab")
