"""Another doctor holds a session that patients have booked (替诊, A04).

They keep place, time and fee: nobody pays more than they were told. Who would rather not come gives the place back
until it begins, for the whole fee (`booking_terms`).
"""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_appointment, list_session_appointments
from hospital.appointments.states import AppointmentState
from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.scheduling.api import substitute_clinician
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.errors import NumbersTaken


def substitute_doctor(*, session_id: UUID, clinician_id: UUID, actor: Actor, now: datetime) -> int:
    """Gives the session to another doctor and tells those who have booked, all or nothing; returns how many they are.

    Refusals: `NumbersTaken` (whoever took a number is handed over by the doctor), and those of `substitute_clinician`.
    """
    with acting(actor=actor):
        if not substitute_clinician(session_id=session_id, clinician_id=clinician_id, actor=actor, now=now):
            return 0
        found = list_session_appointments(session_ids=[session_id])
        begun = sum(each.state is AppointmentState.TAKEN for each in found)
        if begun:
            raise NumbersTaken(count=begun)
        booked = [each for each in found if each.state is AppointmentState.BOOKED]
        for each in booked:
            record_event(kind="appointments.substituted", subject_id=str(each.id), person_id=each.person_id, now=now)
            mail_booking(kind="booking_substituted", appointment=get_appointment(appointment_id=each.id), now=now)
    return len(booked)
