"""Our own numbers of receipts: day and a running number from a sequence, unique for ever, with gaps."""

from datetime import datetime

from django.db import connection

from hospital.kernel.clock import local_day


def next_business_number(*, now: datetime) -> str:
    """`E261125-000017`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('receipts_business_number'::regclass)")
        (value,) = cursor.fetchone()
    return f"E{local_day(now):%y%m%d}-{value:06d}"


def hold_bill(settlement_id: object) -> None:
    """Whoever plans the receipts of a bill does so alone until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipts:{settlement_id}"])
