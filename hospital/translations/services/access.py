"""Who may do something with translations, and the row they do it to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.accounts.api import get_staff_names
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.events import record_event
from hospital.translations.errors import (
    NotTranslator,
    NotYourTranslation,
    TranslationMoved,
    TranslationReasonMissing,
    UnknownTranslation,
)
from hospital.translations.models import Translation
from hospital.translations.states import TRANSITIONS, WRITABLE, TranslationState


def require_translator(*, actor: Actor, campus_code: str | None = None) -> None:
    """Refuses `NotTranslator` unless the actor is a translator of this campus (of any, where none is given)."""
    campuses = actor.campuses_of(Role.TRANSLATOR)
    if actor.kind is not ActorKind.SYSTEM and (campus_code not in campuses if campus_code else not campuses):
        raise NotTranslator


def lock_for_translator(translation_id: UUID, *, actor: Actor) -> Translation:
    """The row, locked, for a translator of its campus. Refuses `UnknownTranslation`, `NotTranslator`."""
    row = Translation.objects.select_for_update().filter(pk=translation_id).first()
    if row is None:
        raise UnknownTranslation
    require_translator(actor=actor, campus_code=row.campus_id)
    return row


def lock_to_write(translation_id: UUID, *, actor: Actor, now: datetime) -> Translation:
    """The row, locked, for who writes it; the first to write an untaken one takes it.

    Refuses also `TranslationMoved` (it is with the second reader, or over) and `NotYourTranslation`.
    """
    row = lock_for_translator(translation_id, actor=actor)
    if row.state not in WRITABLE:
        raise TranslationMoved
    if row.translator_id is None:
        Translation.objects.filter(pk=row.pk).update(translator_id=UUID(actor.id))
        row.translator_id = UUID(actor.id)
        leave_trace(row, "translations.take", actor=actor, now=now)
    if str(row.translator_id) != actor.id:
        names = get_staff_names(user_ids=[row.translator_id])
        raise NotYourTranslation(who=names.get(row.translator_id) or "")
    return row


def need_words(text: str) -> str:
    """The words without blanks around them. Refuses `TranslationReasonMissing`."""
    words = text.strip()
    if not words:
        raise TranslationReasonMissing
    return words[:300]


def move(row: Translation, target: TranslationState, **changes: Any) -> None:
    """Brings the locked row to `target`. Refuses `TranslationMoved`; the conditional update decides."""
    rows = Translation.objects.filter(pk=row.pk, state__in=TRANSITIONS.allowed_from(target))
    if not rows.update(state=target, **changes):
        raise TranslationMoved
    row.state = target


def leave_trace(row: Translation, action: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """The audit entry of a step and the event by which the campus's desk is told."""
    record_event(
        kind=action,
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        facts={"subject": f"{row.subject_kind}:{row.subject_id}"},
        topics=(f"translations:{row.campus_id}",),
    )
    record_act(
        actor=actor,
        action=action,
        subject_kind="translation",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"version": row.source_version, "edition": row.edition},
    )
