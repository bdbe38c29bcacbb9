"""The live process: who hears of what, and what is told after a lost connection (A06, A16)."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.live import REMEMBERED, Hub, application, stream
from hospital.kernel.watching import read_ticket, watch_address

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.requirement("A06", "A16")
WATCHED = frozenset({"line:1"})


def ticket(topics):
    with override_settings(LIVE_URL="https://live.example/live"):
        address = watch_address(topics=topics, now=NOW)
    return address.partition("?ticket=")[2].replace("%3A", ":")


def test_a_ticket_opens_its_topics_until_the_end_of_the_next_day_and_nothing_else():
    signed = ticket(["person:1", "line:2"])
    assert read_ticket(signed, now=NOW + timedelta(days=1)) == {"person:1", "line:2"}
    assert read_ticket(signed, now=NOW + timedelta(days=2)) == frozenset()
    assert read_ticket(signed[:-1] + ("A" if signed[-1] != "A" else "B"), now=NOW) == frozenset()
    assert read_ticket("", now=NOW) == frozenset()
    assert ticket(["line:2", "person:1"]) == signed


def test_without_a_live_process_there_is_no_address():
    with override_settings(LIVE_URL=""):
        assert watch_address(topics=["line:1"], now=NOW) == ""


async def hear(hub, *, cursor="", tell=(), count=1):
    gone = asyncio.create_task(asyncio.sleep(5))
    told = []
    async with aclosing(stream(hub, topics=WATCHED, cursor=cursor, gone=gone, beat=0.01)) as texts:
        async for text in texts:
            if text.startswith("retry"):
                for number, topics in tell:
                    hub.tell(number, topics)
            told.append(text)
            if len(told) > count:
                break
    gone.cancel()
    return told[1:]


def test_a_viewer_hears_of_what_it_watches_and_a_beat_otherwise():
    hub = Hub()
    assert asyncio.run(hear(hub, tell=[(7, ["line:1", "campus:IMC"])])) == ["id: 7\ndata: changed\n\n"]
    assert asyncio.run(hear(hub, tell=[(8, ["line:2"])])) == [": still here\n\n"]
    assert hub.viewers == {}


def test_after_a_lost_connection_it_is_told_what_it_missed_once():
    hub = Hub()
    for cursor, topic in ((11, "line:1"), (10, "line:1"), (12, "line:2")):  # committed in another order
        hub.tell(cursor, [topic])
    assert asyncio.run(hear(hub, cursor="11")) == ["data: changed\n\n"]
    assert asyncio.run(hear(hub, cursor="10")) == [": still here\n\n"]
    assert asyncio.run(hear(hub, cursor="3")) == ["data: changed\n\n"]  # no longer known
    hub.tell_all()
    assert asyncio.run(hear(hub, cursor="10")) == ["data: changed\n\n"]


@given(st.lists(st.sampled_from(["line:1", "line:2"]), max_size=30), st.integers(0, 40))
def test_nothing_that_a_viewer_watches_is_ever_missed(topics, seen):
    hub = Hub()
    for number, topic in enumerate(topics):
        hub.tell(number, [topic])
    is_known = seen < len(topics)
    assert hub.has_missed(str(seen), WATCHED) is (not is_known or "line:1" in topics[seen + 1 :])
    assert len(hub.told) <= REMEMBERED


def test_a_stranger_is_refused():
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.disconnect"}

    asyncio.run(application({"type": "http", "query_string": b"ticket=x", "headers": []}, receive, send))
    assert sent[0]["status"] == 403
