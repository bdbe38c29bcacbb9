"""A small companion process: when the launcher is gone, however it went, nothing that it started stays behind.

The launcher holds the writing end of our standard input and tells us about process groups: `+GROUP SIGNAL` when one is
started, `-GROUP` when it has ended. End of file means that the launcher died (kill -9 included). Each group still
on the list then gets its own first signal, and after a grace SIGKILL (a database: SIGQUIT, which it survives
without harm to its files). On Linux the kernel tells direct children as well (see `processes.bind_to_parent`); this is
what reaches grandchildren, and what other systems rely on. Standard library only, no import of the project.
"""

import os
import signal
import sys
import time

GRACE_SECONDS = 8.0


def main() -> None:
    """Read the list until the launcher closes it, then end what is left."""
    os.setpgid(0, 0) if os.getpgrp() != os.getpid() else None
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: dict[int, int] = {}
    for line in sys.stdin:
        words = line[1:].split()
        if line.startswith("+"):
            groups[int(words[0])] = int(words[1])
        elif line.startswith("-"):
            groups.pop(int(words[0]), None)
    end(groups)


def end(groups: dict[int, int]) -> None:
    """Signal every group, wait until all are gone or the grace is over, then insist."""
    for group, number in groups.items():
        send(group, number)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(send(group, 0) for group in groups):
        time.sleep(0.1)
    for group, number in groups.items():
        send(group, signal.SIGQUIT if number == signal.SIGINT else signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Whether the group existed and could be signalled."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
