"""How long the calendar of a month takes over four campuses with two hundred thousand places: one statement."""

import os
import statistics
import time
from datetime import timedelta

from bench.supply import add_people, add_places, connect

NEEDS_PRODUCT = True
PLACES = 200_000
DAYS = 31
ROUNDS = 15


def measure() -> dict[str, float | str]:
    """`availability_month_ms` is the median; `availability_month_statements` must be 1."""
    add_people()
    with connect() as connection:
        before = connection.execute("SELECT count(*) FROM scheduling_slot").fetchone()
    missing = PLACES - int(str(before[0])) if before else PLACES
    a_day = max(1, missing // (DAYS - 2) // 20)
    for _ in range(DAYS - 2):
        add_places(sessions=a_day, slots=20, capacity=1)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    return _time_month()


def _time_month() -> dict[str, float | str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from hospital.campuses.api import read_search
    from hospital.kernel.clock import local_day
    from hospital.scheduling.api import read_days_json
    from hospital.scheduling.types import OfferFilter

    now = timezone.now()
    first = local_day(now)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read_days_json(
            sought=read_search(""), chosen=OfferFilter(), first=first, last=first + timedelta(days=DAYS), now=now
        )
        times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as statements:
        read_days_json(
            sought=read_search(""), chosen=OfferFilter(), first=first, last=first + timedelta(days=DAYS), now=now
        )
    return {
        "availability_month_ms": round(statistics.median(times), 1),
        "availability_month_statements": float(len(statements)),
    }
