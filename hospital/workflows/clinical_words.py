"""What stands on clinical papers in both languages: what a doctor wrote, the diagnoses of a visit."""

import re
from datetime import datetime

from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.records.api import list_diagnoses

NOT_STATED = BilingualText("未说明", "Not stated")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def word_free_text(text: str) -> BilingualText | None:
    """What was written in one language; Chinese without its English counts as a gap. None where nothing was."""
    if not text.strip():
        return None
    return BilingualText(text.strip(), "" if _CHINESE.search(text) else text.strip())


def word_diagnoses(*, visit: EncounterCard, actor: Actor, now: datetime) -> BilingualText:
    """The diagnoses of a visit on one line. Refuses `NoCareRelation`."""
    diagnoses = list_diagnoses(encounter_id=visit.id, actor=actor, now=now)
    if not diagnoses:
        return NOT_STATED
    return BilingualText(
        "；".join(diagnosis.name.zh for diagnosis in diagnoses),
        "; ".join(diagnosis.name.en for diagnosis in diagnoses),
    )
