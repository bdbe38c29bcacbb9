"""A session is called off (停诊), and what it does to its places.

The session stops first, in one transaction with its places: they are released to nobody any more. A booking that is
being made at this instant holds the row of its place until it is committed, so that it either stands before the stop
and is called off with the others, or finds the place closed. Bookings are then called off one by one
(`workflows.call_off_session`), which may be broken off and run again.
"""

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.queue import defer_task
from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import SessionOver, SessionStoppedAlready, StopReasonMissing, UnknownSession
from hospital.scheduling.models import ExtraPlace, RosterSession, Slot
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.types import TakenPlace

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


def stop_session(*, session_id: UUID, reason: BilingualText, actor: Actor, now: datetime) -> None:
    """Stops a session, and queues the calling off of its bookings.

    Nothing is changed by its refusals: `UnknownSession`, `NotRosterClerk`, `StopReasonMissing`, `SessionOver`,
    `SessionStoppedAlready`.
    """
    with acting(actor=actor):
        row = RosterSession.objects.filter(pk=session_id).first()
        if row is None:
            raise UnknownSession
        require_roster_clerk(actor=actor, campus_code=row.campus_id)
        if not (reason.zh.strip() and reason.en.strip()):
            raise StopReasonMissing
        if row.ends_at <= now:
            raise SessionOver
        stopped = RosterSession.objects.filter(pk=session_id, is_stopped=False).update(
            is_stopped=True,
            stopped_at=now,
            stop_reason_zh=reason.zh.strip()[:200],
            stop_reason_en=reason.en.strip()[:200],
        )
        if not stopped:
            raise SessionStoppedAlready
        close_places(session_id=session_id, actor=actor, now=now)
        record_act(
            actor=actor,
            action="scheduling.stop",
            subject_kind="clinic_session",
            subject_id=str(session_id),
            reason=reason.zh.strip()[:200],
            now=now,
        )
        defer_task("workflows.call_off_session", session_id=str(session_id))


def get_stop_reason(*, session_id: UUID) -> BilingualText:
    """Why a session was called off, as its patients read it; empty for one that was not."""
    row = RosterSession.objects.only("stop_reason_zh", "stop_reason_en").get(pk=session_id)
    return BilingualText(row.stop_reason_zh, row.stop_reason_en)


def close_places(*, session_id: UUID, actor: Actor, now: datetime) -> None:
    """No place of a session is released to anybody any more, in the caller's transaction."""
    # In the order of their numbers, as whoever moves a booking locks them.
    list(Slot.objects.select_for_update().filter(session_id=session_id).order_by("pk").values_list("pk"))
    Slot.objects.filter(session_id=session_id).update(opens_at=NEVER, is_returning=False)
    ExtraPlace.objects.filter(session_id=session_id, state__in=["ASKED", "GRANTED"]).update(
        state="REFUSED", decided_by=actor.id, decided_at=now
    )


def close_day(*, campus_code: str, day: date, reason: BilingualText, actor: Actor, now: datetime) -> int:
    """Stops every session of a campus on a day that is not over, all or none; returns how many.

    Refusals: `NotRosterClerk`, `StopReasonMissing`.
    """
    require_roster_clerk(actor=actor, campus_code=campus_code)
    with acting(actor=actor):
        sessions = RosterSession.objects.filter(campus_id=campus_code, held_on=day, is_stopped=False, ends_at__gt=now)
        ids = list(sessions.select_for_update().order_by("pk").values_list("pk", flat=True))
        for session_id in ids:
            stop_session(session_id=session_id, reason=reason, actor=actor, now=now)
    return len(ids)


def take_any_place(*, slot_id: int, now: datetime) -> TakenPlace | None:
    """Takes a numbered place of any pool, released or not, in the transaction of a booking with priority; or None."""
    free = Slot.objects.filter(
        pk=slot_id,
        is_extra=False,
        taken__lt=F("capacity"),
        starts_at__gt=now,
        opens_at__lt=NEVER,
        session__is_stopped=False,
    )
    if not free.update(taken=F("taken") + 1):
        return None
    slot = Slot.objects.select_related("session").get(pk=slot_id)
    return TakenPlace(session_id=slot.session_id, campus_code=slot.session.campus_id, starts_at=slot.starts_at)
