"""What a doctor has to know of a visit before reading or writing, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists

from hospital.encounters.errors import UnknownEncounter
from hospital.encounters.models import Encounter
from hospital.encounters.queueing import ENDED
from hospital.encounters.triage import PLAUSIBLE, TriageCard, Vitals
from hospital.kernel.types import BilingualText

_OF_TRIAGE: Final = ("suggested_level", "level", "reason", "is_escorted", "needs_interpreter", "assessed_at")
_READ_OF_TRIAGE: Final = ("complaint__code", "complaint__name_zh", "complaint__name_en", *_OF_TRIAGE, *PLAUSIBLE)
_READ_OF_FOLLOW_UP: Final = ("due_on", "clinician_id", "withdrawn_at")


@dataclass(frozen=True, slots=True)
class AskedBack:
    """About when the patient is to come back; to the doctor of the visit, or to any of the department."""

    due_on: date
    is_to_doctor: bool


@dataclass(frozen=True, slots=True)
class VisitFrame:
    """Green channel today, the nurse's latest assessment, and when the patient is asked back."""

    is_green: bool
    triage: TriageCard | None
    asked_back: AskedBack | None


def get_visit_frame(*, encounter_id: UUID, person_id: UUID, day: date) -> VisitFrame:
    """All of it in one statement; refuses with `UnknownEncounter`. The caller checks access."""
    green = Encounter.objects.filter(person_id=person_id, queue_on=day, is_green=True).exclude(state__in=ENDED)
    columns = [f"triages__{name}" for name in _READ_OF_TRIAGE] + [f"follow_up__{name}" for name in _READ_OF_FOLLOW_UP]
    rows = Encounter.objects.filter(pk=encounter_id).annotate(is_green_today=Exists(green))
    row = rows.order_by("-triages__assessed_at").values("is_green_today", *columns).first()
    if row is None:
        raise UnknownEncounter
    return VisitFrame(is_green=row["is_green_today"], triage=_triage(row), asked_back=_asked_back(row))


def _triage(row: Mapping[str, Any]) -> TriageCard | None:
    found = {name: row[f"triages__{name}"] for name in _READ_OF_TRIAGE}
    if found["level"] is None:
        return None
    return TriageCard(
        complaint=BilingualText(found["complaint__name_zh"], found["complaint__name_en"]),
        complaint_code=found["complaint__code"],
        vitals=Vitals(**{name: found[name] for name in PLAUSIBLE}),
        **{name: found[name] for name in _OF_TRIAGE},
    )


def _asked_back(row: Mapping[str, Any]) -> AskedBack | None:
    due_on = row["follow_up__due_on"]
    if due_on is None or row["follow_up__withdrawn_at"] is not None:
        return None
    return AskedBack(due_on=due_on, is_to_doctor=row["follow_up__clinician_id"] is not None)
