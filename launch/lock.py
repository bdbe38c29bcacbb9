"""`./imc lock`: choose the versions of all dependencies and write the two lock files.

The locks hold versions and hashes, never addresses: each machine takes the packages from the mirror it prefers.
`./imc lock --upgrade` takes newer versions where the `.in` files allow them; without it what is locked stays.
"""

import os
import subprocess

from launch.environment import ROOT
from launch.terminal import say

COMMON = (
    *("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-emit-find-links", "--quiet", "--custom-compile-command", "./imc lock"),
)


def main(arguments: list[str]) -> int:
    """Compile the runtime lock, then the developers' lock bound to the same versions."""
    for source, target, bound in (
        ("requirements.in", "requirements.lock", []),
        ("requirements-dev.in", "requirements-dev.lock", ["--constraints", "requirements.lock"]),
    ):
        say(f"{source} → {target}")
        command = [*COMMON, *arguments, *bound, "--output-file", target, source]
        done = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0
