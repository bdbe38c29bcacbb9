"""Sessions: recorded once, by whoever was first; a treatment is stopped with a reason (D54)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.kernel.events import record_event
from hospital.treatments.errors import (
    NotTreatmentStaff,
    ReactionNoteMissing,
    SessionNotDue,
    SessionTaken,
    StopReasonMissing,
    TreatmentEnded,
    UnknownTreatment,
)
from hospital.treatments.models import Treatment, TreatmentSession
from hospital.treatments.rules import is_due
from hospital.treatments.states import SESSION_TRANSITIONS, TREATMENT_TRANSITIONS, SessionState, TreatmentState
from hospital.treatments.vocabulary import FREQUENCIES, Frequency, Reaction


def require_treatment_room(*, actor: Actor, campus_code: str) -> None:
    """Refuses `NotTreatmentStaff` unless the actor is a nurse or therapist of the campus."""
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(Role.NURSE):
        raise NotTreatmentStaff


def record_session(*, session_id: UUID, reaction: Reaction, note: str, actor: Actor, now: datetime) -> TreatmentSession:
    """Records that a session was given now; the last one completes the treatment.

    Two who record the same session: the first has it. Whether it is paid is the caller's question. Refuses
    `UnknownTreatment`, `NotTreatmentStaff`, `SessionTaken`, `SessionNotDue`, `ReactionNoteMissing`.
    """
    session = TreatmentSession.objects.select_related("treatment").filter(pk=session_id).first()
    if session is None:
        raise UnknownTreatment
    require_treatment_room(actor=actor, campus_code=session.treatment.campus_id)
    if reaction is Reaction.MARKED and not note.strip():
        raise ReactionNoteMissing
    with acting(actor=actor):
        treatment = _lock(session.treatment_id)
        _check_due(treatment, session=session, now=now)
        changed = TreatmentSession.objects.filter(
            pk=session_id, state__in=SESSION_TRANSITIONS.allowed_from(SessionState.DONE)
        ).update(
            state=SessionState.DONE,
            executor_id=UUID(actor.id),
            done_at=now,
            reaction=reaction,
            note=note.strip()[:300],
        )
        if not changed:
            raise SessionTaken
        if not treatment.sessions.filter(state=SessionState.PLANNED).exists():
            _move(treatment, TreatmentState.COMPLETED)
        record_event(
            kind="treatments.session_done",
            subject_id=str(session_id),
            person_id=treatment.person_id,
            encounter_id=treatment.encounter_id,
            now=now,
            facts={"number": f"{treatment.number}/{session.number}", "treatment": treatment.number},
        )
        _record(treatment, action="treatments.record", actor=actor, now=now, session=session.number)
    return session


def stop_treatment(*, treatment_id: UUID, reason: str, actor: Actor, now: datetime) -> list[UUID]:
    """Stops a treatment; returns the sessions that will not be given, whose charges are the caller's.

    The treatment room of the campus may stop it, and the doctor of the visit. Refuses `UnknownTreatment`,
    `StopReasonMissing`, `TreatmentEnded`, `NotTreatmentStaff`.
    """
    found = Treatment.objects.filter(pk=treatment_id).first()
    if found is None:
        raise UnknownTreatment
    if str(get_encounter(encounter_id=found.encounter_id).clinician_user_id) != actor.id:
        require_treatment_room(actor=actor, campus_code=found.campus_id)
    if not reason.strip():
        raise StopReasonMissing
    with acting(actor=actor):
        treatment = _lock(treatment_id)
        _move(
            treatment,
            TreatmentState.STOPPED,
            stopped_by_id=UUID(actor.id),
            stopped_at=now,
            stop_reason=reason.strip()[:300],
        )
        planned = treatment.sessions.filter(state=SessionState.PLANNED)
        ids = list(planned.order_by("number").values_list("id", flat=True))
        planned.update(state=SessionState.CANCELLED)
        record_event(
            kind="treatments.stopped",
            subject_id=str(treatment.id),
            person_id=treatment.person_id,
            encounter_id=treatment.encounter_id,
            now=now,
            facts={"treatment": treatment.number, "cancelled": len(ids)},
        )
        _record(treatment, action="treatments.stop", actor=actor, now=now, reason=reason.strip()[:300])
    return ids


def _check_due(treatment: Treatment, *, session: TreatmentSession, now: datetime) -> None:
    """Refuses `SessionTaken` unless the session is the next one, `SessionNotDue` before its day."""
    rows = list(treatment.sessions.order_by("number"))
    following = next((row for row in rows if row.state == SessionState.PLANNED), None)
    if following is None or following.pk != session.pk:
        raise SessionTaken
    frequency = Frequency(treatment.frequency)
    done_on = [local_day(row.done_at) for row in rows if row.done_at]
    if not is_due(frequency=frequency, done_on=done_on, on=local_day(now)):
        raise SessionNotDue(often=FREQUENCIES[frequency])


def _lock(treatment_id: UUID) -> Treatment:
    return Treatment.objects.select_for_update().get(pk=treatment_id)


def _move(treatment: Treatment, target: TreatmentState, **changes: object) -> None:
    allowed = TREATMENT_TRANSITIONS.allowed_from(target)
    if not Treatment.objects.filter(pk=treatment.pk, state__in=allowed).update(state=target, **changes):
        raise TreatmentEnded


def _record(
    treatment: Treatment, *, action: str, actor: Actor, now: datetime, session: int = 0, reason: str = ""
) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="treatment",
        subject_id=str(treatment.id),
        person_id=treatment.person_id,
        now=now,
        reason=reason,
        details={"number": treatment.number, **({"session": session} if session else {})},
    )
