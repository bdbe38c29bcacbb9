"""An extra place 加号 from the question to the booking (F45, brief §2): asked at the window, granted by the doctor."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.patients.api import end_care_relation, grant_care_relation, require_access
from hospital.scheduling.api import ask_extra_place, get_session, grant_extra_place


def ask_extra_at_window(*, session_id: UUID, person_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """Asks the doctor of a session, at whatever campus, for a place for a patient of this window.

    The doctor's campus sees the patient until the session ends. Refusals: `UnknownPerson`, `NoCareRelation`,
    `UnknownSession`, `SessionOver`, `NotRegistrationDesk`, `ExtraPlaceOpen`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    session = get_session(session_id=session_id, now=now)
    with acting(actor=actor):
        extra_id = ask_extra_place(session_id=session_id, person_id=person_id, reason=reason, actor=actor, now=now)
        source = f"extra:{extra_id}"
        grant_care_relation(person_id=person_id, campus_code=session.campus_code, source=source, now=now)
        end_care_relation(person_id=person_id, source=source, now=session.ends_at)
    return extra_id


def grant_extra_to_patient(*, session_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> UUID:
    """A doctor gives a patient of theirs a place in one of their own sessions, unasked.

    Refusals: `UnknownPerson`, `NoCareRelation`, `UnknownSession`, `SessionOver`, `NotYourSession`, `ExtraPlaceOpen`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    return grant_extra_place(session_id=session_id, person_id=person_id, reason="", actor=actor, now=now)
