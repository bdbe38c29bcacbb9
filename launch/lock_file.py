"""One data folder, one owner: the lock that says who runs on it, and how to reach them."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from launch.terminal import give_up


@dataclass(frozen=True)
class Owner:
    """The process that has the data folder, what it does, and the addresses of its database and web server."""

    pid: int
    command: str
    database_url: str = ""
    address: str = ""


class FolderLock:
    """A lock that the kernel releases when its owner ends, in whatever way."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            give_up(f"the data folder {folder} cannot be made ({error.strerror}); set IMC_DATA_DIR to another")
        self.path = folder / "lock"
        self._file: IO[str] | None = None

    def acquire(self, command: str) -> bool:
        """Take the lock; False when another living process has it (see `read_owner`)."""
        file = self.path.open("a+", encoding="utf-8")
        os.fchmod(file.fileno(), 0o600)  # the address of the database may hold a password
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        self.describe(Owner(pid=os.getpid(), command=command))
        return True

    def describe(self, owner: Owner) -> None:
        """Write who has the lock, for others to read."""
        if self._file is None:
            return
        self._file.seek(0)
        self._file.truncate()
        json.dump(asdict(owner), self._file)
        self._file.flush()

    def read_owner(self) -> Owner | None:
        """Who has the lock, as far as the file tells."""
        try:
            return Owner(**json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None
