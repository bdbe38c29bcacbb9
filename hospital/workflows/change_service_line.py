"""Another service line for a visit: shown, asked for, approved by another person, carried out (brief §1.6.6)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import Repricing, preview_line_change, reprice_for_line
from hospital.catalog.types import ServiceLine
from hospital.encounters.api import ask_line_change, decide_line_change, get_encounter, require_line_change_desk
from hospital.encounters.types import LineChangeCard
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access


def preview_service_line(*, encounter_id: UUID, to: ServiceLine, actor: Actor, now: datetime) -> Repricing:
    """What the unsettled lines of a visit would cost on another service line.

    Refusals: `UnknownEncounter`, `NotLineChangeDesk`, `UnknownPerson`, `NoCareRelation`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_line_change_desk(actor, visit.campus_code)
    require_access(actor=actor, person_id=visit.person_id, now=now)
    return preview_line_change(encounter_id=encounter_id, to=to, now=now)


def ask_service_line(*, encounter_id: UUID, to: ServiceLine, reason: str, actor: Actor, now: datetime) -> UUID:
    """Asks for the change with the amounts that the asker is shown.

    Refusals: as `preview_service_line`, and `LineChangeNeedsReason`, `SameServiceLine`, `LineChangeOpen`.
    """
    shown = preview_service_line(encounter_id=encounter_id, to=to, actor=actor, now=now)
    return ask_line_change(
        encounter_id=encounter_id,
        to=to.value,
        reason=reason,
        before=shown.before,
        after=shown.after,
        actor=actor,
        now=now,
    )


def decide_service_line(*, change_id: UUID, is_approved: bool, actor: Actor, now: datetime) -> LineChangeCard:
    """Another person approves or rejects; with the approval the unsettled lines are priced on the new line.

    Settled lines never change, and what is charged from now on takes the new line. All or nothing. Refusals:
    `UnknownLineChange`, `NotLineChangeDesk`, `LineChangeSamePerson`, `LineChangeDecided`, `SameServiceLine`,
    `PaymentInProgress`.
    """
    with acting(actor=actor):
        change = decide_line_change(change_id=change_id, is_approved=is_approved, actor=actor, now=now)
        if is_approved:
            reprice_for_line(encounter_id=change.encounter_id, to=ServiceLine(change.to_line), actor=actor, now=now)
    return change
