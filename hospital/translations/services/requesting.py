"""Asking for a translation: one for each version of a source, filled with what was translated before."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.translations.errors import NothingToTranslate, TranslationMoved
from hospital.translations.models import Segment, Translation
from hospital.translations.services.access import leave_trace, lock_for_translator, move, need_words
from hospital.translations.states import OPEN, Origin, TranslationState
from hospital.translations.types import SourceText, Subject


def hash_text(text: str) -> str:
    """What tells whether two segments say the same words; blanks and line ends do not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def request_translation(*, source: SourceText, is_urgent: bool = False, actor: Actor, now: datetime) -> UUID:
    """The translation of this version of a source; asked for again, the same one comes back.

    An open translation of an earlier version is overtaken. Segments whose words were translated and released before are
    filled in with where they come from: an earlier version of the same source first, then any other. The caller has
    checked that the actor may see the source. Refuses `NothingToTranslate`.
    """
    if not any(each.text.strip() for each in source.segments):
        raise NothingToTranslate
    try:
        return _request(source, is_urgent=is_urgent, actor=actor, now=now)
    except TranslationMoved:  # somebody asked at the same moment: theirs is there now
        return _request(source, is_urgent=is_urgent, actor=actor, now=now)


def _request(source: SourceText, *, is_urgent: bool, actor: Actor, now: datetime) -> UUID:
    segments = [each for each in source.segments if each.text.strip()]
    taken = TranslationMoved()
    conflicts = {"translation_edition_once": taken, "one_open_translation": taken}
    of_subject = Translation.objects.filter(subject_kind=source.subject.kind, subject_id=source.subject.id)
    with acting(actor=actor, conflicts=conflicts):
        same = of_subject.filter(source_digest=source.digest, state__in=(*OPEN, TranslationState.REVIEWED))
        existing = same.order_by("-edition").first()
        if existing is not None:
            if is_urgent and existing.state in OPEN and not existing.is_urgent:
                Translation.objects.filter(pk=existing.pk, state__in=OPEN).update(is_urgent=True)
            return existing.id
        for older in of_subject.filter(state__in=OPEN).select_for_update():
            move(older, TranslationState.OVERTAKEN)
            leave_trace(older, "translations.overtake", actor=actor, now=now)
        row = _new_row(source, is_urgent=is_urgent, actor=actor, now=now)
        known = _find_known(source, hashes=[hash_text(each.text) for each in segments])
        Segment.objects.bulk_create(
            Segment(
                translation=row,
                position=position,
                key=each.key,
                heading_zh=each.heading.zh,
                heading_en=each.heading.en,
                source=each.text.strip(),
                source_hash=hash_text(each.text),
                target=known.get(hash_text(each.text), ("", Origin.NONE))[0],
                origin=known.get(hash_text(each.text), ("", Origin.NONE))[1],
            )
            for position, each in enumerate(segments, start=1)
        )
        leave_trace(row, "translations.request", actor=actor, now=now)
    return row.id


def _new_row(source: SourceText, *, is_urgent: bool, actor: Actor, now: datetime) -> Translation:
    return Translation.objects.create(
        subject_kind=source.subject.kind,
        subject_id=source.subject.id,
        source_version=source.version,
        source_digest=source.digest,
        source_language=source.language,
        signed_by_zh=source.signed_by.zh,
        signed_by_en=source.signed_by.en,
        signed_at=source.signed_at,
        title_zh=source.title.zh,
        title_en=source.title.en,
        names=list(source.names),
        person_id=source.person_id,
        person_name=source.person_name,
        campus_id=source.campus_code,
        is_urgent=is_urgent,
        requested_at=now,
        requested_by=actor.id,
    )


def _find_known(source: SourceText, *, hashes: Iterable[str]) -> Mapping[str, tuple[str, Origin]]:
    """The newest released text of each of these segments, the same source's own before others'."""
    rows = Segment.objects.filter(
        source_hash__in=list(hashes),
        translation__state=TranslationState.REVIEWED,
        translation__source_language=source.language,
    ).order_by("translation__reviewed_at")
    known: dict[str, tuple[str, Origin]] = {}
    for digest, target, kind, subject in rows.values_list(
        "source_hash", "target", "translation__subject_kind", "translation__subject_id"
    ):
        is_own = (kind, subject) == (source.subject.kind, source.subject.id)
        if is_own or known.get(digest, ("", Origin.MEMORY))[1] is Origin.MEMORY:
            known[digest] = (target, Origin.EARLIER if is_own else Origin.MEMORY)
    return known


def reopen_translation(*, translation_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """Opens a new edition of a released translation with its texts; the released one stays and holds until the new one
    is released.

    Refuses `TranslationReasonMissing`, `TranslationMoved` (not released, or one is open), `UnknownTranslation`,
    `NotTranslator`.
    """
    words = need_words(reason)
    with acting(actor=actor, conflicts={"one_open_translation": TranslationMoved()}):
        row = lock_for_translator(translation_id, actor=actor)
        if row.state != TranslationState.REVIEWED:
            raise TranslationMoved
        segments = list(row.segments.order_by("position"))
        last = Translation.objects.filter(
            subject_kind=row.subject_kind, subject_id=row.subject_id, source_digest=row.source_digest
        ).order_by("-edition")[:1]
        row.pk, row.edition, row.edition_reason = None, last[0].edition + 1, words
        row.id = Translation._meta.pk.get_default()
        row.state, row.translator_id, row.reviewer_id = TranslationState.DRAFT, None, None
        row.submitted_at = row.reviewed_at = None
        row.requested_at, row.requested_by, row.return_reason = now, actor.id, ""
        row.save(force_insert=True)
        for segment in segments:
            segment.id = Segment._meta.pk.get_default()
            segment.translation_id, segment.origin = row.id, Origin.EARLIER
        Segment.objects.bulk_create(segments)
        leave_trace(row, "translations.reopen", actor=actor, now=now, reason=words)
    return row.id


def end_translations(*, subject: Subject, keep_digest: str = "", reason: str, actor: Actor, now: datetime) -> int:
    """Takes the open translation of a source off the desk, with the reason: overtaken where the source has another
    version, `keep_digest`, whose own translation stays; cancelled where it holds no more. Returns how many.

    The caller has checked that the actor may do so. Refuses `TranslationReasonMissing` to cancel without one.
    """
    words = reason.strip()[:300] if keep_digest else need_words(reason)
    target = TranslationState.OVERTAKEN if keep_digest else TranslationState.CANCELLED
    rows = Translation.objects.filter(subject_kind=subject.kind, subject_id=subject.id, state__in=OPEN)
    with acting(actor=actor):
        ended = list(rows.exclude(source_digest=keep_digest).select_for_update())
        for row in ended:
            move(row, target, end_reason=words)
            action = "translations.overtake" if keep_digest else "translations.cancel"
            leave_trace(row, action, actor=actor, now=now, reason=words)
    return len(ended)


def set_urgent(*, translation_id: UUID, is_urgent: bool, actor: Actor, now: datetime) -> None:
    """Puts an open translation before the others, or back among them. Refuses `TranslationMoved`,
    `UnknownTranslation`, `NotTranslator`."""
    with acting(actor=actor):
        row = lock_for_translator(translation_id, actor=actor)
        if not Translation.objects.filter(pk=row.pk, state__in=OPEN).update(is_urgent=is_urgent):
            raise TranslationMoved
        leave_trace(row, "translations.prioritize", actor=actor, now=now)
