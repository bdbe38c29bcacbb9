"""The process that analyzers talk to: HL7 v2 over MLLP. What is answered is kept: docs/decisions/0029.

`python -m config.analyzers` listens at IMC_ANALYZER_HOST and IMC_ANALYZER_PORT. One connection is answered in the order
in which it sends; connections beside each other are worked through by a few threads.
"""

import asyncio
import contextlib
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the setup
from django.db import InterfaceError, OperationalError, close_old_connections  # noqa: E402 - after the setup
from django.utils import timezone  # noqa: E402 - after the setup

from hospital.analyzers.api import FrameTooLong, Unframer, frame  # noqa: E402 - after the setup
from hospital.workflows.take_measurements import keep_broken_message, take_message  # noqa: E402 - after the setup

THREADS = 4
MOST_CONNECTIONS = 100
READ_BYTES = 65_536
IDLE_SECONDS = 3600.0
log = logging.getLogger(__name__)


def answer_message(raw: bytes) -> bytes | None:
    """The answer to one message, or None where nothing could be kept: the analyzer sends it again then."""
    close_old_connections()
    try:
        return take_message(raw=raw, now=timezone.now())
    except (OperationalError, InterfaceError):
        log.exception("a message could not be kept")
        return None
    except Exception:
        log.exception("a message could not be worked through")
    try:
        return keep_broken_message(raw=raw, now=timezone.now())
    except (OperationalError, InterfaceError):
        log.exception("a message could not be kept")
        return None


class Listener:
    """Takes connections; each is served until it ends, is silent for an hour or breaks the frame."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="message")
        self.connections: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        if len(self.connections) >= MOST_CONNECTIONS:
            writer.close()
            return
        self.connections.add(task)
        try:
            await self._converse(reader, writer)
        except (FrameTooLong, TimeoutError, ConnectionError) as ended:
            log.warning("a connection was ended: %r", ended)
        finally:
            self.connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        unframer = Unframer()
        loop = asyncio.get_running_loop()
        while data := await asyncio.wait_for(reader.read(READ_BYTES), IDLE_SECONDS):
            for raw in unframer.feed(data):
                answer = await loop.run_in_executor(self.threads, answer_message, raw)
                if answer is None:
                    return
                writer.write(frame(answer))
                await writer.drain()


async def listen(*, host: str, port: int) -> None:
    """Listens until the process is asked to stop; what was begun is finished."""
    listener = Listener()
    server = await asyncio.start_server(listener.serve, host, port)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    log.info("listening for analyzers at %s:%s", host, port)
    await stopped.wait()
    server.close()
    for task in listener.connections:
        task.cancel()
    listener.threads.shutdown(wait=True)


if __name__ == "__main__":
    asyncio.run(listen(host=settings.ANALYZER_HOST, port=settings.ANALYZER_PORT))
