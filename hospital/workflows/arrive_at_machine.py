"""A patient arrives at a machine: takes the number of today's booking (取号) and checks in (签到, A05, W23, X49)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.appointments.errors import UnknownAppointment
from hospital.appointments.types import AppointmentCard
from hospital.encounters.api import count_waiting_before
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.partners.errors import MachineNotOnSite
from hospital.partners.types import PartnerCard
from hospital.patients.api import IdentifiedPerson
from hospital.patients.errors import UnknownPerson
from hospital.workflows.arrive import Arrival, check_in_arrival, find_arrival, list_arrivals_of
from hospital.workflows.errors import NumberNotToday
from hospital.workflows.partner_actor import require_campus
from hospital.workflows.register_at_machine import MachinePatient, identify_patient
from hospital.workflows.visit import take_visit_number

BY_MACHINE: Final = "machine"
_NOBODY: Final = BilingualText("", "")


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A booking whose number was taken, and the visit that came of it."""

    appointment: AppointmentCard
    visit: EncounterCard


@dataclass(frozen=True, slots=True)
class CheckedInAtMachine:
    """Who waits now, and where. `before` are called first, None once the patient is called or was seen."""

    appointment: AppointmentCard
    visit: EncounterCard
    place: BilingualText
    before: int | None


def list_bookings_of_today(
    *, patient: MachinePatient, partner: PartnerCard, actor: Actor, now: datetime
) -> tuple[IdentifiedPerson, list[Arrival]]:
    """Who stands at the machine, and their bookings of today at the partner's campuses, in the order of their time.

    Whoever made them, and with the number taken or not. Refuses with `UnknownPatient`.
    """
    person = identify_patient(patient=patient, actor=actor, now=now)
    coming = list_arrivals_of(names={person.id: person.masked_name}, now=now)
    return person, [each for each in coming if each.appointment.slot.session.campus_code in partner.campuses]


def take_number_at_machine(*, appointment_id: UUID, partner: PartnerCard, actor: Actor, now: datetime) -> TakenNumber:
    """Takes the number of a booking of today; taking it again gives the same one.

    The id is the booking's code: it stands in the QR code of the app and of the slip, and cannot be guessed. Refuses
    with `UnknownAppointment` (none, or one out of the partner's sight), `CampusNotAllowed`, `NumberNotToday` and
    `NotBooked`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_campus(partner=partner, campus_code=appointment.slot.session.campus_code)
    try:
        visit = take_visit_number(appointment_id=appointment_id, actor=actor, now=now)
    except UnknownPerson:
        raise UnknownAppointment from None
    return TakenNumber(appointment=get_appointment(appointment_id=appointment_id), visit=visit)


def check_in_at_machine(
    *, appointment_id: UUID, partner: PartnerCard, actor: Actor, now: datetime
) -> CheckedInAtMachine:
    """Checks in who touches a machine that stands in the hospital, with their number taken first where it is missing.

    Checking in again changes nothing and tells the same. Refusals: `MachineNotOnSite`, `UnknownAppointment`,
    `CampusNotAllowed`, `NumberNotToday`, `NotBooked`, `CheckInTooEarly`.
    """
    if not partner.is_on_site:
        raise MachineNotOnSite
    appointment = get_appointment(appointment_id=appointment_id)
    session = appointment.slot.session
    require_campus(partner=partner, campus_code=session.campus_code)
    if session.held_on != local_day(now):
        raise NumberNotToday(day=session.held_on.isoformat())
    arrivals = list_arrivals_of(names={appointment.person_id: _NOBODY}, now=now)
    arrival = find_arrival(arrivals, appointment_id)
    try:
        done = check_in_arrival(arrival, takes_number=True, how=BY_MACHINE, actor=actor, now=now)
    except UnknownPerson:
        raise UnknownAppointment from None
    if done.visit is None:
        raise UnknownAppointment
    waits = done.visit.state is EncounterState.CHECKED_IN
    return CheckedInAtMachine(
        appointment=get_appointment(appointment_id=appointment_id),
        visit=done.visit,
        place=arrival.place,
        before=count_waiting_before(encounter=done.visit) if waits else None,
    )
