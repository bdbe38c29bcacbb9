"""Extra places 加号: the doctor's word for one named patient, outside the limit of the session (F45, brief §2).

A registrar asks for a patient, the doctor grants or refuses; a doctor may grant unasked. What is granted is used once
and ends with the session. Its number is of a range of its own.
"""

from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db.models import F, Max, QuerySet

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.conflicts import refusing
from hospital.scheduling.errors import (
    ExtraPlaceDecided,
    ExtraPlaceOpen,
    NotRegistrationDesk,
    NotYourSession,
    SessionOver,
    UnknownExtraPlace,
    UnknownSession,
)
from hospital.scheduling.models import ExtraPlace, RosterSession
from hospital.scheduling.queries import session_cards
from hospital.scheduling.types import ExtraPlaceCard, ExtraPlaceState

FIRST_EXTRA_NUMBER: Final = 901
_OPEN: Final = ("ASKED", "GRANTED")


def ask_extra_place(*, session_id: UUID, person_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """A registrar asks the doctor of a session for a place for a patient. Access to the person is the caller's check.

    Refusals: `NotRegistrationDesk`, `UnknownSession`, `SessionOver`, `ExtraPlaceOpen` (one is asked for or granted).
    """
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.REGISTRAR):
        raise NotRegistrationDesk
    with acting(actor=actor), refusing({"one_open_extra_place": ExtraPlaceOpen()}):
        session = _lock_session(session_id, now)
        row = ExtraPlace.objects.create(
            session=session,
            person_id=person_id,
            state="ASKED",
            reason=reason.strip()[:200],
            asked_by=actor.id,
            asked_at=now,
            expires_at=session.ends_at,
        )
        _trace("scheduling.ask_extra", row, actor=actor, now=now, reason=row.reason)
    return row.id


def grant_extra_place(*, session_id: UUID, person_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """The doctor of a session gives a patient a place unasked. Access to the person is the caller's check.

    Refusals: `UnknownSession`, `SessionOver`, `NotYourSession`, `ExtraPlaceOpen`.
    """
    with acting(actor=actor), refusing({"one_open_extra_place": ExtraPlaceOpen()}):
        session = _lock_session(session_id, now)
        _require_own(session, actor)
        row = ExtraPlace.objects.create(
            session=session,
            person_id=person_id,
            state="GRANTED",
            number=_next_number(session),
            reason=reason.strip()[:200],
            asked_by=actor.id,
            asked_at=now,
            decided_by=actor.id,
            decided_at=now,
            expires_at=session.ends_at,
        )
        _trace("scheduling.grant_extra", row, actor=actor, now=now, reason=row.reason)
    return row.id


def decide_extra_place(*, extra_id: UUID, is_granted: bool, actor: Actor, now: datetime) -> None:
    """The doctor grants or refuses what was asked for, or takes back what was granted and not used.

    Refusals: `UnknownExtraPlace`, `NotYourSession`, `SessionOver` (to a grant), `ExtraPlaceDecided`.
    """
    with acting(actor=actor):
        found = ExtraPlace.objects.filter(pk=extra_id).first()
        if found is None:
            raise UnknownExtraPlace
        session = _lock_session(found.session_id, now if is_granted else None)
        _require_own(session, actor)
        row = ExtraPlace.objects.select_for_update().get(pk=extra_id)
        if row.state not in (("ASKED",) if is_granted else _OPEN):
            raise ExtraPlaceDecided
        row.state = "GRANTED" if is_granted else "REFUSED"
        row.number = _next_number(session) if is_granted else row.number
        row.decided_by, row.decided_at = actor.id, now
        row.save(update_fields=["state", "number", "decided_by", "decided_at"])
        _trace(f"scheduling.{'grant' if is_granted else 'refuse'}_extra", row, actor=actor, now=now)


def list_extra_places_of(*, person_id: UUID, now: datetime) -> list[ExtraPlaceCard]:
    """What was asked for or granted to a person in sessions that are not over, soonest first."""
    return _cards(ExtraPlace.objects.filter(person_id=person_id, expires_at__gt=now).exclude(state="USED"))


def list_extra_places_with(*, clinician_user_id: UUID, now: datetime) -> list[ExtraPlaceCard]:
    """What a doctor was asked for or gave in sessions that are not over; what waits for an answer first."""
    rows = ExtraPlace.objects.filter(session__clinician__user_id=clinician_user_id, expires_at__gt=now)
    return sorted(_cards(rows), key=lambda card: card.state != "ASKED")


def count_extra_places_asked(*, clinician_user_id: UUID, now: datetime) -> int:
    """How many wait for a doctor's answer."""
    rows = ExtraPlace.objects.filter(session__clinician__user_id=clinician_user_id, expires_at__gt=now, state="ASKED")
    return rows.count()


def _cards(rows: QuerySet[ExtraPlace]) -> list[ExtraPlaceCard]:
    listed = list(rows.order_by(F("session__starts_at"), "asked_at"))
    sessions = session_cards({row.session_id for row in listed})
    return [
        ExtraPlaceCard(
            id=row.id,
            session=sessions[row.session_id],
            person_id=row.person_id,
            state=cast(ExtraPlaceState, row.state),
            number=row.number,
            reason=row.reason,
            asked_at=row.asked_at,
            decided_at=row.decided_at,
            expires_at=row.expires_at,
        )
        for row in listed
    ]


def _lock_session(session_id: UUID, now: datetime | None) -> RosterSession:
    """One after the other in a session, so that each has a number of its own."""
    session = RosterSession.objects.select_for_update(of=("self",)).select_related("clinician").filter(pk=session_id)
    found = session.first()
    if found is None:
        raise UnknownSession
    if now is not None and (found.is_stopped or found.ends_at <= now):
        raise SessionOver
    return found


def _require_own(session: RosterSession, actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF or str(session.clinician.user_id) != actor.id:
        raise NotYourSession


def _next_number(session: RosterSession) -> int:
    last = ExtraPlace.objects.filter(session=session).aggregate(last=Max("number"))["last"]
    return FIRST_EXTRA_NUMBER if last is None else int(last) + 1


def _trace(action: str, row: ExtraPlace, *, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="extra_place",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        reason=reason,
        details={"session": str(row.session_id), "number": row.number or 0},
    )
