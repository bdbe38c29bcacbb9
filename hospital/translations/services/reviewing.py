"""The second reader: releases a translation or gives it back."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.translations.errors import SecondReaderIsTranslator, TranslationMoved
from hospital.translations.models import Translation
from hospital.translations.services.access import leave_trace, lock_for_translator, move, need_words
from hospital.translations.services.writing import refuse_open_findings
from hospital.translations.states import TranslationState


def release_translation(*, translation_id: UUID, actor: Actor, now: datetime) -> None:
    """Releases a submitted translation; from now on it is printed, and never changed (N05).

    Refuses `SecondReaderIsTranslator`, `FindingsOpen`, `TranslationMoved`, `UnknownTranslation`, `NotTranslator`.
    """
    with acting(actor=actor, conflicts={"translation_two_people": SecondReaderIsTranslator()}):
        row = _lock_submitted(translation_id, actor=actor)
        refuse_open_findings(row)
        move(row, TranslationState.REVIEWED, reviewer_id=UUID(actor.id), reviewed_at=now)
        leave_trace(row, "translations.release", actor=actor, now=now)


def return_translation(*, translation_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Gives a submitted translation back to its translator with what is wrong.

    Refuses `TranslationReasonMissing`, and what `release_translation` refuses but for `FindingsOpen`.
    """
    words = need_words(reason)
    with acting(actor=actor):
        row = _lock_submitted(translation_id, actor=actor)
        move(row, TranslationState.RETURNED, return_reason=words)
        leave_trace(row, "translations.return", actor=actor, now=now, reason=words)


def _lock_submitted(translation_id: UUID, *, actor: Actor) -> Translation:
    row = lock_for_translator(translation_id, actor=actor)
    if row.state != TranslationState.SUBMITTED:
        raise TranslationMoved
    if str(row.translator_id) == actor.id:
        raise SecondReaderIsTranslator
    return row
