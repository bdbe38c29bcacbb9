"""Finding somebody by a whole number, for those who may not browse the index."""

from uuid import UUID

from django.utils import timezone

from hospital.kernel.actors import system_actor
from hospital.patients.api import find_people_by_document, search_people

SHORTEST = 4


def find_exactly(*, number: str) -> UUID | None:
    """The person with this record number or document number, whole; None for anything less. Tells only the id."""
    if len(number) < SHORTEST:
        return None
    by_document = find_people_by_document(number=number)
    if by_document:
        return by_document[0]
    found = search_people(actor=system_actor("exact look-up"), text=number, now=timezone.now(), limit=5)
    return next((each.id for each in found if number.upper() in each.mrns.values()), None)
