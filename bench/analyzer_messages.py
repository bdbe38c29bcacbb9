"""How many messages of analyzers the listening process takes in a second, each with the 24 values of a blood count.

Four analyzers send at once, each one message after the answer to the last; every message is kept and every value is
written before it is answered. The ratio compares with the server's own durable commits over as many connections.
"""

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from sandbox.analyzer.programs import HEMATOLOGY
from sandbox.analyzer.programs import measure as invent_values
from sandbox.analyzer.wire import write_results

NEEDS_PRODUCT = True
SENDERS = 4
SECONDS = 5.0
BLOOD_COUNT = "250101015"


def measure() -> dict[str, float | str]:
    """`oru_messages_per_second` and `oru_messages_per_commit`."""
    numbers = _receive_specimens(SENDERS)
    with ThreadPoolExecutor(SENDERS) as threads:
        sent = sum(threads.map(_send_for_a_while, numbers))
        commits = sum(threads.map(_commit_for_a_while, range(SENDERS)))
    return {
        "oru_messages_per_second": round(sent / SECONDS, 1),
        "oru_messages_per_commit": round(sent / commits, 3),
    }


def _receive_specimens(count: int) -> list[str]:
    """Specimens of one visit of the demonstration, taken in by its laboratory; their numbers."""
    import django

    django.setup()
    from django.utils import timezone

    from demo.load.actors import loader, staff_actor
    from hospital.encounters.models import Encounter
    from hospital.kernel.ids import new_id
    from hospital.kernel.types import BilingualText
    from hospital.results.api import receive_specimen, request_specimens
    from hospital.results.models import Specimen
    from hospital.results.types import RequestedTest

    visit, now = Encounter.objects.filter(campus_id="IMC").order_by("id")[0], timezone.now()
    ids = request_specimens(
        encounter_id=visit.id,
        person_id=visit.person_id,
        campus_code="IMC",
        tests=[
            RequestedTest(
                order_line_id=new_id(),
                item_code=BLOOD_COUNT,
                panel_codes=(BLOOD_COUNT,),
                name=BilingualText("血细胞分析", "Complete blood count"),
                specimen=BilingualText(f"全血 {number}", f"Whole blood {number}"),
                container=BilingualText("紫帽管", "Lavender-top tube"),
            )
            for number in range(count)
        ],
        actor=loader(),
        now=now,
    )
    for specimen_id in ids:
        receive_specimen(specimen_id=specimen_id, is_settled=True, actor=staff_actor("lao.weijie"), now=timezone.now())
    return list(Specimen.objects.filter(pk__in=ids).values_list("number", flat=True))


def _send_for_a_while(specimen: str) -> int:
    chance, zone, answered = Random(specimen), ZoneInfo("Asia/Shanghai"), 0
    address = (os.environ.get("IMC_ANALYZER_HOST", "127.0.0.1"), int(os.environ["IMC_ANALYZER_PORT"]))
    with socket.create_connection(address, timeout=20) as line:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            message = write_results(
                HEMATOLOGY,
                invent_values(HEMATOLOGY, is_critical=False, chance=chance),
                specimen=specimen,
                control_id=f"{specimen}-{answered}",
                charset="utf-8",
                now=datetime.now(zone),
            )
            line.sendall(b"\x0b" + message + b"\x1c\r")
            answer = b""
            while not answer.endswith(b"\x1c\r"):
                answer += line.recv(65_536)
            if b"MSA|AA|" not in answer:
                raise RuntimeError(f"not taken: {answer!r}")
            answered += 1
    return answered


def _commit_for_a_while(_place: int) -> int:
    done, statement = 0, "INSERT INTO bench_commit (at) VALUES (now())"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        _make_table(server)
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            server.execute(statement)
            done += 1
    return done


def _make_table(server: psycopg.Connection[Any]) -> None:
    try:
        server.execute("CREATE TABLE IF NOT EXISTS bench_commit (at timestamptz)")
    except psycopg.errors.UniqueViolation:  # another connection made it at this moment
        return
