"""The listening process itself: killed before the commit and between commit and answer, nothing is lost (R56)."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable

import pytest
from django.db import connection

from config import analyzers
from hospital.analyzers.api import Unframer, frame, parse_message
from hospital.analyzers.models import InboundMessage
from hospital.analyzers.tests.factories import make_analyzer, write_message
from hospital.encounters.tests.clinic import make_visit
from hospital.results.models import ResultValue, Specimen
from hospital.results.tests.factories import ask, make_laboratory, receive, technician
from hospital.workflows import take_measurements

pytestmark = pytest.mark.django_db(transaction=True)


def die(*args, **facts):
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_answering(monkeypatch):
    monkeypatch.setattr(analyzers, "frame", die)


def die_before_keeping(monkeypatch):
    monkeypatch.setattr(take_measurements, "keep_message", die)


@pytest.fixture
def number():
    make_laboratory()
    scene = make_visit()
    make_analyzer()
    (specimen_id,) = ask(scene)
    receive(specimen_id, technician())
    return Specimen.objects.get(pk=specimen_id).number


class Listener:
    """The process as it runs, forked so that it need not load everything again."""

    def __init__(self, prepare: Callable[[], None] = lambda: None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        connection.close()  # a connection is never shared with a fork
        self.pid = os.fork()
        if self.pid == 0:
            try:
                prepare()
                asyncio.run(analyzers.listen(host="127.0.0.1", port=self.port))
            finally:
                os._exit(0)

    def send(self, *messages: bytes) -> list[bytes]:
        """The answers; fewer than messages where the process ended."""
        deadline = time.monotonic() + 10
        while True:
            try:
                line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline
                time.sleep(0.02)
        answers: list[bytes] = []
        unframer = Unframer()
        with line:
            line.sendall(b"".join(frame(message) for message in messages))
            while len(answers) < len(messages):
                try:
                    data = line.recv(65_536)
                except ConnectionResetError:
                    data = b""
                if not data:
                    break
                answers += unframer.feed(data)
        return answers

    def stop(self) -> int:
        """Asks it to end; how it ended: 0, or the number of the signal that killed it."""
        if os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            os.kill(self.pid, signal.SIGTERM)
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return -signal.SIGKILL


@pytest.mark.requirement("R56")
@pytest.mark.parametrize(("death", "kept"), [(die_before_answering, 1), (die_before_keeping, 0)])
def test_a_killed_process_loses_nothing_and_writes_nothing_twice(number, death, kept, monkeypatch):
    raw = write_message(specimen=number)
    dying = Listener(lambda: death(monkeypatch))
    assert dying.send(raw) == []
    assert InboundMessage.objects.count() == kept
    assert set(ResultValue.objects.values_list("text", flat=True)) == ({"6.1", "128", "241"} if kept else {""})
    dying.stop()

    next_one = Listener()
    (answer,) = next_one.send(raw)
    assert next_one.stop() == 0
    assert next(parse_message(answer).named("MSA")).part(1) == "AA"
    assert InboundMessage.objects.count() == 1
    assert set(ResultValue.objects.values_list("text", flat=True)) == {"6.1", "128", "241"}


def test_a_failure_of_ours_is_answered_in_its_turn_and_kept(number, monkeypatch):
    def fail_at_second(*, raw, now):
        if b"|2|P|" in raw:
            raise RuntimeError("worked through badly")
        return take_measurements.take_message(raw=raw, now=now)

    listener = Listener(lambda: monkeypatch.setattr(analyzers, "take_message", fail_at_second))
    answers = listener.send(*(write_message(specimen=number, control_id=each) for each in "123"))
    assert listener.stop() == 0
    told = [next(parse_message(each).named("MSA")) for each in answers]
    assert [(each.part(2), each.part(1)) for each in told] == [("1", "AA"), ("2", "AE"), ("3", "AA")]
    assert InboundMessage.objects.get(control_id="2").state == "WAITING"
