"""Imported tables are checked and taken in from the queue; approved facts are taken over at their start."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.catalog.services.facts import apply_due_facts
from hospital.catalog.services.importing import apply_import, check_import
from hospital.kernel.actors import system_actor


@app.periodic(cron="* * * * *")
@app.task(name="catalog.apply_due_facts", queueing_lock="catalog.apply_due_facts", pass_context=False)
def take_over_facts(timestamp: int) -> None:
    """Every minute: approved facts whose start has come go into their items."""
    apply_due_facts(actor=system_actor("catalog"), now=timezone.now())


@app.task(name="catalog.check_import")
def check_imported_table(import_id: str) -> None:
    """The dry run of a file."""
    check_import(import_id=UUID(import_id), now=timezone.now())


@app.task(name="catalog.apply_import")
def take_in_table(import_id: str) -> None:
    """The whole of an approved file, or nothing of it."""
    apply_import(import_id=UUID(import_id), now=timezone.now())
