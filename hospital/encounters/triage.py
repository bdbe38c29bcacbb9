"""Triage: a nurse's level by complaint, the short vital signs, and what follows for the line (N02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from hospital.audit.api import acting
from hospital.encounters.errors import NotQueueDesk, TriageIncomplete, TriageNeedsReason, UnknownEncounter
from hospital.encounters.models import Encounter, Priority, Triage, TriageComplaint
from hospital.encounters.queueing import set_priority
from hospital.encounters.services import move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor, Role
from hospital.kernel.types import BilingualText

LEVELS: Final = (1, 2, 3, 4)
ASSESSED: Final = (EncounterState.CHECKED_IN, EncounterState.WAITING)
# What a body can show; outside it somebody mistyped.
PLAUSIBLE: Final[dict[str, tuple[Decimal, Decimal]]] = {
    name: (Decimal(low), Decimal(high))
    for name, low, high in (
        ("temperature", 30, 43),
        ("pulse", 20, 260),
        ("respiration", 4, 80),
        ("systolic", 40, 280),
        ("diastolic", 20, 180),
        ("oxygen", 40, 100),
        ("pain", 0, 10),
    )
}


@dataclass(frozen=True, slots=True)
class ComplaintCard:
    """A complaint and the level that it suggests; who changed it last, and whether it is still offered."""

    code: str
    name: BilingualText
    level: int
    is_offered: bool = True
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """The short form; None for what was not measured."""

    temperature: Decimal | None = None
    pulse: int | None = None
    respiration: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    oxygen: int | None = None
    pain: int | None = None

    def is_plausible(self) -> bool:
        """Whether every figure given is one that a body can show, and the two pressures come together."""
        if (self.systolic is None) is not (self.diastolic is None):
            return False
        given = ((getattr(self, name), bounds) for name, bounds in PLAUSIBLE.items())
        return all(value is None or low <= value <= high for value, (low, high) in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageCard:
    """The latest assessment of a visit."""

    complaint: BilingualText
    complaint_code: str
    suggested_level: int
    level: int
    reason: str
    vitals: Vitals
    is_escorted: bool
    needs_interpreter: bool
    assessed_at: datetime


def list_complaints(*, with_withdrawn: bool = False) -> list[ComplaintCard]:
    """The complaints that are offered, or all, the most urgent first."""
    rows = TriageComplaint.objects.order_by("level", "code")
    return [
        ComplaintCard(row.code, row.name, row.level, row.is_offered, row.changed_by, row.changed_at)
        for row in (rows if with_withdrawn else rows.filter(is_offered=True))
    ]


def list_triages(*, encounter_ids: Iterable[UUID]) -> dict[UUID, TriageCard]:
    """The latest assessment of each visit that has one, in one statement. The caller checks access."""
    rows = Triage.objects.filter(encounter_id__in=list(encounter_ids)).select_related("complaint")
    return {row.encounter_id: _card(row) for row in rows.order_by("assessed_at")}


def assess(
    *,
    encounter_id: UUID,
    complaint_code: str,
    level: int,
    reason: str,
    vitals: Vitals,
    is_escorted: bool,
    needs_interpreter: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Keeps an assessment and lets the visit wait for its doctor.

    Level 1 goes before everybody; an escorted patient goes before those without a reason. Refusals:
    `UnknownEncounter`, `NotQueueDesk`, `TriageIncomplete`, `TriageNeedsReason`, `EncounterMoved`.
    """
    with acting(actor=actor):
        visit = Encounter.objects.filter(pk=encounter_id, state__in=ASSESSED).first()
        if visit is None:
            raise UnknownEncounter
        if not any(actor.has_role(role, visit.campus_id) for role in (Role.NURSE, Role.DOCTOR)):
            raise NotQueueDesk
        complaint = TriageComplaint.objects.filter(code=complaint_code, is_offered=True).first()
        if complaint is None or level not in LEVELS or not vitals.is_plausible():
            raise TriageIncomplete
        if level != complaint.level and not reason.strip():
            raise TriageNeedsReason
        Triage.objects.create(
            encounter=visit,
            complaint=complaint,
            suggested_level=complaint.level,
            level=level,
            reason=reason.strip()[:200],
            is_escorted=is_escorted,
            needs_interpreter=needs_interpreter,
            assessed_by=actor.id,
            assessed_at=now,
            **{name: getattr(vitals, name) for name in PLAUSIBLE},
        )
        if visit.state == EncounterState.CHECKED_IN:
            move_encounter(encounter_id=encounter_id, target=EncounterState.WAITING, actor=actor, now=now)
        priority = _priority(level=level, is_escorted=is_escorted)
        if priority and not visit.is_green and visit.priority not in {Priority.EMERGENCY, priority}:
            why = f"{complaint.name_en} ({level})"
            set_priority(encounter_id=encounter_id, priority=priority, reason=why, actor=actor, now=now)


def _priority(*, level: int, is_escorted: bool) -> str:
    if level == 1:
        return Priority.EMERGENCY
    return Priority.ESCORTED if is_escorted else ""


def _card(row: Triage) -> TriageCard:
    return TriageCard(
        complaint=row.complaint.name,
        complaint_code=row.complaint.code,
        suggested_level=row.suggested_level,
        level=row.level,
        reason=row.reason,
        vitals=Vitals(**{name: getattr(row, name) for name in PLAUSIBLE}),
        is_escorted=row.is_escorted,
        needs_interpreter=row.needs_interpreter,
        assessed_at=row.assessed_at,
    )
