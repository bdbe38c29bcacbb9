"""Writes of supply."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from hospital.scheduling.models import RosterSession, Slot


def open_session(
    *,
    clinician_id: UUID,
    department_id: UUID,
    campus_code: str,
    room_id: UUID | None,
    held_on: date,
    part: str,
    starts_at: datetime,
    ends_at: datetime,
    service_type: str,
    service_line: str,
    registration_item_code: str,
    minutes: int,
    capacity: int = 1,
) -> UUID:
    """A session with one numbered place every `minutes`. A clinician in two places is refused by the database."""
    with transaction.atomic():
        session = RosterSession.objects.create(
            clinician_id=clinician_id,
            department_id=department_id,
            campus_id=campus_code,
            room_id=room_id,
            held_on=held_on,
            part=part,
            starts_at=starts_at,
            ends_at=ends_at,
            service_type=service_type,
            service_line=service_line,
            registration_item_code=registration_item_code,
        )
        step = timedelta(minutes=minutes)
        Slot.objects.bulk_create(
            Slot(
                session=session,
                number=index + 1,
                starts_at=starts_at + index * step,
                ends_at=starts_at + (index + 1) * step,
                capacity=capacity,
            )
            for index in range(int((ends_at - starts_at) / step))
        )
    return session.id
