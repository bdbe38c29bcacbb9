"""A patient arrives and checks in by telephone: with the code of the waiting area, or by being near enough (A05).

The telephone's place is asked for at that moment, decides, and is forgotten: neither row, event, log nor audit trail
holds it. The trail says "code" or "within".
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from hospital.appointments.api import list_current_appointments
from hospital.appointments.errors import UnknownAppointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.campuses.api import Presence, get_campus, judge_presence, list_campuses
from hospital.encounters.api import (
    AreaCard,
    find_area_of_code,
    list_areas_of_departments,
    list_encounters_of_appointments,
)
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import both_names, list_linked_people
from hospital.workflows.errors import (
    CheckInByCodeOnly,
    CheckInElsewhere,
    CheckInPlaceUnsure,
    CheckInTooEarly,
    CheckInTooFar,
    NothingToCheckIn,
    NumberNotTaken,
)
from hospital.workflows.visit import check_in, take_visit_number

OPENS_BEFORE: Final = timedelta(hours=2)  # before the appointed time; an emergency is never too early
BY_CODE: Final = "code"
BY_PLACE: Final = "within"
_ROUGH: Final = 100  # meters; to whom it is shown, a distance is no more exact
_KEPT = frozenset({AppointmentState.BOOKED, AppointmentState.TAKEN})
_CHECKS_IN = frozenset({EncounterState.REGISTERED, EncounterState.PASSED, EncounterState.AWAY})


class ArrivalState(StrEnum):
    """How far a visit of today is for whoever arrives."""

    READY = "READY"
    NO_NUMBER = "NO_NUMBER"
    EARLY = "EARLY"
    DONE = "DONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A visit of today. `name` is the patient's, as who asks may read it; `knows_place`: its campus was measured."""

    name: BilingualText
    appointment: AppointmentCard
    visit: EncounterCard | None
    area: AreaCard | None
    state: ArrivalState
    opens_at: datetime
    knows_place: bool

    @property
    def department_id(self) -> UUID:
        """Where it is now: a transfer changes the department of the visit, not of the booking."""
        return self.visit.department_id if self.visit else self.appointment.slot.session.department_id

    @property
    def place(self) -> BilingualText:
        """The waiting area, or the department where there is none."""
        if self.area:
            return self.area.name
        return self.visit.department_name if self.visit else self.appointment.slot.session.department_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn:
    """What came of a check-in. Several visits fit: `choices` has them and nobody was checked in."""

    arrival: Arrival | None = None
    visit: EncounterCard | None = None
    was_done: bool = False
    choices: tuple[Arrival, ...] = ()


def list_arrivals(*, actor: Actor, now: datetime) -> list[Arrival]:
    """The visits of today of the account's people, the earliest first; a fixed number of statements."""
    linked = list_linked_people(actor=actor, now=now)
    return list_arrivals_of(names={each.person.id: both_names(each.person.name) for each in linked}, now=now)


def list_arrivals_of(*, names: Mapping[UUID, BilingualText], now: datetime) -> list[Arrival]:
    """The visits of today of these people, by the id of each; whoever asks has the right to know."""
    today = local_day(now)
    current = list_current_appointments(person_ids=names, since=today, now=now) if names else []
    bookings = [card for card in current if card.slot.session.held_on == today and card.state in _KEPT]
    visits = list_encounters_of_appointments(appointment_ids=[card.id for card in bookings])
    kept = [card for card in bookings if not _is_cancelled(visits.get(card.id))]
    areas = list_areas_of_departments(
        department_ids=[
            visits[card.id].department_id if card.id in visits else card.slot.session.department_id for card in kept
        ]
    )
    measured = {campus.code for campus in list_campuses() if campus.site} if kept else frozenset()
    return [_arrival(names, card, visits.get(card.id), areas, measured, now) for card in kept]


def _is_cancelled(visit: EncounterCard | None) -> bool:
    return visit is not None and visit.state is EncounterState.CANCELLED


def _arrival(
    names: Mapping[UUID, BilingualText],
    card: AppointmentCard,
    visit: EncounterCard | None,
    areas: Mapping[UUID, AreaCard],
    measured: AbstractSet[str],
    now: datetime,
) -> Arrival:
    session = card.slot.session
    opens_at = card.slot.starts_at - OPENS_BEFORE
    return Arrival(
        name=names[card.person_id],
        appointment=card,
        visit=visit,
        area=areas.get(visit.department_id if visit else session.department_id),
        state=_state(visit, is_open=now >= opens_at or session.service_type == "EMERGENCY"),
        opens_at=opens_at,
        knows_place=session.campus_code in measured,
    )


def _state(visit: EncounterCard | None, *, is_open: bool) -> ArrivalState:
    if visit and visit.state not in _CHECKS_IN:
        return ArrivalState.DONE
    if visit and visit.state is not EncounterState.REGISTERED:
        return ArrivalState.READY
    if not is_open:
        return ArrivalState.EARLY
    return ArrivalState.READY if visit else ArrivalState.NO_NUMBER


