"""What the tests of all contexts stand on."""

from collections.abc import Generator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

# Made in migrations, so Django does not know that a transactional test must leave them empty.
APPEND_ONLY = "kernel_event, audit_entry, audit_version"


@pytest.fixture(autouse=True)
def empty_append_only_tables(request: pytest.FixtureRequest) -> Generator[None]:
    """Empties the event stream and the audit trail after a test that committed what it wrote."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {APPEND_ONLY}")
