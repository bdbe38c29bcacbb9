"""From booking to the doctor's door: take a number, check in (A05, A16, W32)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.appointments.api import get_appointment, take_number
from hospital.appointments.errors import NotBooked
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import attach_charges
from hospital.campuses.api import get_clinician
from hospital.encounters.api import (
    get_encounter,
    get_encounter_of_appointment,
    move_encounter,
    register_encounter,
    set_priority,
)
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import local_day
from hospital.patients.api import ensure_record_number, get_birth_date, grant_care_relation, require_access
from hospital.workflows.errors import NumberNotToday
from hospital.workflows.own_campus import require_own_campus

ELDERLY_FROM: Final = 80  # years, from which one goes before others without asking
_BY_RULE: Final = system_actor("rule of age")


def take_visit_number(*, appointment_id: UUID, actor: Actor, now: datetime) -> EncounterCard:
    """Turns a booking of today into a visit: queue number, record number, care relation, charges of the booking.

    Taking it again returns the same visit. Refusals: `UnknownAppointment`, `UnknownPerson`, `NotYourCampus`,
    `NumberNotToday`, `NotBooked`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    session = appointment.slot.session
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    require_own_campus(actor=actor, campus_code=session.campus_code)
    known = get_encounter_of_appointment(appointment_id=appointment_id)
    if known:
        return known
    if session.held_on != local_day(now):
        raise NumberNotToday(day=session.held_on.isoformat())
    try:
        with acting(actor=actor):
            take_number(appointment_id=appointment_id, actor=actor, now=now)
            appointment = get_appointment(appointment_id=appointment_id)  # it may have been changed meanwhile
            if appointment.slot.session.held_on != local_day(now):
                raise NumberNotToday(day=appointment.slot.session.held_on.isoformat())
            encounter_id = _open_visit(appointment=appointment, actor=actor, now=now)
    except NotBooked:
        known = get_encounter_of_appointment(appointment_id=appointment_id)
        if known is None:
            raise
        return known  # pressed twice at once
    return get_encounter(encounter_id=encounter_id)


def _open_visit(*, appointment: AppointmentCard, actor: Actor, now: datetime) -> UUID:
    session = appointment.slot.session
    encounter_id = register_encounter(
        person_id=appointment.person_id,
        campus_code=session.campus_code,
        department_id=session.department_id,
        clinician_id=session.clinician_id,
        room_id=session.room_id,
        appointment_id=appointment.id,
        visit_type="ER" if session.service_type == "EMERGENCY" else "OP",
        service_line=session.service_line,
        queue_position=_queue_position(appointment),
        due_at=appointment.slot.starts_at,
        clinic_name=None if session.is_by_name else session.shown_name,
        actor=actor,
        now=now,
    )
    ensure_record_number(person_id=appointment.person_id, campus_code=session.campus_code)
    grant_care_relation(
        person_id=appointment.person_id,
        campus_code=session.campus_code,
        user_id=get_clinician(clinician_id=session.clinician_id).user_id,
        source=str(encounter_id),
        now=now,
    )
    attach_charges(source_id=appointment.id, encounter_id=encounter_id)
    return encounter_id


def _queue_position(appointment: AppointmentCard) -> int:
    """The place's number; afternoon and evening count on, so that a doctor's numbers of a day do not repeat."""
    return appointment.slot.number + {"AM": 0, "PM": 100, "EVENING": 200}.get(appointment.slot.session.part, 300)


def check_in(*, encounter_id: UUID, actor: Actor, now: datetime, how: str = "") -> EncounterCard:
    """Puts the patient into the doctor's queue. Checking in again changes nothing (A05).

    `how` goes into the audit trail: by which proof of being here, and never where that was.

    Refusals: `UnknownEncounter`, `UnknownPerson`, `NotYourCampus`, `IllegalTransition`.
    """
    encounter = get_encounter(encounter_id=encounter_id)
    require_access(actor=actor, person_id=encounter.person_id, now=now)
    require_own_campus(actor=actor, campus_code=encounter.campus_code)
    if encounter.state is not EncounterState.CHECKED_IN:
        with acting(actor=actor):
            move_encounter(
                encounter_id=encounter_id, target=EncounterState.CHECKED_IN, actor=actor, now=now, reason=how
            )
            _let_the_old_go_first(encounter=encounter, now=now)
    return get_encounter(encounter_id=encounter_id)


def _let_the_old_go_first(*, encounter: EncounterCard, now: datetime) -> None:
    """By the rule of age, which needs nobody's word; a priority that somebody gave stays."""
    if encounter.priority or encounter.is_green:
        return
    born = get_birth_date(actor=_BY_RULE, person_id=encounter.person_id, now=now)
    today = local_day(now)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age >= ELDERLY_FROM:
        set_priority(encounter_id=encounter.id, priority="ELDERLY", reason=f"age {age}", actor=_BY_RULE, now=now)
