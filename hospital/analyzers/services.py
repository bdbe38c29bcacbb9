"""Keeping what analyzers send, and what people decide about it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.analyzers.errors import MessageSettled, ReasonMissing
from hospital.analyzers.models import Analyzer, AnalyzerCode, InboundMessage
from hospital.analyzers.queries import ANSWER_PLACE, RAW_PLACE, require_message
from hospital.analyzers.states import MESSAGE_TRANSITIONS, MessageState
from hospital.analyzers.types import Header, NewAnalyzer, Verdict
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import encrypt_bytes
from hospital.kernel.ids import new_id


def load_analyzers(*, analyzers: Iterable[NewAnalyzer]) -> None:
    """Writes these analyzers with their codes; those that exist are brought up to date."""
    for new in analyzers:
        row, _ = Analyzer.objects.update_or_create(
            code=new.code,
            defaults={
                "name_zh": new.name.zh,
                "name_en": new.name.en,
                "campus_id": new.campus_code,
                "application": new.application,
                "facility": new.facility,
                "processing_id": new.processing_id,
                "method": new.method,
            },
        )
        row.codes.all().delete()
        AnalyzerCode.objects.bulk_create(
            AnalyzerCode(analyzer=row, code=code, analyte_code=analyte) for code, analyte in new.codes.items()
        )


def digest_of(raw: bytes) -> str:
    """What makes a message the same one: everything below its first line, or all of it where there is no more."""
    _, _, body = raw.partition(b"\r")
    return hashlib.sha256(body or raw).hexdigest()


def keep_message(
    *,
    raw: bytes,
    header: Header,
    analyzer_id: UUID | None,
    specimen_number: str,
    verdict: Verdict,
    answer: bytes,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Keeps a message with its answer, in the caller's transaction; returns its id.

    The same message under the same number stands once: the database's unique key refuses a second (`IntegrityError`),
    and the caller's transaction with everything that it wrote.
    """
    message = InboundMessage.objects.create(
        id=new_id(),
        analyzer_id=analyzer_id,
        application=header.application,
        facility=header.facility,
        control_id=header.control_id,
        digest=digest_of(raw),
        raw=encrypt_bytes(raw, place=RAW_PLACE),
        specimen_number=specimen_number,
        received_at=now,
        state=verdict.state,
        answer_code=verdict.answer,
        error_code=verdict.error,
        answer_text=verdict.text[:400],
        reason=verdict.reason,
        answer=encrypt_bytes(answer, place=ANSWER_PLACE),
        report_ids=[str(each) for each in verdict.report_ids],
    )
    record_act(
        actor=actor,
        action="analyzers.take_message",
        subject_kind="analyzer_message",
        subject_id=str(message.id),
        now=now,
        details={"control_id": header.control_id, "answer": verdict.answer, "state": verdict.state},
    )
    return message.id


def mark_linked(
    *, message_id: UUID, specimen_number: str, report_ids: Iterable[UUID], actor: Actor, now: datetime
) -> None:
    """Notes that somebody put the values of a waiting message into a report. Refuses `UnknownMessage`,
    `NotForLaboratory`, `MessageSettled`."""
    with acting(actor=actor):
        _settle(
            message_id=message_id,
            target=MessageState.APPLIED,
            reason="",
            actor=actor,
            now=now,
            specimen_number=specimen_number,
            report_ids=[str(each) for each in report_ids],
        )


def set_message_aside(*, message_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Takes a message from the desk without using it. Refuses `ReasonMissing`, `UnknownMessage`, `NotForLaboratory`,
    `MessageSettled`."""
    if not reason.strip():
        raise ReasonMissing
    with acting(actor=actor):
        _settle(message_id=message_id, target=MessageState.SET_ASIDE, reason=reason.strip()[:200], actor=actor, now=now)


def _settle(
    *, message_id: UUID, target: MessageState, reason: str, actor: Actor, now: datetime, **changes: object
) -> None:
    message = require_message(message_id=message_id, actor=actor)
    waiting = InboundMessage.objects.filter(pk=message_id, state__in=MESSAGE_TRANSITIONS.allowed_from(target))
    if not waiting.update(state=target, settled_by_id=UUID(actor.id), settled_at=now, settled_reason=reason, **changes):
        raise MessageSettled
    record_act(
        actor=actor,
        action="analyzers.link_message" if target is MessageState.APPLIED else "analyzers.set_aside",
        subject_kind="analyzer_message",
        subject_id=str(message_id),
        reason=reason,
        now=now,
        details={"control_id": message.control_id},
    )
