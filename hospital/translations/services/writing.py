"""Writing the text, accepting what differs for a reason, passing it on."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.translations.errors import (
    CannotAccept,
    FindingsOpen,
    MachineDraftFailed,
    MachineDraftOff,
    MachineDraftUnread,
    UnknownTranslation,
)
from hospital.translations.models import Acceptance, Segment, Translation
from hospital.translations.ports import MachineUnavailable, get_machine_translator
from hospital.translations.queries import describe_segments
from hospital.translations.rules.checking import FindingKind
from hospital.translations.services.access import leave_trace, lock_to_write, move, need_words
from hospital.translations.states import MACHINE_MADE, Origin, TranslationState
from hospital.translations.types import SegmentView

_LONGEST = 20_000


def save_segment(*, translation_id: UUID, position: int, text: str, actor: Actor, now: datetime) -> SegmentView:
    """Saves one segment of the actor's own translation; whoever writes first takes it. Returns it with its findings.

    A machine's draft that was changed keeps where it comes from. Refuses `UnknownTranslation`, `NotTranslator`,
    `NotYourTranslation`, `TranslationMoved`.
    """
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        segment = _find_segment(row, position)
        words = text.strip()[:_LONGEST]
        if words != segment.target:
            typed = Origin.EDITED if segment.origin in MACHINE_MADE else Origin.TYPED
            Segment.objects.filter(pk=segment.pk).update(
                target=words,
                origin=typed if words else Origin.NONE,
                written_by_id=UUID(actor.id),
                written_at=now,
            )
        return describe_segments(row, only=segment.position)[0]


def confirm_segment(*, translation_id: UUID, position: int, actor: Actor, now: datetime) -> SegmentView:
    """The translator has read a machine's draft and lets it stand as it is; any other segment stays as it was. Returns
    the segment. Refuses what `save_segment` refuses."""
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        segment = _find_segment(row, position)
        confirmed = Segment.objects.filter(pk=segment.pk, origin=Origin.MACHINE).update(
            origin=Origin.READ, written_by_id=UUID(actor.id), written_at=now
        )
        if confirmed:
            leave_trace(row, "translations.confirm", actor=actor, now=now)
        return describe_segments(row, only=segment.position)[0]


def accept_finding(
    *, translation_id: UUID, position: int, code: str, reason: str, actor: Actor, now: datetime
) -> SegmentView:
    """Lets a difference stand, with a reason; a missing text cannot be accepted. Returns the segment.

    Refuses `CannotAccept`, `TranslationReasonMissing`, and what `save_segment` refuses.
    """
    words = need_words(reason)
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        segment = _find_segment(row, position)
        found = {each.finding.code: each.finding for each in describe_segments(row, only=position)[0].findings}
        if code not in found or found[code].kind is FindingKind.EMPTY:
            raise CannotAccept
        Acceptance.objects.bulk_create(
            [Acceptance(segment=segment, finding=code, reason=words, accepted_by_id=UUID(actor.id), accepted_at=now)],
            ignore_conflicts=True,
        )
        leave_trace(row, "translations.accept", actor=actor, now=now, reason=words)
        return describe_segments(row, only=position)[0]


def submit_translation(*, translation_id: UUID, actor: Actor, now: datetime) -> None:
    """Passes the actor's own translation on to a second reader.

    Refuses `FindingsOpen` while a difference is neither mended nor accepted, `MachineDraftUnread` while nobody has
    confirmed or changed a machine's draft, and what `save_segment` refuses.
    """
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        refuse_open_findings(row)
        move(row, TranslationState.SUBMITTED, submitted_at=now, return_reason="")
        leave_trace(row, "translations.submit", actor=actor, now=now)


def refuse_open_findings(row: Translation) -> None:
    """Refuses `FindingsOpen` while a difference is neither mended nor accepted, by the glossary of this moment, and
    `MachineDraftUnread`."""
    segments = describe_segments(row)
    count = sum(each.is_open for segment in segments for each in segment.findings)
    if count:
        raise FindingsOpen(count=count)
    unread = sum(segment.origin is Origin.MACHINE for segment in segments)
    if unread:
        raise MachineDraftUnread(count=unread)


def draft_by_machine(*, translation_id: UUID, actor: Actor, now: datetime) -> int:
    """Fills the empty segments of the actor's own translation with marked drafts of the machine; returns how many.

    A draft is a text like any other to the checks, and passes two people before it is printed. The machine is asked
    outside the transaction; what was typed meanwhile stays. Refuses `MachineDraftOff`, `MachineDraftFailed`, and what
    `save_segment` refuses.
    """
    machine = get_machine_translator()
    if machine is None:
        raise MachineDraftOff
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        empty = list(row.segments.filter(target="").order_by("position"))
    if not empty:
        return 0
    try:
        drafts = machine.draft_texts(
            [each.source for each in empty], source=row.source_language, target=row.target_language
        )
    except MachineUnavailable as silent:
        raise MachineDraftFailed from silent
    with acting(actor=actor):
        row = lock_to_write(translation_id, actor=actor, now=now)
        written = sum(
            Segment.objects.filter(pk=each.pk, target="").update(
                target=draft.strip()[:_LONGEST], origin=Origin.MACHINE, written_by_id=UUID(actor.id), written_at=now
            )
            for each, draft in zip(empty, drafts, strict=True)
            if draft.strip()
        )
        leave_trace(row, "translations.draft", actor=actor, now=now)
    return written


def _find_segment(row: Translation, position: int) -> Segment:
    segment = row.segments.filter(position=position).first()
    if segment is None:
        raise UnknownTranslation
    return segment
