"""Another service line for a visit, asked for by one person and approved by another (brief §1.6.6)."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.encounters.errors import (
    LineChangeDecided,
    LineChangeNeedsReason,
    LineChangeOpen,
    LineChangeSamePerson,
    NotLineChangeDesk,
    SameServiceLine,
    UnknownEncounter,
    UnknownLineChange,
)
from hospital.encounters.models import Encounter, ServiceLineChange
from hospital.encounters.states import EncounterState
from hospital.encounters.types import LineChangeCard, LineChangeState, VisitTerms
from hospital.kernel.actors import Actor, Role
from hospital.kernel.conflicts import refusing

SERVICE_LINES: Final = ("INTL", "SPECIAL", "NORMAL")
_DESKS: Final = (Role.CASHIER, Role.REGISTRAR, Role.FINANCE)


def ask_line_change(
    *, encounter_id: UUID, to: str, reason: str, before: Decimal, after: Decimal, actor: Actor, now: datetime
) -> UUID:
    """Asks for another service line; `before` and `after` are what the unsettled lines cost, as the asker was shown.

    Refusals: `UnknownEncounter`, `NotLineChangeDesk`, `LineChangeNeedsReason`, `SameServiceLine`, `LineChangeOpen`.
    """
    if not reason.strip():
        raise LineChangeNeedsReason
    with acting(actor=actor), refusing({"one_line_change_waits": LineChangeOpen()}):
        visit = _lock_visit(encounter_id)
        require_line_change_desk(actor, visit.campus_id)
        if to not in SERVICE_LINES or to == visit.service_line:
            raise SameServiceLine
        row = ServiceLineChange.objects.create(
            encounter=visit,
            from_line=visit.service_line,
            to_line=to,
            reason=reason.strip()[:200],
            before_total=before,
            after_total=after,
            asked_by=actor.id,
            asked_at=now,
        )
        _trace("encounters.ask_line_change", row, actor=actor, now=now)
    return row.id


def decide_line_change(*, change_id: UUID, is_approved: bool, actor: Actor, now: datetime) -> LineChangeCard:
    """Another person approves or rejects; an approved change is the visit's line from `now` on.

    In the caller's transaction, which prices the unsettled lines again. Refusals: `UnknownLineChange`,
    `NotLineChangeDesk`, `LineChangeSamePerson`, `LineChangeDecided`, `SameServiceLine` (the visit moved meanwhile).
    """
    with acting(actor=actor):
        found = ServiceLineChange.objects.filter(pk=change_id).first()
        if found is None:
            raise UnknownLineChange
        visit = _lock_visit(found.encounter_id)
        require_line_change_desk(actor, visit.campus_id)
        if found.asked_by == actor.id:
            raise LineChangeSamePerson
        state = "APPROVED" if is_approved else "REJECTED"
        waiting = ServiceLineChange.objects.filter(pk=change_id, state="WAITING")
        if not waiting.update(state=state, decided_by=actor.id, decided_at=now):
            raise LineChangeDecided
        if is_approved:
            same = Encounter.objects.filter(pk=visit.pk, service_line=found.from_line)
            if not same.update(service_line=found.to_line, version=F("version") + 1):
                raise SameServiceLine
        row = ServiceLineChange.objects.select_related("encounter").get(pk=change_id)
        action = "encounters.approve_line_change" if is_approved else "encounters.reject_line_change"
        _trace(action, row, actor=actor, now=now)
    return _card(row)


def list_line_changes(*, actor: Actor, encounter_id: UUID | None = None, limit: int = 50) -> list[LineChangeCard]:
    """Those of the actor's campus, what waits first, then the latest. Refuses with `NotLineChangeDesk`."""
    require_line_change_desk(actor, actor.campus_code)
    rows = ServiceLineChange.objects.select_related("encounter").filter(encounter__campus_id=actor.campus_code)
    if encounter_id is not None:
        rows = rows.filter(encounter_id=encounter_id)
    cards = [_card(row) for row in rows.order_by("-asked_at")[:limit]]
    return sorted(cards, key=lambda card: card.state != "WAITING")


def count_waiting_line_changes(*, actor: Actor) -> int:
    """How many of the actor's campus wait for somebody else than the actor; none for who may not decide."""
    if not any(actor.has_role(role, actor.campus_code) for role in _DESKS):
        return 0
    waiting = ServiceLineChange.objects.filter(encounter__campus_id=actor.campus_code, state="WAITING")
    return waiting.exclude(asked_by=actor.id).count()


def hold_visit_terms(*, encounter_id: UUID) -> VisitTerms:
    """What decides the prices of a visit, held until the caller's transaction ends. Refuses with `UnknownEncounter`.

    `FOR SHARE`: whoever charges waits for an approval under way and reads the new line, an approval waits for whoever
    charges and finds the new charges; two who charge do not wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT person_id, campus_id, visit_type, service_line FROM encounters_encounter
               WHERE id = %s FOR SHARE""",
            [encounter_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownEncounter
    return VisitTerms(*row)


def require_line_change_desk(actor: Actor, campus_code: str) -> None:
    """Refuses with `NotLineChangeDesk` anyone but the windows and the finance office of a campus."""
    if not any(actor.has_role(role, campus_code) for role in _DESKS):
        raise NotLineChangeDesk


def _lock_visit(encounter_id: UUID) -> Encounter:
    visit = Encounter.objects.select_for_update().filter(pk=encounter_id).first()
    if visit is None or visit.state == EncounterState.CANCELLED:
        raise UnknownEncounter
    return visit


def _card(row: ServiceLineChange) -> LineChangeCard:
    state: LineChangeState = row.state  # type: ignore[assignment] # only this file writes it
    return LineChangeCard(
        id=row.id,
        encounter_id=row.encounter_id,
        visit_number=row.encounter.number,
        person_id=row.encounter.person_id,
        from_line=row.from_line,
        to_line=row.to_line,
        reason=row.reason,
        before_total=row.before_total,
        after_total=row.after_total,
        state=state,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _trace(action: str, row: ServiceLineChange, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="encounter",
        subject_id=str(row.encounter_id),
        person_id=row.encounter.person_id,
        now=now,
        reason=row.reason,
        details={
            "from": row.from_line,
            "to": row.to_line,
            "before": str(row.before_total),
            "after": str(row.after_total),
        },
    )
