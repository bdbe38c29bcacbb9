"""What the triage nurse found, as the doctor reads it before anything else (N02)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hospital.encounters.api import TriageCard, Vitals
from hospital.kernel.types import BilingualText
from hospital.staff_web.registration.words import StateWord
from hospital.staff_web.waiting.queue import LEVEL_WORDS


@dataclass(frozen=True, slots=True)
class TriageRow:
    """Level, complaint and figures; `reason` where the nurse chose another level than suggested."""

    word: StateWord
    complaint: BilingualText
    reason: str
    assessed_at: datetime
    vitals: tuple[tuple[str | Promise, str], ...]
    is_escorted: bool
    needs_interpreter: bool


def read_triage(card: TriageCard | None) -> TriageRow | None:
    """The row of an assessment; figures that were not taken are left out."""
    if card is None:
        return None
    return TriageRow(
        word=LEVEL_WORDS[card.level],
        complaint=card.complaint,
        reason=card.reason,
        assessed_at=card.assessed_at,
        vitals=tuple(_list_vitals(card.vitals)),
        is_escorted=card.is_escorted,
        needs_interpreter=card.needs_interpreter,
    )


def _list_vitals(vitals: Vitals) -> list[tuple[str, str]]:
    pressure = f"{vitals.systolic}/{vitals.diastolic}" if vitals.systolic is not None else None
    found = (
        (_("Temperature"), vitals.temperature, "°C"),
        (_("Pulse"), vitals.pulse, "/min"),
        (_("Breathing"), vitals.respiration, "/min"),
        (_("Blood pressure"), pressure, "mmHg"),
        ("SpO₂", vitals.oxygen, "%"),
        (_("Pain"), vitals.pain, "/ 10"),
    )
    return [(name, f"{value} {unit}") for name, value, unit in found if value is not None]
