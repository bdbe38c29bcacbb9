"""A patient rates a visit that is over (A16)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.encounters.api import RatingCard, find_rating, get_encounter_of_appointment, rate_visit
from hospital.encounters.errors import RatingNotYet
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access


def rate_booked_visit(*, appointment_id: UUID, stars: int, words: str, actor: Actor, now: datetime) -> RatingCard:
    """Keeps the rating of the visit that came of a booking. Refusals: `UnknownAppointment`, `UnknownPerson`, and those
    of `rate_visit`.
    """
    encounter_id = _visit_of(appointment_id, actor=actor, now=now)
    if encounter_id is None:
        raise RatingNotYet
    return rate_visit(encounter_id=encounter_id, stars=stars, words=words, actor=actor, now=now)


def get_rating_of_booking(*, appointment_id: UUID, actor: Actor, now: datetime) -> RatingCard | None:
    """What was said of it, if anything. Refusals: `UnknownAppointment`, `UnknownPerson`."""
    encounter_id = _visit_of(appointment_id, actor=actor, now=now)
    return find_rating(encounter_id=encounter_id) if encounter_id else None


def _visit_of(appointment_id: UUID, *, actor: Actor, now: datetime) -> UUID | None:
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    visit = get_encounter_of_appointment(appointment_id=appointment_id)
    return visit.id if visit else None