def check_in_by_code(
    *, code: str, appointment_id: UUID | None = None, takes_number: bool = False, actor: Actor, now: datetime
) -> CheckedIn:
    """Checks in the one visit of today that belongs to the area of this code, or the one that was chosen.

    `takes_number` takes the number first where it is missing. Checking in again says that it was done. Refusals:
    `UnknownCheckInCode`, `NothingToCheckIn`, `CheckInElsewhere`, `UnknownAppointment`, `CheckInTooEarly`,
    `NumberNotTaken`.
    """
    area = find_area_of_code(code=code, now=now)
    arrivals = list_arrivals(actor=actor, now=now)
    chosen = [find_arrival(arrivals, appointment_id)] if appointment_id else arrivals
    here = [each for each in chosen if each.area and each.area.code == area.code]
    if not here:
        _refuse_elsewhere(area, chosen)
    left = [each for each in here if each.state is not ArrivalState.DONE]
    can_now = [each for each in left if each.state is not ArrivalState.EARLY] or left or here[:1]
    if len(can_now) > 1:
        return CheckedIn(choices=tuple(can_now))
    return check_in_arrival(can_now[0], takes_number=takes_number, how=BY_CODE, actor=actor, now=now)


def check_in_by_place(
    *,
    appointment_id: UUID,
    latitude: float,
    longitude: float,
    accuracy: float,
    takes_number: bool = False,
    actor: Actor,
    now: datetime,
) -> CheckedIn:
    """Checks in a visit of today where the telephone is surely within the campus's radius; nothing of it is kept.

    Degrees of WGS 84, `accuracy` in meters. Refusals: `UnknownAppointment`, `CheckInByCodeOnly`, `CheckInTooFar`,
    `CheckInPlaceUnsure`, `CheckInTooEarly`, `NumberNotTaken`.
    """
    arrival = find_arrival(list_arrivals(actor=actor, now=now), appointment_id)
    campus = get_campus(code=arrival.appointment.slot.session.campus_code)
    if campus.site is None:
        raise CheckInByCodeOnly
    presence, meters = judge_presence(site=campus.site, latitude=latitude, longitude=longitude, accuracy=accuracy)
    if presence is Presence.AWAY:
        raise CheckInTooFar(distance=say_distance(meters), campus=campus.short)
    if presence is Presence.UNSURE:
        raise CheckInPlaceUnsure(accuracy=say_distance(accuracy))
    return check_in_arrival(arrival, takes_number=takes_number, how=BY_PLACE, actor=actor, now=now)


def say_distance(meters: float) -> BilingualText:
    """600 m; 12 km. Rounded to what a telephone can know."""
    if meters < 1_000 - _ROUGH / 2:
        rounded = max(_ROUGH, round(meters / _ROUGH) * _ROUGH)
        return BilingualText(f"{rounded} 米", f"{rounded} m")
    kilometers = f"{meters / 1_000:.1f}" if meters < 10_000 else f"{meters / 1_000:,.0f}"
    return BilingualText(f"{kilometers} 公里", f"{kilometers} km")


def find_arrival(arrivals: list[Arrival], appointment_id: UUID) -> Arrival:
    """The one of this booking. Refuses with `UnknownAppointment`."""
    found = next((each for each in arrivals if each.appointment.id == appointment_id), None)
    if found is None:
        raise UnknownAppointment
    return found


def _refuse_elsewhere(area: AreaCard, arrivals: list[Arrival]) -> None:
    left = [each for each in arrivals if each.state is not ArrivalState.DONE] or arrivals
    if not left:
        raise NothingToCheckIn
    session = left[0].appointment.slot.session
    raise CheckInElsewhere(area=area.name, place=left[0].place, campus=session.campus_name)


def check_in_arrival(arrival: Arrival, *, takes_number: bool, how: str, actor: Actor, now: datetime) -> CheckedIn:
    """Checks in who was shown to be here, `how` says by what. Refusals: `CheckInTooEarly`, `NumberNotTaken`."""
    visit = arrival.visit
    if arrival.state is ArrivalState.DONE:
        return CheckedIn(arrival=arrival, visit=visit, was_done=True)
    if arrival.state is ArrivalState.EARLY:
        raise CheckInTooEarly(opens=f"{arrival.opens_at.astimezone(SHANGHAI):%H:%M}")
    if visit is None:
        if not takes_number:
            raise NumberNotTaken(appointment_id=arrival.appointment.id)
        visit = take_visit_number(appointment_id=arrival.appointment.id, actor=actor, now=now)
    return CheckedIn(arrival=arrival, visit=check_in(encounter_id=visit.id, actor=actor, now=now, how=how))
