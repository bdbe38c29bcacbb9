"""Imported tables are checked and taken in from the queue."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.catalog.services.importing import apply_import, check_import


@app.task(name="catalog.check_import")
def check_imported_table(import_id: str) -> None:
    """The dry run of a file."""
    check_import(import_id=UUID(import_id), now=timezone.now())


@app.task(name="catalog.apply_import")
def take_in_table(import_id: str) -> None:
    """The whole of an approved file, or nothing of it."""
    apply_import(import_id=UUID(import_id), now=timezone.now())
