"""Numbers that people read: day and a running number from a database sequence, without a lock and without reuse."""

from datetime import datetime
from typing import Literal

from django.db import connection

from hospital.kernel.clock import local_day


def next_number(kind: Literal["S", "R"], *, now: datetime) -> str:
    """`S261125-000017` for settlements, `R…` for refunds. A rolled-back one leaves a gap."""
    sequence = {"S": "billing_settlement_number", "R": "billing_refund_number"}[kind]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        (value,) = cursor.fetchone()
    return f"{kind}{local_day(now):%y%m%d}-{value:06d}"
