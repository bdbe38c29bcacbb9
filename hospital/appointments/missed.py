"""Places that nobody came to (爽约), and what several of them mean (A04, domain brief 2).

Booking by app is closed for a while; the window and the emergency department never are. The registration desk lifts a
block when a patient appeals, with a reason.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.appointments.errors import NotBlockKeeper, UnknownBlock
from hospital.appointments.models import Appointment, BookingBlock
from hospital.appointments.rules import BLOCKED_FOR, MISSED_BEFORE_BLOCK, MISSED_WITHIN
from hospital.appointments.states import AppointmentState
from hospital.appointments.traces import care_source, leave_trace
from hospital.appointments.types import BlockCard
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.events import record_event
from hospital.patients.api import end_care_relation


def list_missed(*, now: datetime, limit: int = 200) -> list[UUID]:
    """Bookings whose session has ended and whose number was never taken, the oldest first."""
    rows = Appointment.objects.filter(state=AppointmentState.BOOKED, session__ends_at__lte=now)
    return list(rows.order_by("session__ends_at").values_list("pk", flat=True)[:limit])


def mark_missed(*, appointment_id: UUID, actor: Actor, now: datetime) -> bool:
    """BOOKED → NO_SHOW once the session has ended; whether this call did it. The fee is the workflow's.

    The third within 90 days closes booking by app for 30. A place that the window booked does not count.
    """
    with acting(actor=actor):
        due = Appointment.objects.filter(
            pk=appointment_id, state=AppointmentState.BOOKED, session__ends_at__lte=now
        ).select_related("session")
        row = due.select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return False
        row.state, row.ended_at, row.pay_by = AppointmentState.NO_SHOW, now, None
        end_care_relation(person_id=row.person_id, source=care_source(row), now=now)
        row.save(update_fields=["state", "ended_at", "pay_by"])
        leave_trace(appointment_id=row.id, person_id=row.person_id, kind="appointments.no_show", actor=actor, now=now)
        if row.session.service_type != "EMERGENCY":
            _block_if_often(person_id=row.person_id, actor=actor, now=now)
    return True


def _block_if_often(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    last = BookingBlock.objects.filter(person_id=person_id).order_by("-since").first()
    if last is not None and last.until > now and last.lifted_at is None:
        return
    counted_from = max([now - MISSED_WITHIN, *([last.since] if last else [])])  # each place counts once
    missed = Appointment.objects.filter(
        person_id=person_id, state=AppointmentState.NO_SHOW, ended_at__gt=counted_from
    ).exclude(channel="WINDOW")
    count = missed.exclude(session__service_type="EMERGENCY").count()
    if count < MISSED_BEFORE_BLOCK:
        return
    block = BookingBlock.objects.create(person_id=person_id, missed=count, since=now, until=now + BLOCKED_FOR)
    record_event(kind="appointments.blocked", subject_id=str(block.id), person_id=person_id, now=now)
    trace_block("appointments.block", block, actor=actor, now=now)


def list_blocks(*, person_ids: Iterable[UUID], now: datetime) -> list[BlockCard]:
    """The blocks of these people that stand now: why, and until when."""
    rows = BookingBlock.objects.filter(person_id__in=list(person_ids), until__gt=now, lifted_at=None)
    return [card_of(row) for row in rows.order_by("since")]


def get_block(*, block_id: UUID, now: datetime) -> BlockCard:
    """One block that stands now; refuses with `UnknownBlock`."""
    row = BookingBlock.objects.filter(pk=block_id, until__gt=now, lifted_at=None).first()
    if row is None:
        raise UnknownBlock
    return card_of(row)


def card_of(row: BookingBlock) -> BlockCard:
    """The pause as the front door hands it out."""
    return BlockCard(
        id=row.id,
        person_id=row.person_id,
        missed=row.missed,
        since=row.since,
        until=row.until,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
    )


def lift_block(*, block_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """The registration desk lifts a block. Access to the person is the caller's check.

    Refusals: `NotBlockKeeper` (not a registrar, or no reason), `UnknownBlock`.
    """
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.REGISTRAR) or not reason.strip():
        raise NotBlockKeeper
    with acting(actor=actor):
        row = BookingBlock.objects.select_for_update().filter(pk=block_id, until__gt=now, lifted_at=None).first()
        if row is None:
            raise UnknownBlock
        row.lifted_at, row.lifted_by, row.lift_reason = now, actor.id, reason.strip()[:200]
        row.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        record_event(kind="appointments.unblocked", subject_id=str(row.id), person_id=row.person_id, now=now)
        trace_block("appointments.lift_block", row, actor=actor, now=now, reason=row.lift_reason)


def trace_block(action: str, row: BookingBlock, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """The audit entry of a step of a pause."""
    record_act(
        actor=actor,
        action=action,
        subject_kind="booking_block",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"missed": row.missed},
    )
