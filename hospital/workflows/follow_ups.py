"""Follow-up registration 复诊: whoever was seen here lately pays the fee of a follow-up, chosen by itself (F45).

A type of registration of its own with its own fee item, where the same doctor or the same department saw the person
within the department's days before the session. The database's visits decide, nobody's word: a visit that was canceled,
missed or not finished is none, and an emergency is never a follow-up.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from hospital.appointments.api import set_registration_type
from hospital.campuses.api import get_department
from hospital.encounters.api import find_last_seen
from hospital.encounters.types import EncounterCard
from hospital.scheduling.api import find_follow_up_item
from hospital.scheduling.types import SessionCard
from hospital.workflows.errors import NoFollowUp

EMERGENCY = "EMERGENCY"


class RegistrationType(StrEnum):
    """What one registers for. BY_ITSELF: a follow-up where it is one."""

    BY_ITSELF = ""
    ORDINARY = "ORDINARY"
    FOLLOW_UP = "FOLLOW_UP"


@dataclass(frozen=True, slots=True)
class FollowUpRight:
    """A place that is a follow-up of `visit`, and the catalog item that it costs."""

    visit: EncounterCard
    item_code: str


def find_follow_up_right(*, person_id: UUID, session: SessionCard) -> FollowUpRight | None:
    """Whether a place of this session would be a follow-up for the person, and of which visit: the latest."""
    item_code = find_follow_up_item(item_code=session.registration_item_code)
    if item_code is None or session.service_type == EMERGENCY:
        return None
    days = get_department(department_id=session.department_id).follow_up_days
    visit = find_last_seen(
        person_id=person_id,
        department_id=session.department_id,
        clinician_id=session.clinician_id if session.is_by_name else None,
        first=session.held_on - timedelta(days=days),
        last=session.held_on,
    )
    return FollowUpRight(visit=visit, item_code=item_code) if visit and days else None


def choose_registration(
    *, person_id: UUID, session: SessionCard, wanted: RegistrationType = RegistrationType.BY_ITSELF
) -> FollowUpRight | None:
    """The follow-up to register, None for an ordinary registration. Refuses with `NoFollowUp` where one was asked for
    and nobody here saw the person within the days of the department."""
    if wanted is RegistrationType.ORDINARY:
        return None
    right = find_follow_up_right(person_id=person_id, session=session)
    if right is None and wanted is RegistrationType.FOLLOW_UP:
        raise NoFollowUp(days=get_department(department_id=session.department_id).follow_up_days)
    return right


def as_charged(session: SessionCard, right: FollowUpRight | None) -> SessionCard:
    """The session with the item that this person pays there."""
    return replace(session, registration_item_code=right.item_code) if right else session


def keep_registration_type(*, appointment_id: UUID, right: FollowUpRight | None) -> None:
    """Writes the type down with the booking, in the caller's transaction."""
    set_registration_type(
        appointment_id=appointment_id,
        follows_id=right.visit.id if right else None,
        item_code=right.item_code if right else "",
    )
