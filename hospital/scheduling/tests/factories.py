"""Clinic sessions for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hospital.encounters.tests.clinic import TEN, make_campus, make_doctor
from hospital.kernel.clock import local_day
from hospital.scheduling.api import open_session
from hospital.scheduling.models import Slot
from hospital.scheduling.types import PoolShare


def make_session(
    *,
    campus: str = "IMC",
    clinician_id: UUID | None = None,
    starts_at: datetime = TEN + timedelta(hours=1),
    places: int = 3,
    capacity: int = 1,
    service_type: str = "INTL",
    service_line: str = "INTL",
    shares: Sequence[PoolShare] = (),
) -> UUID:
    """A session of places of ten minutes each, by default in an hour."""
    make_campus(campus)
    _, clinician = make_doctor(campus=campus)
    return open_session(
        clinician_id=clinician_id or clinician.id,
        department_id=clinician.department_id,
        campus_code=campus,
        room_id=None,
        held_on=local_day(starts_at),
        part="AM",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=10 * places),
        service_type=service_type,
        service_line=service_line,
        registration_item_code="REG-INTL",
        minutes=10,
        capacity=capacity,
        shares=shares,
    )


def make_slot(**facts: object) -> Slot:
    """The first place of a session of one place."""
    session_id = make_session(**{"places": 1, **facts})  # type: ignore[arg-type]
    return Slot.objects.get(session_id=session_id, number=1)
