"""`python -m launch COMMAND`: hand over to the module of that command."""

import importlib
import sys

COMMANDS = {
    "run": "run",
    "test": "test",
    "lint": "lint",
    "bench": "bench",
    "requirements": "requirements",
    "screens": "screens",
    "papers": "papers",
    "mini-program": "mini_program",
    "apps": "apps",
    "price": "price",
    "messages": "messages",
    "migrate": "manage",
    "manage": "manage",
    "shell": "manage",
    "lock": "lock",
}


def main() -> int:
    """Run one command; its module's `main` gets the arguments and returns the exit status."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(f"usage: python -m launch {{{','.join(COMMANDS)}}} [options]", file=sys.stderr)
        return 2
    name, arguments = sys.argv[1], sys.argv[2:]
    module = importlib.import_module(f"launch.{COMMANDS[name]}")
    if COMMANDS[name] == "manage" and name != "manage":
        arguments = [name, *arguments]
    try:
        return int(module.main(arguments))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
