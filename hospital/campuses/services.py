"""Writes of the directory."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hospital.audit.api import acting, record_act
from hospital.campuses.errors import SymptomIncomplete
from hospital.campuses.models import Symptom
from hospital.campuses.rules import anchor_phrases, symptom_search_text
from hospital.campuses.types import SymptomDraft
from hospital.kernel.actors import Actor


def save_symptoms(*, drafts: Sequence[SymptomDraft], actor: Actor, now: datetime) -> None:
    """Writes what patients complain of and who sees it, by `code`: new ones are added, known ones changed.

    Refuses with `SymptomIncomplete` a row without a name in both languages or without a specialty; then none is
    written. Source: A04.
    """
    for draft in drafts:
        if not (draft.code and draft.name.zh and draft.name.en and draft.specialties):
            raise SymptomIncomplete(symptom=draft.code)
    with acting(actor=actor):
        for draft in drafts:
            Symptom.objects.update_or_create(code=draft.code, defaults=symptom_columns(draft))
        record_act(
            actor=actor,
            action="campuses.save_symptoms",
            subject_kind="symptom",
            subject_id=drafts[0].code if len(drafts) == 1 else "",
            now=now,
            details={"codes": [draft.code for draft in drafts]},
        )


def symptom_columns(draft: SymptomDraft) -> dict[str, Any]:
    """The row of a symptom, with what a search looks into."""
    words = [draft.name.zh, draft.name.en.lower(), *(word.lower() for word in draft.words)]
    return {
        "name_zh": draft.name.zh,
        "name_en": draft.name.en,
        "phrases": anchor_phrases(words),
        "with_phrases": anchor_phrases(draft.with_words),
        "specialties": list(draft.specialties),
        "is_alarm": draft.is_alarm,
        "is_active": draft.is_active,
        "position": draft.position,
        "search_text": symptom_search_text(words),
    }
