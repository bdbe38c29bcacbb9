"""The registrar's queue: everybody booked at the campus today, with how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.appointments.api import list_appointments, list_campus_appointments
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.billing.api import list_charges_of_sources
from hospital.billing.states import ChargeState
from hospital.billing.types import ChargeLine, SourceKind
from hospital.encounters.api import list_campus_day, list_person_encounters
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.money import ZERO
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.scheduling.api import list_extra_places_of
from hospital.scheduling.types import ExtraPlaceCard
from hospital.staff_web.registration.words import APPOINTMENT_WORDS, ENCOUNTER_WORDS, EXTRA_WORDS, StateWord

CHECKED_IN = {EncounterState.CHECKED_IN, EncounterState.WAITING, EncounterState.CALLED, EncounterState.IN_CONSULT}

_STANDING = {AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TAKEN}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One booking with its person and, once a number was taken, its visit."""

    person: PersonCard
    appointment: AppointmentCard
    encounter: EncounterCard | None

    @property
    def word(self) -> StateWord:
        """How far it is."""
        if self.encounter is not None:
            return ENCOUNTER_WORDS[self.encounter.state]
        return APPOINTMENT_WORDS[self.appointment.state]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Rows of one kind, in the order of their time."""

    title: Promise
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A booking of one person as the desk can act on it."""

    appointment: AppointmentCard
    encounter: EncounterCard | None
    word: StateWord
    can_take_number: bool
    can_check_in: bool
    can_cancel: bool
    is_to_come: bool
    fee: Decimal | None
    is_paid: bool


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """An extra place of a person with the doctor's answer in words."""

    place: ExtraPlaceCard
    word: StateWord


def list_extras(*, person_id: UUID, now: datetime) -> list[ExtraRow]:
    """What was asked of doctors for a person, and what they said; two statements."""
    places = list_extra_places_of(person_id=person_id, now=now)
    return [ExtraRow(place, EXTRA_WORDS[place.state]) for place in places]


def list_board(*, actor: Actor, now: datetime) -> list[BoardGroup]:
    """Today's bookings of the actor's campus in groups; a fixed number of statements."""
    day = local_day(now)
    appointments = list_campus_appointments(campus_code=actor.campus_code, day=day)
    encounters = _by_appointment(list_campus_day(campus_code=actor.campus_code, day=day))
    people = list_people(actor=actor, person_ids={each.person_id for each in appointments}, now=now)
    rows = [
        BoardRow(people[each.person_id], each, encounters.get(each.id))
        for each in appointments
        if each.person_id in people
    ]
    groups = [
        BoardGroup(_("Expected"), tuple(row for row in rows if row.encounter is None)),
        BoardGroup(_("Number taken"), tuple(row for row in rows if _state(row) is EncounterState.REGISTERED)),
        BoardGroup(_("Checked in"), tuple(row for row in rows if _state(row) in CHECKED_IN)),
        BoardGroup(_("Did not answer"), tuple(row for row in rows if _state(row) is EncounterState.PASSED)),
        BoardGroup(_("Seen"), tuple(row for row in rows if _state(row) is EncounterState.DONE)),
    ]
    return [group for group in groups if group.rows]


def list_visits(*, person_id: UUID, now: datetime) -> list[VisitRow]:
    """A person's bookings, newest first, with what the desk can do about each."""
    encounters = _by_appointment(list_person_encounters(person_id=person_id))
    found = list_appointments(person_ids=[person_id], limit=20)
    charges = list_charges_of_sources(source_ids=[each.id for each in found], source_kind=SourceKind.REGISTRATION)
    return [_visit_row(each, encounters.get(each.id), charges=charges.get(each.id, ()), now=now) for each in found]


def _visit_row(
    appointment: AppointmentCard,
    encounter: EncounterCard | None,
    *,
    charges: tuple[ChargeLine, ...],
    now: datetime,
) -> VisitRow:
    owed = [line for line in charges if line.state is not ChargeState.VOID]
    is_today = appointment.slot.session.held_on == local_day(now)
    is_booked = appointment.state is AppointmentState.BOOKED
    return VisitRow(
        appointment=appointment,
        encounter=encounter,
        word=ENCOUNTER_WORDS[encounter.state] if encounter else APPOINTMENT_WORDS[appointment.state],
        can_take_number=is_booked and is_today,
        can_check_in=encounter is not None
        and encounter.state in {EncounterState.REGISTERED, EncounterState.PASSED}
        and is_today,
        can_cancel=is_booked or appointment.state is AppointmentState.HELD,
        is_to_come=appointment.state in _STANDING and appointment.slot.session.held_on >= local_day(now),
        fee=sum((line.payable for line in owed), ZERO) if owed else None,
        is_paid=all(line.settled_at is not None for line in owed),
    )


def _state(row: BoardRow) -> EncounterState | None:
    return row.encounter.state if row.encounter else None


def _by_appointment(encounters: Iterable[EncounterCard]) -> dict[UUID, EncounterCard]:
    return {each.appointment_id: each for each in encounters if each.appointment_id is not None}
