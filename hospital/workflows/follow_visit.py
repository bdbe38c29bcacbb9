"""A patient follows a visit, and sees what comes next (A16, W31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hospital.appointments.api import get_appointment, list_appointments, list_current_appointments
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.campuses.api import list_departments
from hospital.encounters.api import (
    FollowUpCard,
    find_follow_up,
    get_encounter_of_appointment,
    get_wait,
    list_encounters_of_appointments,
    require_clinical_access,
)
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.events import Event, list_visit_events
from hospital.orders.api import list_orders
from hospital.orders.types import OrderView
from hospital.patients.api import list_linked_people, require_access
from hospital.patients.errors import RecordsClosed
from hospital.patients.types import LinkedPerson
from hospital.treatments.api import list_visit_treatments
from hospital.treatments.types import TreatmentView
from hospital.workflows.journey import Node, NodeKind, NodeState, derive_nodes
from hospital.workflows.ordered_exams import list_exam_times
from hospital.workflows.visit_steps import Step, Surroundings, Waiting, list_steps

FOLLOWED = timedelta(days=3)  # how long after the day of a visit its open steps are still what comes next
SHORTEST_PLACE = 5  # minutes
_BOOKED = frozenset({AppointmentState.BOOKED, AppointmentState.TAKEN})
_WAITS = frozenset({EncounterState.CHECKED_IN, EncounterState.WAITING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One booking, the visit that came of it, and every step."""

    appointment: AppointmentCard
    visit: EncounterCard | None
    waiting_before: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What comes first for the people of an account, and the bookings after it, earliest first."""

    person: LinkedPerson
    journey: Journey
    coming: tuple[AppointmentCard, ...]


def follow_visit(*, appointment_id: UUID, actor: Actor, now: datetime) -> Journey:
    """The journey of one booking. Refusals: `UnknownAppointment`, `UnknownPerson`, `NoCareRelation`."""
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    visit = get_encounter_of_appointment(appointment_id=appointment_id)
    events = list_visit_events(subject_ids=[str(appointment_id)], encounter_ids=[visit.id] if visit else [])
    return _journey(appointment=appointment, visit=visit, events=events, actor=actor, now=now)


def find_next_step(*, actor: Actor, now: datetime) -> NextStep | None:
    """What the people of the account have to do next; None where nothing is open or booked.

    First a visit under way with a step that can be done, then a place whose hold runs out, then the earliest booking.
    A fixed number of statements, however many people and bookings there are.
    """
    people = {linked.person.id: linked for linked in list_linked_people(actor=actor, now=now)}
    today = local_day(now)
    bookings = list_current_appointments(person_ids=people, since=today - FOLLOWED, now=now) if people else []
    if not bookings:
        return None
    visits = list_encounters_of_appointments(appointment_ids=[card.id for card in bookings])
    events = list_visit_events(
        subject_ids=[str(card.id) for card in bookings], encounter_ids=[visit.id for visit in visits.values()]
    )
    told = {card.id: _events_of(card, visits.get(card.id), events) for card in bookings}
    ranked = [
        (rank, place, card)
        for place, card in enumerate(bookings)
        if (rank := _rank(card, visits.get(card.id), told[card.id], today)) is not None
    ]
    if not ranked:
        return None
    first = min(ranked)[2]
    return NextStep(
        person=people[first.person_id],
        journey=_journey(appointment=first, visit=visits.get(first.id), events=told[first.id], actor=actor, now=now),
        coming=tuple(card for card in bookings if card.id != first.id and card.slot.session.held_on >= today),
    )


def _rank(card: AppointmentCard, visit: EncounterCard | None, events: list[Event], today: date) -> int | None:
    """The lower the sooner; None for what nobody has to do anything about."""
    if card.state is AppointmentState.HELD:
        return 1
    if visit is None:
        return 2 if card.slot.session.held_on >= today else None
    current = next((node for node in derive_nodes(events) if node.state is NodeState.NOW), None)
    if visit.state is EncounterState.CANCELLED or current is None:
        return None
    if visit.queue_on < today and not _is_left_to_do(current):
        return None
    return 0 if _is_left_to_do(current) else 3


def _is_left_to_do(node: Node) -> bool:
    """Whoever only waits for a report has nothing to do."""
    return node.kind is not NodeKind.REPORT_READY


def _events_of(card: AppointmentCard, visit: EncounterCard | None, events: list[Event]) -> list[Event]:
    return [
        event
        for event in events
        if event.subject_id == str(card.id) or (visit is not None and event.encounter_id == visit.id)
    ]


def _journey(
    *, appointment: AppointmentCard, visit: EncounterCard | None, events: list[Event], actor: Actor, now: datetime
) -> Journey:
    is_waiting = visit is not None and visit.state in _WAITS
    waiting = _waiting(visit=visit, appointment=appointment, now=now) if visit and is_waiting else None
    has_orders = visit is not None and any(event.kind == "orders.signed" for event in events)
    departments = list_departments(campus_code=appointment.slot.session.campus_code)
    orders = _orders(visit=visit, actor=actor, now=now) if visit and has_orders else ()
    exam_bookings, exams_to_plan = list_exam_times(orders=orders, now=now)
    is_asked_back = visit is not None and any(event.kind == "encounters.follow_up_ordered" for event in events)
    follow_up = find_follow_up(encounter_id=visit.id) if visit and is_asked_back else None
    steps = list_steps(
        Surroundings(
            appointment=appointment,
            visit=visit,
            events=events,
            orders=orders,
            departments={department.specialty: department for department in departments},
            waiting=waiting,
            now=now,
            exam_bookings=exam_bookings,
            exams_to_plan=exams_to_plan,
            treatments=_treatments(visit=visit, events=events, actor=actor, now=now),
            follow_up=follow_up,
            follow_up_booking=_booked_for(follow_up, visited=appointment) if follow_up else None,
        )
    )
    return Journey(
        appointment=appointment, visit=visit, waiting_before=waiting.before if waiting else None, steps=tuple(steps)
    )


def _booked_for(wanted: FollowUpCard, *, visited: AppointmentCard) -> AppointmentCard | None:
    """What the patient booked since with the doctor, or in the department; the earliest."""
    found = [
        card
        for card in list_appointments(person_ids=[visited.person_id])
        if card.state in _BOOKED and card.booked_at is not None and card.booked_at > wanted.ordered_at
        if card.id != visited.id
    ]
    fitting = [
        card
        for card in found
        if wanted.clinician_id in {None, card.slot.session.clinician_id}
        and card.slot.session.department_id == wanted.department_id
    ]
    return min(fitting, key=lambda card: card.slot.starts_at, default=None)


def _waiting(*, visit: EncounterCard, appointment: AppointmentCard, now: datetime) -> Waiting:
    slot = appointment.slot
    length = max((slot.ends_at - slot.starts_at).total_seconds() / 60, SHORTEST_PLACE)
    wait = get_wait(encounter=visit, usual_minutes=length, starts_at=slot.session.starts_at, now=now)
    return Waiting(before=wait.before, minutes_from=wait.minutes_from, minutes_to=wait.minutes_to)


def _treatments(
    *, visit: EncounterCard | None, events: Sequence[Event], actor: Actor, now: datetime
) -> Sequence[TreatmentView]:
    """What was ordered for the treatment room, where anything was; without names as for the orders."""
    if visit is None or not any(event.kind == "treatments.ordered" for event in events):
        return ()
    try:
        require_clinical_access(actor=actor, person_id=visit.person_id, now=now)
    except RecordsClosed:
        return ()
    return list_visit_treatments(encounter_id=visit.id, now=now)


def _orders(*, visit: EncounterCard, actor: Actor, now: datetime) -> Sequence[OrderView]:
    """What was ordered; whoever acts for an adult who has not agreed follows the steps without the names of tests."""
    try:
        return list_orders(encounter_id=visit.id, actor=actor, now=now)
    except RecordsClosed:
        return ()
