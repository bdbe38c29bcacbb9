"""The patient app's side of the launcher: Node.js, its packages, the H5 build that the web server hands out.

Packages are installed and the app is built only when what decides them changed: stamps beside them hold a hash of it.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from launch.environment import ROOT
from launch.terminal import give_up, say

APP = ROOT / "patient-app"
H5 = APP / "dist" / "build" / "h5"
H5_PSEUDO = APP / "dist" / "build" / "h5-pseudo"  # with the language that is twice as long; for tests
MODULES = APP / "node_modules"
NEEDED = 20
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
# What a build of H5 is made of.
SOURCES = ("src/**/*", "index.html", "vite.config.ts", "tsconfig.json", "package-lock.json")


def find_node() -> str:
    """The path of a new enough Node.js; ends the command when there is none."""
    node = os.environ.get("IMC_NODE") or shutil.which("node")
    if node is None:
        give_up(
            f"Node.js {NEEDED} or newer is needed to build the patient app and was not found; install the package "
            "'nodejs' with 'npm', or set IMC_NODE to the path of node"
        )
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = answer.removeprefix("v").split(".")[0]
    if not major.isdigit() or int(major) < NEEDED:
        give_up(f"Node.js {NEEDED} or newer is needed to build the patient app; {node} is {answer or 'broken'}")
    return node


def node_environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a tool of the app is started with: nothing of the product but `variables`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IMC_", "DATABASE_"))}
    folder = str(Path(find_node()).parent)
    return {**kept, "PATH": f"{folder}{os.pathsep}{kept.get('PATH', os.defpath)}", **(variables or {})}


def prepare_packages() -> None:
    """Install exactly the locked packages of the app, unless they are there already."""
    install_locked(APP)


def install_locked(folder: Path) -> None:
    """Install exactly what the lock file of a folder names, unless it is there already."""
    wanted = hash_of((folder / name for name in PACKAGE_FILES), folder)
    stamp = folder / "node_modules" / ".imc.stamp"
    if is_stamped(stamp, wanted):
        return
    with locked(folder):
        if is_stamped(stamp, wanted):
            return
        if not has_locked_packages(folder):
            say(f"installing the packages of {folder.relative_to(ROOT)} (package-lock.json)")
            npm = shutil.which("npm", path=node_environment()["PATH"])
            if npm is None:
                give_up("'npm' is needed to build the patient app and was not found; install the package 'npm'")
            command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
            if subprocess.run(command, cwd=folder, env=node_environment(), check=False).returncode != 0:
                give_up(f"the packages of {folder.name} could not be installed; the lines above say why")
        stamp.write_text(wanted, encoding="utf-8")


def has_locked_packages(folder: Path) -> bool:
    """Whether somebody's own `npm install` has left exactly what the lock names."""
    installed, locked_ones = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    if not installed.exists():
        return False
    present = versions_in(installed)
    wanted = versions_in(locked_ones)
    optional = {name for name, (_, is_optional) in wanted.items() if is_optional}
    return set(present) <= set(wanted) and all(
        present.get(name) == wanted[name] for name in set(wanted) - (optional - set(present))
    )


def versions_in(lock: Path) -> dict[str, tuple[str, bool]]:
    """Place → version of each package in a lock file, and whether it may be missing on this machine."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: (each.get("version", ""), bool(each.get("optional"))) for name, each in packages.items() if name}


def prepare_h5() -> None:
    """Build what the web server hands out at `/`, unless it is up to date."""
    build_h5(H5, {})


def prepare_pseudo() -> None:
    """Build the app with the language that is twice as long as English."""
    build_h5(H5_PSEUDO, {"IMC_PSEUDO": "1"})


def build_h5(target: Path, variables: Mapping[str, str]) -> None:
    """Build H5 into `target`; a build that fails ends the command and leaves the former one in place."""
    prepare_packages()
    wanted = hash_of(source_files())
    stamp = target.with_name(f"{target.name}.stamp")
    if is_stamped(stamp, wanted) and (target / "index.html").exists():
        return
    with locked():
        if is_stamped(stamp, wanted) and (target / "index.html").exists():
            return
        say(f"building the patient app ({target.name})")
        draft = target.with_name(f"{target.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        done = run_tool(["uni", "build"], {**variables, "UNI_OUTPUT_DIR": str(draft)})
        if done.returncode != 0 or not (draft / "index.html").exists():
            give_up(f"the patient app could not be built:\n{done.stdout}")
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)
        stamp.write_text(wanted, encoding="utf-8")


def run_tool(command: Sequence[str], variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program of the app's packages in its folder; its whole output is in `stdout`."""
    program, *arguments = command
    return subprocess.run(
        [str(MODULES / ".bin" / program), *arguments],
        cwd=APP,
        env=node_environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def source_files() -> list[Path]:
    """The files that a build is made of."""
    found = {path for pattern in SOURCES for path in APP.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.name.endswith(".test.ts"))


def hash_of(files: Iterable[Path], root: Path = APP) -> str:
    """A hash over names and contents."""
    total = hashlib.sha256()
    for path in files:
        total.update(str(path.relative_to(root)).encode())
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    """Whether the stamp says that what it stands beside was made of the present files."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


@contextmanager
def locked(folder: Path = APP) -> Generator[None]:
    """Two commands at once must not install or build over each other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
