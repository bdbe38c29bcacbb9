"""Month partitions of the large append-only tables."""

from datetime import date

from django.db import connection

PARTITIONED_TABLES = ("kernel_event", "audit_entry", "audit_version")


def ensure_month_partitions(*, table: str, first: date, months: int) -> None:
    """Creates the partitions of `table` for `months` months from that of `first`; those that exist are left alone."""
    if table not in PARTITIONED_TABLES:
        raise ValueError(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_ensure_partitions(%s, %s, %s)", [table, first, months])
