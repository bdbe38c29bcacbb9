"""The product as a set of processes: database, web server, worker, sandbox."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from launch import preparation
from launch.environment import ROOT, product_environment
from launch.messages import compile_stale
from launch.patient_app import prepare_h5
from launch.ports import answers, refuse_taken_ports
from launch.postgres import DISPOSABLE, Cluster
from launch.processes import Service, Watchdog, bind_to_parent
from launch.terminal import give_up, say

READY_SECONDS = 60
MOST_RESTARTS = 3
RESTART_WINDOW_SECONDS = 60
BLOCKING_THREADS = 8
PORT_NAMES = ("IMC_PORT", "IMC_SANDBOX_PORT", "IMC_SMTP_PORT", "IMC_LIVE_PORT", "IMC_ANALYZER_PORT", "IMC_DICOM_PORT")


def refuse_silent_server(url: str) -> None:
    """End the command when nobody answers at DATABASE_URL."""
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        give_up(f"the server of DATABASE_URL cannot be used: {error}")


class Product:
    """Starts everything in order, tells when it answers, brings a fallen part up again, ends everything in order."""

    def __init__(self, *, folder: Path, port: int, is_disposable: bool = False) -> None:
        self.folder = folder
        self.port = port
        self.host = os.environ.get("IMC_HOST", "127.0.0.1")
        self.watchdog = Watchdog()
        given = os.environ.get("DATABASE_URL", "")
        self.cluster = None if given else Cluster(folder, *([DISPOSABLE] if is_disposable else []))
        self.database_url = given or (self.cluster.url if self.cluster else "")
        self.environment = product_environment(folder=folder, database_url=self.database_url, port=port)
        self.services = self._services()
        self.restarts: dict[str, list[float]] = {}

    @property
    def ports(self) -> dict[str, int]:
        """The variable and the number of every port that the product listens on."""
        return {name: int(self.environment[name]) for name in PORT_NAMES}

    def _services(self) -> list[Service]:
        python = [sys.executable]
        workers = str(os.cpu_count() or 1)
        commands = {
            "worker": [*python, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"],
            "sandbox": [*python, "-m", "sandbox"],
            "analyzers": [*python, "-m", "config.analyzers"],
            "worklist": [*python, "-m", "config.worklist"],
            "live": [
                *(*python, "-m", "granian", "--interface", "asgi", "--host", self.host),
                *("--port", self.environment["IMC_LIVE_PORT"], "--workers", "1", "--workers-kill-timeout", "1"),
                *("--respawn-failed-workers", "--no-ws", "config.live:application"),
            ],
            "web": [
                *(*python, "-m", "launch.web", "--host", self.host, "--port", str(self.port)),
                *("--workers", workers, "--threads", str(BLOCKING_THREADS), "config.wsgi:application"),
            ],
        }
        if importlib.util.find_spec("sandbox.__main__") is None:
            del commands["sandbox"]
        return [
            Service(name, command, self.environment, self.folder / "logs" / f"{name}.log")
            for name, command in commands.items()
        ]

    def start(self) -> None:
        """Everything from the database to the first answer of the web server; a failure ends the command."""
        refuse_taken_ports(self.ports, self.host)
        logs = self.folder / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        logs.chmod(0o700)
        (self.folder / "static").mkdir(exist_ok=True)
        compile_stale()
        prepare_h5()
        if self.cluster is not None:
            say("starting PostgreSQL")
            self.cluster.start(self.watchdog)
        else:
            say("using the server of DATABASE_URL")
            refuse_silent_server(self.database_url)
        self._prepare_database()
        say("starting the web server, the worker and the sandbox")
        worker, *waited_for = self.services
        for service in waited_for:
            service.start(self.watchdog, ROOT)
        self._wait_until_ready(waited_for)
        worker.start(self.watchdog, ROOT)  # last: nobody waits for it, and it would slow the first answer

    def _prepare_database(self) -> None:
        if preparation.is_current(self.folder, self.database_url):
            return
        say("preparing the database")
        command = [sys.executable, "-m", "launch.preparation"]
        done = subprocess.run(
            command,
            env={"IMC_LOG_LEVEL": "WARNING", **self.environment},
            cwd=ROOT,
            check=False,
            start_new_session=True,
            preexec_fn=bind_to_parent(signal.SIGTERM),
        )
        if done.returncode != 0:
            give_up("the database could not be prepared; the lines above say why")
        preparation.record(self.folder, self.database_url)

    def _wait_until_ready(self, services: list[Service]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(self.port, "/healthz"):
            for service in services:
                if service.has_ended():
                    give_up(f"{service.name} ended while starting; the end of {service.log}:\n{service.tail()}")
            if time.monotonic() > deadline:
                web = services[-1]
                give_up(f"the web server does not answer /healthz; the end of {web.log}:\n{web.tail()}")
            time.sleep(0.1)

    def watch(self, wait: Callable[[float], bool]) -> str:
        """Look after the processes until `wait` (which sleeps so many seconds) says that it is time to stop.

        Returns an empty text then, or the reason why the product cannot go on.
        """
        while not wait(1.0):
            if self.cluster is not None and self.cluster.has_ended():
                return f"PostgreSQL ended by itself; see {self.cluster.log}"
            for service in self.services:
                if service.has_ended() and not self._restart(service):
                    return f"{service.name} ends again and again; the end of {service.log}:\n{service.tail()}"
        return ""

    def _restart(self, service: Service) -> bool:
        now = time.monotonic()
        recent = [at for at in self.restarts.get(service.name, []) if now - at < RESTART_WINDOW_SECONDS]
        if len(recent) >= MOST_RESTARTS:
            return False
        say(f"{service.name} ended by itself and is started again; see {service.log}")
        service.stop()
        service.start(self.watchdog, ROOT)
        self.restarts[service.name] = [*recent, now]
        return True

    def stop(self) -> None:
        """First those who use the database, all at once, then the database."""
        if not all(service.has_ended() for service in self.services):
            say("stopping")
        for service in reversed(self.services):
            service.ask_to_stop()
        for service in reversed(self.services):
            service.stop()
        if self.cluster is not None:
            self.cluster.stop()
        self.watchdog.close()
