"""A patient takes the number of today's booking at a partner's machine (取号, A05, X49)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_appointment, list_appointments
from hospital.appointments.errors import UnknownAppointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard, When
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.partners.types import PartnerCard
from hospital.patients.api import IdentifiedPerson
from hospital.patients.errors import UnknownPerson
from hospital.workflows.partner_actor import require_campus
from hospital.workflows.register_at_machine import MachinePatient, identify_patient
from hospital.workflows.visit import take_visit_number

_KEPT = (AppointmentState.BOOKED, AppointmentState.TAKEN)


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A booking whose number was taken, and the visit that came of it."""

    appointment: AppointmentCard
    visit: EncounterCard


def list_bookings_of_today(
    *, patient: MachinePatient, partner: PartnerCard, actor: Actor, now: datetime
) -> tuple[IdentifiedPerson, list[AppointmentCard]]:
    """Who stands at the machine, and their bookings of today at the partner's campuses, in the order of their time.

    Whoever made them, and with the number taken or not. Refuses with `UnknownPatient`.
    """
    person = identify_patient(patient=patient, actor=actor, now=now)
    coming = list_appointments(person_ids=[person.id], when=When.COMING, now=now)
    return person, [each for each in coming if _is_for_today(each, partner, now)]


def _is_for_today(row: AppointmentCard, partner: PartnerCard, now: datetime) -> bool:
    session = row.slot.session
    return row.state in _KEPT and session.held_on == local_day(now) and session.campus_code in partner.campuses


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
