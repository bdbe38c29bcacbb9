"""The browser and the small programs of the system that pictures and journeys need."""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from launch.terminal import give_up, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


@contextmanager
def open_browser() -> Generator[Browser]:
    """A headless Chromium that asks nobody for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
