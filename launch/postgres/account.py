"""PostgreSQL refuses to run as root: the unprivileged account it runs as instead, and where that account can go."""

import os
import pwd
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launch.terminal import give_up

# Where things go that the account cannot reach in the project's own folder; only root needs and writes it.
SHARED_FOLDER = Path("/var/lib/imc")
# With the plain locale C the trigrams of Chinese text come out empty. macOS has no C.UTF-8 in all its versions.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def account() -> pwd.struct_passwd | None:
    """The account to drop to when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    give_up("PostgreSQL must not run as root, and neither account 'postgres' nor 'nobody' exists here")


def child_options() -> dict[str, Any]:
    """Arguments for subprocess that start a program as the account, in a neutral folder and language."""
    options: dict[str, Any] = {"env": child_environment(), "cwd": "/", "stdin": subprocess.DEVNULL}
    user = account()
    if user is not None:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return options


def child_environment() -> Mapping[str, str]:
    """A small environment: nothing of ours (PG variables, secrets) leaks into the server."""
    return {"PATH": os.defpath, "LC_ALL": LOCALE, "HOME": tempfile.gettempdir(), "TZ": "UTC"}


def can_enter(folder: Path) -> bool:
    """Whether the account can go into `folder` (its parents may be closed to it, as in a home of mode 700)."""
    if account() is None:
        return os.access(folder, os.X_OK)
    done = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], stderr=subprocess.DEVNULL, check=False, **child_options()
    )
    return done.returncode == 0


def own(folder: Path, mode: int = 0o700) -> None:
    """Make the folder, closed to everybody but the account."""
    folder.mkdir(parents=True, exist_ok=True)
    user = account()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(mode)


def reachable_folder(name: str) -> Path:
    """A new folder of root's that the account can pass through, beside those of earlier calls."""
    for parent in (SHARED_FOLDER, Path(tempfile.gettempdir()) / f"imc-{os.geteuid()}"):
        try:
            parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        if parent.stat().st_uid == os.geteuid() and can_enter(parent):
            folder = parent / f"{name}-{secrets.token_hex(4)}"
            folder.mkdir(mode=0o755)
            return folder
    give_up("no folder found that PostgreSQL's account can reach; set IMC_DATA_DIR to one, or DATABASE_URL to a server")
