"""Reads of visits. Whether the actor may see the person is decided by `patients`; here lists are cut by role."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.encounters.errors import UnknownEncounter
from hospital.encounters.models import Encounter
from hospital.encounters.order_statement import list_line
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.types import BilingualText


def read_cards(rows: QuerySet[Encounter]) -> list[EncounterCard]:
    """Rows as cards, in one statement."""
    return [_card(row) for row in rows.select_related("campus", "department", "clinician", "room")]


def _card(row: Encounter) -> EncounterCard:
    return EncounterCard(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        campus_code=row.campus_id,
        campus_name=row.campus.name,
        department_id=row.department_id,
        department_name=row.department.name,
        department_location=row.department.location,
        clinician_id=row.clinician_id,
        clinician_name=row.clinician.name,
        clinician_user_id=row.clinician.user_id,
        clinic_name=BilingualText(row.clinic_zh, row.clinic_en) if row.clinic_zh else None,
        room_name=row.room.name if row.room else None,
        appointment_id=row.appointment_id,
        visit_type=row.visit_type,
        service_line=row.service_line,
        payer=row.payer,
        state=EncounterState(row.state),
        queue_number=row.queue_number,
        queue_on=row.queue_on,
        due_at=row.due_at,
        registered_at=row.registered_at,
        checked_in_at=row.checked_in_at,
        called_at=row.called_at,
        calls=row.calls,
        consult_started_at=row.consult_started_at,
        done_at=row.done_at,
        priority=row.priority,
        is_green=row.is_green,
        transferred_from_id=row.transferred_from_id,
        version=row.version,
    )


def get_encounter(*, encounter_id: UUID) -> EncounterCard:
    """One visit; refuses with `UnknownEncounter`. The caller checks access to its person."""
    cards = read_cards(Encounter.objects.filter(pk=encounter_id))
    if not cards:
        raise UnknownEncounter
    return cards[0]


def get_encounter_of_appointment(*, appointment_id: UUID) -> EncounterCard | None:
    """The visit that came of a booking, if a number was taken."""
    cards = read_cards(Encounter.objects.filter(appointment_id=appointment_id))
    return cards[0] if cards else None


def list_encounters_of_appointments(*, appointment_ids: Iterable[UUID]) -> dict[UUID, EncounterCard]:
    """The visits that came of these bookings, by booking, in one query."""
    cards = read_cards(Encounter.objects.filter(appointment_id__in=list(appointment_ids)))
    return {card.appointment_id: card for card in cards if card.appointment_id}


def list_encounters(*, encounter_ids: Iterable[UUID]) -> dict[UUID, EncounterCard]:
    """Several visits by id, in one query."""
    return {card.id: card for card in read_cards(Encounter.objects.filter(pk__in=list(encounter_ids)))}


def list_doctor_queue(*, clinician_user_id: UUID, day: date) -> list[EncounterCard]:
    """A doctor's visits of a day in the order in which they are due."""
    rows = Encounter.objects.filter(clinician__user_id=clinician_user_id, queue_on=day)
    return read_cards(rows.exclude(state=EncounterState.CANCELLED).order_by("due_at", "queue_number"))


def list_campus_day(*, campus_code: str, day: date, limit: int = 200) -> list[EncounterCard]:
    """A campus's visits of a day."""
    return read_cards(
        Encounter.objects.filter(campus_id=campus_code, queue_on=day).order_by("due_at", "number")[:limit]
    )


def list_person_encounters(*, person_id: UUID, limit: int = 50) -> list[EncounterCard]:
    """A person's visits, newest first."""
    return read_cards(Encounter.objects.filter(person_id=person_id).order_by("-registered_at")[:limit])


def count_waiting_before(*, encounter: EncounterCard) -> int:
    """How many will be called by the same doctor before this visit (`rules/order.py`); who does not wait comes last."""
    line = list_line(clinician_id=encounter.clinician_id, day=encounter.queue_on)
    return line.index(encounter.id) if encounter.id in line else len(line)


def list_green(*, encounter_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these visits go through the green channel, where nothing waits for a payment; in one statement."""
    rows = Encounter.objects.filter(pk__in=set(encounter_ids), is_green=True)
    return frozenset(rows.values_list("pk", flat=True))


def has_green_visit(*, person_id: UUID, day: date) -> bool:
    """Whether a visit of the person on that day goes through the green channel."""
    return (
        Encounter.objects.filter(person_id=person_id, queue_on=day, is_green=True)
        .exclude(state__in=[EncounterState.DONE, EncounterState.CANCELLED])
        .exists()
    )


def find_last_seen(
    *, person_id: UUID, department_id: UUID, clinician_id: UUID | None, first: date, last: date
) -> EncounterCard | None:
    """The latest finished visit of the person to the department or the doctor between two days inclusive, emergencies
    aside; None where nobody saw them."""
    here = Q(department_id=department_id) | (Q(clinician_id=clinician_id) if clinician_id else Q())
    rows = Encounter.objects.filter(
        here, person_id=person_id, state=EncounterState.DONE, queue_on__gte=first, queue_on__lte=last
    )
    cards = read_cards(rows.exclude(visit_type="ER").order_by("-queue_on", "-done_at")[:1])
    return cards[0] if cards else None
