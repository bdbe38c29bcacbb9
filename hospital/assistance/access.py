"""Who may ask for help, and who arranges it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.assistance.errors import NotAssistanceDesk, UnknownAssistance
from hospital.assistance.models import AssistanceRequest
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import require_access

DESK_ROLES: Final = (Role.COORDINATOR, Role.REGISTRAR)


def require_assistance_desk(*, actor: Actor, campus_code: str) -> None:
    """Refuses with `NotAssistanceDesk` anyone but the coordinators and registrars of a campus."""
    if actor.kind is not ActorKind.STAFF or not any(actor.has_role(role, campus_code) for role in DESK_ROLES):
        raise NotAssistanceDesk


def require_asker(*, actor: Actor, person_id: UUID, campus_code: str, now: datetime) -> None:
    """An account asks for its people, staff at their own campus for those in its care.

    Refusals: those of `patients.require_access`, `NotAssistanceDesk`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    if actor.kind is ActorKind.STAFF:
        require_assistance_desk(actor=actor, campus_code=campus_code)


def lock_request(*, request_id: UUID, actor: Actor, now: datetime) -> AssistanceRequest:
    """The row, locked for the caller's transaction, if the actor may act on it.

    Refusals: `UnknownAssistance`, `NotAssistanceDesk`.
    """
    row = AssistanceRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise UnknownAssistance
    if actor.kind is ActorKind.STAFF:
        require_assistance_desk(actor=actor, campus_code=row.campus_id)
    else:
        require_own(person_id=row.person_id, actor=actor, now=now)
    return row


def require_own(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Refuses with `UnknownAssistance` whoever may not see the person; nobody learns that a request exists."""
    try:
        require_access(actor=actor, person_id=person_id, now=now)
    except Refusal as refusal:
        raise UnknownAssistance from refusal
