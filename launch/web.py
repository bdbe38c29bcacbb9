"""The web server: `python -m launch.web TARGET` imports the product once and forks its workers from there.

A worker that dies is replaced by a copy at once. Importing the product anew would take seconds of a core, just when
the workers that are left need it.
"""

import argparse
import gc
import time
from typing import Any

from granian._internal import load_target
from granian.constants import Interfaces
from granian.server.mp import MPServer

# More deaths than this within a minute: the fault is not a worker's, and whoever started the server shall know.
MOST_DEATHS = 30
DEATHS_WINDOW_SECONDS = 60.0
# Phones that come at one instant wait here; those that find no room would try again only a second later, then three.
BACKLOG = 4096
ACCEPTED = 512  # by a worker: these break when it dies


class WebServer(MPServer):
    """Granian, which would end when a worker dies that has just been started: then the others would end with it."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.deaths: list[float] = []

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while True:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()  # first: who dies from here on is seen in the next round
            if self.interrupt_signal:
                return
            fallen = [self.interrupt_children.pop(0) for _ in range(len(self.interrupt_children))]
            now = time.monotonic()
            self.deaths = [at for at in self.deaths if now - at < DEATHS_WINDOW_SECONDS] + [now] * len(fallen)
            if len(self.deaths) > MOST_DEATHS:
                self.interrupt_children.extend(fallen)  # the status tells
                return
            self._respawn_workers(fallen, spawn_target, target_loader)


def main() -> None:
    """Serve until a signal says to stop."""
    parser = argparse.ArgumentParser(prog="python -m launch.web", description=__doc__)
    parser.add_argument("target", help="module:application")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8, help="of each worker")
    given = parser.parse_args()
    load_target(given.target)
    gc.collect()
    gc.freeze()  # what was imported stays shared by the workers
    WebServer(
        given.target,
        given.host,
        given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=given.threads,
        websockets=False,
        backlog=BACKLOG,
        backpressure=ACCEPTED,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main()
