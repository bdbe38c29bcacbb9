"""A session recorded by mistake is struck out: the record stays, crossed out, the session is planned again (N19)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.events import record_event
from hospital.treatments.errors import NotYourRecord, SessionNotRecorded, StrikeReasonMissing, UnknownTreatment
from hospital.treatments.models import StruckRecord, Treatment, TreatmentSession
from hospital.treatments.services.sessions import require_treatment_room
from hospital.treatments.states import SessionState, TreatmentState


def can_strike_out(*, executor_id: str, doctor_id: str, done_at: datetime, actor: Actor, now: datetime) -> bool:
    """Whether the actor may strike out a record: its executor on the same day, the doctor of the visit at any time."""
    is_same_day = local_day(done_at) == local_day(now)
    return actor.id == doctor_id or (actor.id == executor_id and is_same_day)


def strike_out_session(*, session_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Takes a wrong record of a session back; it stays readable with who and why. The session is planned again, or left
    out where the treatment was stopped; a completed treatment is open again. Its charge is the caller's.

    Refuses `UnknownTreatment`, `SessionNotRecorded`, `StrikeReasonMissing`, `NotYourRecord`, `NotTreatmentStaff`.
    """
    found = TreatmentSession.objects.filter(pk=session_id).first()
    if found is None:
        raise UnknownTreatment
    with acting(actor=actor):
        treatment = Treatment.objects.select_for_update().get(pk=found.treatment_id)
        session = TreatmentSession.objects.get(pk=session_id)
        if session.done_at is None or session.executor_id is None:
            raise SessionNotRecorded
        _require_right(treatment, session=session, done_at=session.done_at, actor=actor, now=now)
        if not reason.strip():
            raise StrikeReasonMissing
        StruckRecord.objects.create(
            session=session,
            executor_id=session.executor_id,
            done_at=session.done_at,
            reaction=session.reaction,
            note=session.note,
            struck_by_id=UUID(actor.id),
            struck_at=now,
            reason=reason.strip()[:300],
        )
        _plan_again(treatment, session=session)
        _leave_trace(treatment, session=session, reason=reason.strip()[:300], actor=actor, now=now)


def _require_right(
    treatment: Treatment, *, session: TreatmentSession, done_at: datetime, actor: Actor, now: datetime
) -> None:
    doctor_id = str(get_encounter(encounter_id=treatment.encounter_id).clinician_user_id)
    if actor.id != doctor_id:
        require_treatment_room(actor=actor, campus_code=treatment.campus_id)
    executor_id = str(session.executor_id)
    if not can_strike_out(executor_id=executor_id, doctor_id=doctor_id, done_at=done_at, actor=actor, now=now):
        raise NotYourRecord


def _plan_again(treatment: Treatment, *, session: TreatmentSession) -> None:
    is_stopped = treatment.state == TreatmentState.STOPPED
    TreatmentSession.objects.filter(pk=session.pk, state=SessionState.DONE).update(
        state=SessionState.CANCELLED if is_stopped else SessionState.PLANNED,
        executor_id=None,
        done_at=None,
        reaction="",
        note="",
    )
    Treatment.objects.filter(pk=treatment.pk, state=TreatmentState.COMPLETED).update(state=TreatmentState.OPEN)


def _leave_trace(treatment: Treatment, *, session: TreatmentSession, reason: str, actor: Actor, now: datetime) -> None:
    record_event(
        kind="treatments.session_struck",
        subject_id=str(session.pk),
        person_id=treatment.person_id,
        encounter_id=treatment.encounter_id,
        now=now,
        facts={
            "number": f"{treatment.number}/{session.number}",
            "treatment": treatment.number,
            "cancelled": int(treatment.state == TreatmentState.STOPPED),
        },
    )
    record_act(
        actor=actor,
        action="treatments.strike",
        subject_kind="treatment",
        subject_id=str(treatment.id),
        person_id=treatment.person_id,
        now=now,
        reason=reason,
        details={"number": treatment.number, "session": session.number},
    )
