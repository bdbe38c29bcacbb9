"""Finding somebody by a whole number, for those who may not browse the index; and what is kept of every search."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from hospital.audit.api import record_act
from hospital.kernel.actors import system_actor
from hospital.patients.api import find_people_by_document, search_people
from hospital.staff_web.access import actor_of

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


def record_search(request: HttpRequest, person_ids: Sequence[UUID]) -> None:
    """Who was shown to whom. Not the words: they may be the number of a document."""
    record_act(
        actor=actor_of(request),
        action="patients.search",
        subject_kind="search",
        subject_id=request.resolver_match.url_name or "" if request.resolver_match else "",
        now=timezone.now(),
        person_id=person_ids[0] if len(person_ids) == 1 else None,
        details={"people": [str(each) for each in person_ids]},
    )
