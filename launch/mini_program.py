"""`./imc mini-program`: build the WeChat mini program and refuse what WeChat would refuse.

With `--run` the built program is opened for a browser afterwards: it runs in plain Chromium on WeChat's own component
framework (see `patient-app/tools/mini-program/`), against the product at IMC_PUBLIC_URL and its sandbox.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from launch.environment import BUILD, ROOT
from launch.patient_app import (
    APP,
    find_node,
    hash_of,
    is_stamped,
    locked,
    node_environment,
    prepare_packages,
    run_tool,
    source_files,
)
from launch.ports import answers, find_free_port
from launch.processes import Service, Watchdog
from launch.terminal import give_up, say

TOOLS = APP / "tools" / "mini-program"
BUILT = APP / "dist" / "build" / "mp-weixin"
PACKED = BUILD / "mini-program"
LOCAL_URL = "http://127.0.0.1:8000"
LOCAL_SANDBOX = "http://127.0.0.1:8001"
VISITORS_APP_ID = "touristappid"
# WeChat takes 2 MB a package; the rest is room for what the hospital adds before it uploads.
MOST_BYTES = 1_500_000
READY_SECONDS = 20


def main(arguments: Sequence[str]) -> int:
    """Build, check and pack; 1 when WeChat would refuse the program."""
    if set(arguments) - {"--run"}:
        give_up("usage: ./imc mini-program [--run]")
    url = os.environ.get("IMC_PUBLIC_URL", LOCAL_URL)
    build(url, app_id())
    sizes = package_sizes(BUILT)
    for name, size in sizes.items():
        print(f"  {name:12} {size / 1000:8.1f} kB of {MOST_BYTES / 1000:,.0f}")
    faults = [*list_size_faults(sizes), *list_compiler_faults(BUILT)]
    for fault in faults:
        print(f"  {fault}")
    if faults:
        say(f"{len(faults)} faults: WeChat would refuse this program")
        return 1
    pack(BUILT, PACKED)
    say(f"{BUILT.relative_to(ROOT)}: open this folder in WeChat's developer tools (patient-app/README.md says how)")
    return run(url) if "--run" in arguments else 0


def run(url: str) -> int:
    """Serve the packed program until it is interrupted."""
    sandbox = os.environ.get("IMC_SANDBOX_URL", LOCAL_SANDBOX)
    with serving(PACKED, {url: url, sandbox: sandbox}) as address:
        say(f"open {address}/?{urlencode(phone_of(sandbox))} (Ctrl-C ends it)")
        signal.pause()
    return 0


def phone_of(sandbox: str) -> dict[str, str]:
    """What the page of the packed program is told about the telephone that it plays."""
    return {"sandbox": sandbox, "appid": app_id()}


def app_id() -> str:
    """The operator's id of the mini program; without one, the id that WeChat's tools give to visitors."""
    return os.environ.get("IMC_WECHAT_APP_ID") or VISITORS_APP_ID


def build(url: str, app_id: str, target: Path = BUILT) -> None:
    """Build the program, whose server is `url`, into `target`, unless it is up to date."""
    prepare_packages()
    wanted = f"{url} {app_id} {hash_of(source_files())}"
    stamp = target.with_name(f"{target.name}.stamp")
    with locked():
        if is_stamped(stamp, wanted) and (target / "app.json").exists():
            return
        say(f"building the mini program for {url}")
        shutil.rmtree(target, ignore_errors=True)
        done = run_tool(["uni", "build", "-p", "mp-weixin"], {"VITE_IMC_ORIGIN": url, "UNI_OUTPUT_DIR": str(target)})
        if done.returncode != 0 or not (target / "app.json").exists():
            give_up(f"the mini program could not be built:\n{done.stdout}")
        write_project(target / "project.config.json", app_id)
        stamp.write_text(wanted, encoding="utf-8")


def write_project(file: Path, app_id: str) -> None:
    """Give WeChat's tools the operator's app id, and let them check the server's domain."""
    project = json.loads(file.read_text(encoding="utf-8"))
    project["appid"] = app_id
    project["setting"]["urlCheck"] = True
    file.write_text(json.dumps(project, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def package_sizes(folder: Path) -> dict[str, int]:
    """Bytes of the main package (`main`) and of each subpackage, as WeChat counts them."""
    app = json.loads((folder / "app.json").read_text(encoding="utf-8"))
    roots = [each["root"].strip("/") for each in app.get("subPackages", [])]
    sizes = dict.fromkeys(["main", *roots], 0)
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            package = next((root for root in roots if name.startswith(f"{root}/")), "main")
            sizes[package] += path.stat().st_size
    return sizes


def list_size_faults(sizes: Mapping[str, int]) -> list[str]:
    """Packages that are too large."""
    return [
        f"package {name} has {size:,} bytes, more than {MOST_BYTES:,}"
        for name, size in sizes.items()
        if size > MOST_BYTES
    ]


def list_compiler_faults(folder: Path) -> list[str]:
    """What WeChat's compilers for WXML and WXSS say against the program."""
    done = run_node(TOOLS / "check.mjs", folder.resolve())
    return done.stdout.splitlines() if done.returncode else []


def pack(source: Path, target: Path) -> None:
    """Make a page for plain Chromium of a built program."""
    prepare_packages()
    done = run_node(TOOLS / "pack.mjs", source.resolve(), target.resolve())
    if done.returncode != 0:
        give_up(f"the mini program could not be packed:\n{done.stdout}")


@contextmanager
def serving(folder: Path, allowed: Mapping[str, str]) -> Generator[str]:
    """The address at which a packed program is served.

    Its requests reach the origins that are keys of `allowed` (WeChat's list of registered hosts) and no others; each
    is answered by the server at the value.
    """
    port = find_free_port()
    origins = [f"{origin_of(name)}={origin_of(server)}" for name, server in allowed.items()]
    command = [find_node(), str(TOOLS / "serve.mjs"), str(folder), str(port), *origins]
    watchdog = Watchdog()
    service = Service("mini-program", command, node_environment(), folder.with_suffix(".log"))
    service.start(watchdog, ROOT)
    try:
        wait_for_answer(port, service)
        yield f"http://127.0.0.1:{port}"
    finally:
        service.stop()
        watchdog.close()


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def wait_for_answer(port: int, service: Service) -> None:
    """Return when the server of the packed program answers; end the command when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while not answers(port, "/"):
        if service.has_ended() or time.monotonic() > deadline:
            give_up(f"the server of the mini program does not answer; the end of {service.log}:\n{service.tail()}")
        time.sleep(0.05)


def run_node(script: Path, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the tools; its whole output is in `stdout`."""
    return subprocess.run(
        [find_node(), str(script), *map(str, arguments)],
        cwd=APP,
        env=node_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
