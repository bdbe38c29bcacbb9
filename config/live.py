"""ASGI entry of the live process: one connection listens to PostgreSQL, every viewer's page hears of changes.

A viewer opens `/live?ticket=…` as server-sent events. It is told that something changed, with the number of the event
as cursor, and asks the web server for the truth. After a lost connection the browser sends the last cursor; whatever
came since is told in one message, and so is a cursor that is no longer known. See docs/decisions/0023.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.utils import timezone

from hospital.kernel.watching import CHANNEL, read_ticket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

REMEMBERED = 5000  # changes; a viewer that missed more is told to look again
BEAT_SECONDS = 15.0
AGAIN_SECONDS = 1.0
MOST_VIEWERS = 20_000
_ANYWHERE = (b"access-control-allow-origin", b"*")  # the ticket opens, not the page's origin
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    _ANYWHERE,
    (b"x-accel-buffering", b"no"),
]
log = logging.getLogger(__name__)


class Hub:
    """Who watches what, and what was told lately in the order in which it came."""

    def __init__(self) -> None:
        self.viewers: dict[asyncio.Queue[int], frozenset[str]] = {}
        self.told: deque[tuple[int, frozenset[str]]] = deque(maxlen=REMEMBERED)

    @contextlib.contextmanager
    def watching(self, topics: frozenset[str]) -> Iterator[asyncio.Queue[int]]:
        """A viewer's own inbox, which holds at most one notice."""
        inbox: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
        self.viewers[inbox] = topics
        try:
            yield inbox
        finally:
            del self.viewers[inbox]

    def tell(self, cursor: int, topics: Iterable[str]) -> None:
        """Something changed about `topics`."""
        changed = frozenset(topics)
        self.told.append((cursor, changed))
        for inbox, watched in self.viewers.items():
            if watched & changed:
                _put(inbox, cursor)

    def tell_all(self) -> None:
        """Notices may have been missed: everybody looks again, and no old cursor is believed."""
        self.told.clear()
        for inbox in self.viewers:
            _put(inbox, 0)

    def has_missed(self, cursor: str, topics: frozenset[str]) -> bool:
        """Whether anything about `topics` was told after `cursor`; also where that cannot be known."""
        after = None
        for known, changed in self.told:
            if after is not None and changed & topics:
                return True
            if str(known) == cursor:
                after = known
        return after is None


def _put(inbox: asyncio.Queue[int], cursor: int) -> None:
    with contextlib.suppress(asyncio.QueueFull):
        inbox.put_nowait(cursor)


hub = Hub()


async def listen(to: Hub, database_url: str) -> None:
    """Keeps one connection that hears every notice; after a lost one everybody is told to look again."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                to.tell_all()
                while True:
                    async for notice in connection.notifies(timeout=BEAT_SECONDS):
                        said = json.loads(notice.payload)
                        to.tell(said["id"], said["topics"])
                    await connection.execute(b"SELECT 1")  # a dead connection is noticed
        except (psycopg.Error, OSError) as error:
            log.warning("no notices for a moment: %s", error)
            await asyncio.sleep(AGAIN_SECONDS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The life of the process, and one viewer after the other."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    listener = asyncio.create_task(listen(hub, os.environ["DATABASE_URL"]))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listener.cancel()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    given = parse_qs(scope["query_string"].decode("ascii", "replace"))
    topics = read_ticket(given.get("ticket", [""])[0], now=timezone.now())
    if not topics or len(hub.viewers) >= MOST_VIEWERS:
        status = 503 if topics else 403
        await send({"type": "http.response.start", "status": status, "headers": [_ANYWHERE]})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    cursor = dict(scope["headers"]).get(b"last-event-id", b"").decode("ascii", "replace")
    gone = asyncio.create_task(_wait_until_gone(receive))
    try:
        async for text in stream(hub, topics=topics, cursor=cursor, gone=gone):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def stream(
    of: Hub, *, topics: frozenset[str], cursor: str, gone: asyncio.Task[None], beat: float = BEAT_SECONDS
) -> AsyncGenerator[str, None]:
    """What one viewer is sent until it is gone: changes with their cursor, and a beat where nothing happens."""
    with of.watching(topics) as inbox:
        yield "retry: 1000\n\n"
        if cursor and of.has_missed(cursor, topics):
            yield _event(0)
        while not gone.done():
            news = asyncio.create_task(inbox.get())
            await asyncio.wait({news, gone}, timeout=beat, return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                yield _event(news.result())
            else:
                news.cancel()
                yield ": still here\n\n"


def _event(cursor: int) -> str:
    number = f"id: {cursor}\n" if cursor else ""
    return f"{number}data: changed\n\n"
