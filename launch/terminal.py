"""How the commands speak: short lines, and one clear way to give up."""

import sys
from typing import NoReturn


def say(line: str) -> None:
    """One line of progress."""
    print(f"· {line}", flush=True)


def give_up(reason: str) -> NoReturn:
    """End the command with a reason that a person can act on."""
    print(f"imc: {reason}", file=sys.stderr, flush=True)
    raise SystemExit(1)
