"""What a step of a booking leaves behind: an event, an audit entry, a care relation."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.models import Appointment
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event


def care_source(row: Appointment) -> str:
    """For what the campus may see the person: the booking as it stands. Each change gives a relation of its own."""
    return f"{row.id}/{row.revision}" if row.revision else str(row.id)


def leave_trace(
    *, appointment_id: UUID, person_id: UUID, kind: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Records a step of a booking."""
    record_event(kind=kind, subject_id=str(appointment_id), person_id=person_id, now=now)
    record_act(
        actor=actor,
        action=kind,
        subject_kind="appointment",
        subject_id=str(appointment_id),
        person_id=person_id,
        reason=reason,
        now=now,
    )
