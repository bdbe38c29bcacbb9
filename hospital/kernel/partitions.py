"""Month partitions of the large append-only tables."""

from datetime import date

from django.db import connection

PARTITIONED_TABLES = ("kernel_event", "audit_entry", "audit_version")
MONTHS_AHEAD = 6


def ensure_month_partitions(*, table: str, first: date, months: int) -> None:
    """Creates the partitions of `table` for `months` months from that of `first`; those that exist are left alone."""
    if table not in PARTITIONED_TABLES:
        raise ValueError(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_ensure_partitions(%s, %s, %s)", [table, first, months])


def ensure_partitions(*, today: date) -> None:
    """Creates whatever is missing of this month and the months ahead, for every partitioned table.

    A row of a month without a partition lands in the table's `…_other`, from which that month could no longer be cut
    without moving rows: hence the head start.
    """
    for table in PARTITIONED_TABLES:
        ensure_month_partitions(table=table, first=today, months=MONTHS_AHEAD)
