"""One statement, one row, through the driver itself: for the addresses that a release of places hits by the thousand.

Django's cursor counts, times and wraps each statement, which there is a third of the work of a request besides the
statement. Everybody else uses `django.db.connection.cursor()`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection


def fetch_row(statement: str, parameters: Mapping[str, Any] | Sequence[Any]) -> tuple[Any, ...]:
    """The one row that the statement yields. Errors are Django's own (`django.db.IntegrityError` and so on).

    The statement is prepared on its first use of a connection. Outside a transaction it is one by itself.
    """
    if connection.queries_logged:  # somebody counts statements, and shall see this one
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cast(tuple[Any, ...], cursor.fetchone())
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row: tuple[Any, ...] = connection.connection.execute(statement, parameters).fetchone()
    return row
