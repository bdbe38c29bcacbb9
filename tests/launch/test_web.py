"""The web server outlives its workers, also those that it has just started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from launch.environment import ROOT
from launch.ports import find_free_port

# Says which process answers.
APPLICATION = """
import os

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""
PATIENCE_SECONDS = 30.0


@pytest.fixture
def server(tmp_path: Path) -> Generator[tuple[int, int]]:
    """The port on which it listens, and its process."""
    (tmp_path / "answering.py").write_text(APPLICATION)
    port = find_free_port()
    command = [sys.executable, "-m", "launch.web", "answering:application", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port, server.pid
        assert server.poll() is None, "the server gave up"
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def test_workers_that_die_young_are_replaced(server: tuple[int, int]) -> None:
    port, process = server
    seen = {process}
    for _ in range(4):
        worker = ask(port, other_than=seen)
        seen.add(worker)
        os.kill(worker, signal.SIGKILL)
    assert ask(port, other_than=seen) not in seen


def ask(port: int, *, other_than: set[int]) -> int:
    """The process that answers, as soon as it is a new one."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            worker = int(httpx.get(f"http://127.0.0.1:{port}/").text)
        except httpx.TransportError:
            worker = 0
        if worker and worker not in other_than:
            return worker
        time.sleep(0.02)
    raise AssertionError("no worker answered")
