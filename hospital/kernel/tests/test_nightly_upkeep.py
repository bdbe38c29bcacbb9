"""What the worker does every night (N19)."""

import pytest
from django.db import connection
from django.utils import timezone

from hospital.kernel.clock import local_day
from hospital.kernel.partitions import MONTHS_AHEAD
from hospital.kernel.tasks import prepare_partitions

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("N19")
def test_the_coming_months_of_the_trail_are_made_every_night() -> None:
    today = local_day(timezone.now())
    months = [today.year * 12 + today.month - 1 + ahead for ahead in range(MONTHS_AHEAD)]
    names = [f"audit_entry_{month // 12}_{month % 12 + 1:02d}" for month in months]
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass")
        before = {name for (name,) in cursor.fetchall()}
        cursor.execute(f'DROP TABLE "{names[-1]}"')
        prepare_partitions(timestamp=0)
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [names[-1]])
        assert cursor.fetchone() == (True,)
    assert set(names) <= before
