"""Writes of special-need service: preferences, coordinators, and requests from asking to done."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hospital.accounts.api import list_role_holders
from hospital.assistance.access import lock_request, require_asker, require_assistance_desk
from hospital.assistance.errors import (
    AlreadyAsked,
    ArrangementNeeded,
    AssistanceIncomplete,
    AssistanceInPast,
    AssistanceMoved,
    InterpreterBusy,
    InterpreterUnfit,
    NotACoordinator,
    ReasonNeeded,
    TooManyAssistance,
)
from hospital.assistance.messages import tell_arranged, tell_declined
from hospital.assistance.models import AssistanceRequest, Coordination, Interpreter, PersonPreferences
from hospital.assistance.rules import count_paid_hours
from hospital.assistance.states import ASSISTANCE_TRANSITIONS, OPEN, AssistanceState
from hospital.assistance.types import AssistanceKind, HoursToCharge, NewAssistance, Preferences
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, Role
from hospital.kernel.conflicts import refusing
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.patients.api import end_care_relation, grant_care_relation

LONGEST: Final = timedelta(hours=12)
MOST_OPEN: Final = 10


def set_preferences(
    *, person_id: UUID, campus_code: str, preferences: Preferences, actor: Actor, now: datetime
) -> None:
    """How a person wants to be cared for, at every desk of every campus (N03).

    Refusals: `UnknownPerson`, `NoCareRelation`, `NotAssistanceDesk`.
    """
    require_asker(actor=actor, person_id=person_id, campus_code=campus_code, now=now)
    values = {
        "diet": preferences.diet,
        "mobility": preferences.mobility,
        "clinician_sex": preferences.clinician_sex,
        "is_name_private": preferences.is_name_private,
        "note": preferences.note.strip()[:300],
        "updated_at": now,
    }
    with acting(actor=actor):
        PersonPreferences.objects.update_or_create(person_id=person_id, defaults=values)
        record_act(
            actor=actor,
            action="assistance.set_preferences",
            subject_kind="person",
            subject_id=str(person_id),
            person_id=person_id,
            now=now,
        )


def assign_coordinator(
    *, person_id: UUID, campus_code: str, coordinator_id: UUID | None, actor: Actor, now: datetime
) -> None:
    """Who looks after a person at a campus from now on; None: nobody any more. The same one again changes nothing.

    Refusals: `NoCareRelation`, `NotAssistanceDesk`, `NotACoordinator`.
    """
    require_asker(actor=actor, person_id=person_id, campus_code=campus_code, now=now)
    require_assistance_desk(actor=actor, campus_code=campus_code)
    if coordinator_id is not None and coordinator_id not in list_role_holders(
        role=Role.COORDINATOR, campus_code=campus_code
    ):
        raise NotACoordinator
    current = Coordination.objects.filter(person_id=person_id, campus_id=campus_code, until=None)
    with acting(actor=actor), refusing({"one_coordinator": AssistanceMoved()}):
        if coordinator_id is not None and current.filter(coordinator_id=coordinator_id).exists():
            return
        current.update(until=now)
        if coordinator_id is not None:
            Coordination.objects.create(
                person_id=person_id, campus_id=campus_code, coordinator_id=coordinator_id, since=now
            )
        record_act(
            actor=actor,
            action="assistance.assign_coordinator",
            subject_kind="person",
            subject_id=str(person_id),
            person_id=person_id,
            now=now,
            details={"coordinator": str(coordinator_id or "")},
        )


def ask_assistance(*, new: NewAssistance, actor: Actor, now: datetime) -> UUID:
    """Asks for help; the same key again returns the same request. The campus may see the person until it has ended.

    Refusals: `UnknownPerson`, `NoCareRelation`, `NotAssistanceDesk`, `AssistanceIncomplete`, `AssistanceInPast`,
    `AlreadyAsked`, `TooManyAssistance`.
    """
    require_asker(actor=actor, person_id=new.person_id, campus_code=new.campus_code, now=now)
    mine = AssistanceRequest.objects.filter(person_id=new.person_id)
    known = mine.filter(key=new.key).values_list("id", flat=True).first()
    if known is not None:
        return known
    _check(new, now=now)
    if mine.filter(state__in=OPEN).count() >= MOST_OPEN:
        raise TooManyAssistance(limit=MOST_OPEN)
    conflicts = {"assistance_asked_once": AlreadyAsked(), "assistance_once_a_key": AlreadyAsked()}
    with acting(actor=actor), refusing(conflicts):
        row = AssistanceRequest.objects.create(
            person_id=new.person_id,
            campus_id=new.campus_code,
            appointment_id=new.appointment_id,
            key=new.key,
            kind=new.kind,
            state=AssistanceState.REQUESTED,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            language=new.language if new.kind is AssistanceKind.INTERPRETER else "",
            from_place=new.from_place.strip()[:200],
            to_place=new.to_place.strip()[:200],
            note=new.note.strip()[:300],
            created_at=now,
        )
        grant_care_relation(person_id=new.person_id, campus_code=new.campus_code, source=_source(row), now=now)
        _leave_trace(row, kind="assistance.asked", actor=actor, now=now)
    return row.id


def _check(new: NewAssistance, *, now: datetime) -> None:
    lacks_language = new.kind is AssistanceKind.INTERPRETER and not new.language
    lacks_place = new.kind is AssistanceKind.TRANSPORT and not new.from_place.strip()
    if lacks_language or lacks_place:
        raise AssistanceIncomplete
    if new.ends_at <= now or new.ends_at <= new.starts_at or new.ends_at - new.starts_at > LONGEST:
        raise AssistanceInPast


def arrange_assistance(
    *,
    request_id: UUID,
    version: int,
    interpreter_id: UUID | None,
    arrangement: BilingualText,
    actor: Actor,
    now: datetime,
) -> None:
    """Settles who comes or what will be there, and tells the patient. Arranging again puts somebody else in.

    Refusals: `UnknownAssistance`, `NotAssistanceDesk`, `AssistanceMoved`, `IllegalTransition`, `InterpreterUnfit`,
    `InterpreterBusy` (the exclusion constraint decides), `ArrangementNeeded`.
    """
    with acting(actor=actor), refusing({"interpreter_with_one_patient": InterpreterBusy()}):
        row = lock_request(request_id=request_id, actor=actor, now=now)
        interpreter = _fit_interpreter(row, interpreter_id)
        if interpreter is None and not (arrangement.zh.strip() and arrangement.en.strip()):
            raise ArrangementNeeded
        _move(
            row,
            target=AssistanceState.ARRANGED,
            version=version,
            interpreter=interpreter,
            arrangement_zh=arrangement.zh.strip()[:200],
            arrangement_en=arrangement.en.strip()[:200],
            arranged_at=now,
        )
        _leave_trace(row, kind="assistance.arranged", actor=actor, now=now)
        tell_arranged(row, now=now)


def _fit_interpreter(row: AssistanceRequest, interpreter_id: UUID | None) -> Interpreter | None:
    if row.kind != AssistanceKind.INTERPRETER:
        return None
    if interpreter_id is None:
        raise InterpreterUnfit
    fit = Interpreter.objects.filter(
        pk=interpreter_id, campus_id=row.campus_id, is_active=True, languages__contains=[row.language]
    ).first()
    if fit is None:
        raise InterpreterUnfit
    return fit


def decline_assistance(*, request_id: UUID, version: int, reason: BilingualText, actor: Actor, now: datetime) -> None:
    """Says that the hospital cannot, with the reason that the patient reads.

    Refusals: `UnknownAssistance`, `NotAssistanceDesk`, `ReasonNeeded`, `AssistanceMoved`, `IllegalTransition`.
    """
    if not (reason.zh.strip() and reason.en.strip()):
        raise ReasonNeeded
    with acting(actor=actor):
        row = lock_request(request_id=request_id, actor=actor, now=now)
        require_assistance_desk(actor=actor, campus_code=row.campus_id)
        _end(row, target=AssistanceState.DECLINED, version=version, reason=reason, now=now)
        _leave_trace(row, kind="assistance.declined", actor=actor, now=now, reason=reason.zh)
        tell_declined(row, now=now)


def cancel_assistance(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """The patient needs it no more. Canceling twice changes nothing.

    Refusals: `UnknownAssistance`, `NotAssistanceDesk`, `IllegalTransition` (done or declined).
    """
    with acting(actor=actor):
        row = lock_request(request_id=request_id, actor=actor, now=now)
        if row.state == AssistanceState.CANCELLED:
            return
        _end(row, target=AssistanceState.CANCELLED, version=row.version, reason=BilingualText(""), now=now)
        _leave_trace(row, kind="assistance.cancelled", actor=actor, now=now)


def end_assistance_of(*, appointment_id: UUID, actor: Actor, now: datetime) -> int:
    """Cancels what was asked for a booking that came to nothing; how many requests. Again changes nothing."""
    with acting(actor=actor):
        rows = list(AssistanceRequest.objects.select_for_update().filter(appointment_id=appointment_id, state__in=OPEN))
        for row in rows:
            _end(row, target=AssistanceState.CANCELLED, version=row.version, reason=BilingualText(""), now=now)
            _leave_trace(row, kind="assistance.cancelled", actor=actor, now=now)
    return len(rows)


def finish_assistance(
    *, request_id: UUID, version: int, ended_at: datetime | None, actor: Actor, now: datetime
) -> HoursToCharge | None:
    """The help was given. `ended_at`: when an interpreter left; returns the hours to be charged, None where none are.

    In the caller's transaction, which charges them (`workflows.finish_assistance`).

    Refusals: `UnknownAssistance`, `NotAssistanceDesk`, `AssistanceMoved`, `IllegalTransition`.
    """
    with acting(actor=actor):
        row = lock_request(request_id=request_id, actor=actor, now=now)
        require_assistance_desk(actor=actor, campus_code=row.campus_id)
        hours = None
        comes = row.interpreter
        if comes is not None and ended_at is not None:
            hours = count_paid_hours(starts_at=row.starts_at, ends_at=ended_at)
        _move(row, target=AssistanceState.DONE, version=version, done_hours=hours, ended_at=now)
        end_care_relation(person_id=row.person_id, source=_source(row), now=now)
        _leave_trace(row, kind="assistance.done", actor=actor, now=now)
    if hours is None or comes is None or not comes.fee_item_code:
        return None
    return HoursToCharge(comes.fee_item_code, hours, row.appointment_id)


def _end(
    row: AssistanceRequest, *, target: AssistanceState, version: int, reason: BilingualText, now: datetime
) -> None:
    _move(
        row,
        target=target,
        version=version,
        end_reason_zh=reason.zh.strip()[:200],
        end_reason_en=reason.en.strip()[:200],
        ended_at=now,
    )
    end_care_relation(person_id=row.person_id, source=_source(row), now=now)


def _move(row: AssistanceRequest, *, target: AssistanceState, version: int, **changes: Any) -> None:
    """The transition of a locked row. `version` is what the desk looked at."""
    if row.version != version:
        raise AssistanceMoved
    ASSISTANCE_TRANSITIONS.check(current=AssistanceState(row.state), target=target)
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = target
    row.version += 1
    row.save(update_fields=[*changes, "state", "version"])


def _source(row: AssistanceRequest) -> str:
    return str(row.id)


def _leave_trace(row: AssistanceRequest, *, kind: str, actor: Actor, now: datetime, reason: str = "") -> None:
    record_event(
        kind=kind,
        subject_id=str(row.appointment_id or row.id),
        person_id=row.person_id,
        now=now,
        facts={"kind": row.kind},
    )
    record_act(
        actor=actor,
        action=kind,
        subject_kind="assistance",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"kind": row.kind},
    )
