"""The processes of a soak: forked, so that one that was killed is there again at once."""

import asyncio
import ctypes
import os
import signal
import socket
import traceback
from collections.abc import Callable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils import translation
from procrastinate.contrib.django import app

_DIES_WITH_PARENT = 1


class Band:
    """The forked processes by name. Forked from a process with one thread and no connection to the database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pids: dict[str, int] = {}
        self.kills = 0

    def start(self, name: str, run: Callable[[], None]) -> None:
        """Forks a process that runs `run` and ends."""
        connections.close_all()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be_child(name, run, parent)
        self._pids[name] = pid

    def _be_child(self, name: str, run: Callable[[], None], parent: int) -> None:
        status = 0
        try:
            ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
            if os.getppid() == parent:
                run()
        except BaseException:  # noqa: BLE001 - whatever it is must not run on as a second conductor
            status = 1
            with (self._folder / "faults.txt").open("a", encoding="utf-8") as file:
                file.write(f"{name}\n{traceback.format_exc()}\n")
        finally:
            os._exit(status)

    def kill(self, name: str) -> None:
        """SIGKILL: whatever it was doing stays as it is."""
        pid = self._pids.pop(name)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.kills += 1

    def wait(self, name: str) -> None:
        """Until it ends by itself."""
        os.waitpid(self._pids.pop(name), 0)

    def kill_all(self) -> None:
        """The end of everybody."""
        for name in list(self._pids):
            self.kill(name)
            self.kills -= 1

    def names(self) -> list[str]:
        """Who is there."""
        return list(self._pids)


def run_jobs(*, waits: bool) -> None:
    """The product's worker: for ever, or until nothing is due."""
    connector: Any = app.connector
    worker = app.with_connector(connector.get_worker_connector())
    asyncio.run(_work(worker, waits=waits))


async def _work(worker: Any, *, waits: bool) -> None:
    async with worker.open_async():
        await worker.run_worker_async(wait=waits, concurrency=2, install_signal_handlers=False)


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing: a soak sends thousands of requests."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()  # each request has a thread of its own

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed hears nothing."""


def warm_up() -> None:
    """Loads what the forked processes need, once for all of them."""
    get_wsgi_application()
    _ = get_resolver().url_patterns
    for language in ("en", "zh-hans"):
        translation.activate(language)


def listen() -> socket.socket:
    """The web server's socket: it outlives every server that is killed."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    listener.set_inheritable(True)
    return listener


def serve(listener: socket.socket) -> None:
    """The product's web application, on a socket that is there already."""
    server = _Server(listener.getsockname(), _Handler, bind_and_activate=False)
    server.socket = listener
    server.server_name, server.server_port = "127.0.0.1", listener.getsockname()[1]
    server.setup_environ()
    server.set_app(get_wsgi_application())
    server.serve_forever()
