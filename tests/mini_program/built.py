"""The patient app's mini program, built once for all tests that look at it."""

from pathlib import Path

from launch.mini_program import VISITORS_APP_ID, build
from launch.patient_app import APP

# What the program is built for; tests let another server answer.
PUBLIC_URL = "https://imc.example"


def built_program() -> Path:
    """The folder of the built program."""
    folder = APP / "dist" / "build" / "mp-weixin-test"
    build(PUBLIC_URL, VISITORS_APP_ID, folder)
    return folder
