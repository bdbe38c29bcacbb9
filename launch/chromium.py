"""The browser and the small programs of the system that pictures and journeys need."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Browser, sync_playwright

from launch.terminal import give_up, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_PACKAGES = ("justmytype_intl_cjk", "fontpkg_source_sans_3")
FONT_FILES = ("NotoSansSC*.ttf", "SourceSans3*.ttf")
FAMILIES = ("Source Sans 3", "Noto Sans SC")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


def find_chromium() -> str:
    """The path of a Chromium: IMC_CHROMIUM, or one of the usual names, or installed where we may do so."""
    chosen = os.environ.get("IMC_CHROMIUM")
    if chosen:
        return chosen
    return find_program(NAMES, package="chromium", variable="IMC_CHROMIUM")


def find_pdftoppm() -> str:
    """The program that turns PDF pages into pictures."""
    return find_program(("pdftoppm",), package="poppler-utils")


def find_program(names: tuple[str, ...], *, package: str, variable: str = "") -> str:
    """The first of `names` on the path; on Debian as root its package is installed, else the person is asked to."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {package} with apt-get")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)
        found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        hint = f", or set {variable} to its path" if variable else ""
        give_up(f"'{names[0]}' is needed and was not found; install the package '{package}'{hint}")
    return found


def write_font_settings(folder: Path) -> Path:
    """A fontconfig file that adds the fonts of the installed packages to those of the system.

    A bare server has no Chinese font: its pictures would show boxes. Visitors use the fonts of their own device.
    """
    found = [importlib.util.find_spec(name) for name in FONT_PACKAGES]
    roots = [Path(spec.origin).parent for spec in found if spec is not None and spec.origin is not None]
    fonts = {path.parent for root in roots for pattern in FONT_FILES for path in root.glob(f"**/{pattern}")}
    entries = "".join(f"<dir>{escape(str(path))}</dir>" for path in sorted(fonts))
    families = "".join(f"<family>{name}</family>" for name in FAMILIES)
    preference = "".join(
        f"<alias binding='strong'><family>{name}</family><prefer>{families}</prefer></alias>"
        for name in ("system-ui", "sans-serif")
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{entries}{preference}'
        f"<cachedir>{escape(str(folder))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


@contextmanager
def open_browser() -> Generator[Browser]:
    """A headless Chromium that asks nobody for anything."""
    with tempfile.TemporaryDirectory(prefix="imc-fonts-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=list(FLAGS),
            env={**os.environ, "FONTCONFIG_FILE": str(write_font_settings(Path(folder)))},
        )
        try:
            yield browser
        finally:
            browser.close()
