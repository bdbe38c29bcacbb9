"""Somebody says that what we keep is wrong, and the registration desk answers (PIPL article 46)."""

from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting, record_act
from hospital.consents.errors import (
    AnswerIncomplete,
    CorrectionAnswered,
    NotCorrectionDesk,
    TooManyCorrections,
    UnknownCorrection,
)
from hospital.consents.models import CorrectionRequest
from hospital.consents.types import CorrectionCard, CorrectionState, DeskCorrection
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText

MOST_OPEN: Final = 10
LONGEST_ANSWER: Final = 1000


def request_correction(*, account_id: UUID, text: str, actor: Actor, now: datetime) -> CorrectionCard:
    """Asks the hospital to correct something. Refuses with `TooManyCorrections` while ten wait."""
    with transaction.atomic():
        if CorrectionRequest.objects.filter(account_id=account_id, state="OPEN").count() >= MOST_OPEN:
            raise TooManyCorrections
        row = CorrectionRequest.objects.create(account_id=account_id, text=text.strip(), requested_at=now)
        _trace("consents.request_correction", row.id, actor=actor, now=now)
    return _card(row)


def list_corrections(*, account_id: UUID) -> list[CorrectionCard]:
    """The account's requests, newest first."""
    rows = CorrectionRequest.objects.filter(account_id=account_id).order_by("-requested_at")[:50]
    return [_card(row) for row in rows]


def list_desk_corrections(*, actor: Actor, is_open: bool = True, limit: int = 100) -> list[DeskCorrection]:
    """What waits for the desk, longest first; else what was answered, last first. Refuses `NotCorrectionDesk`."""
    _require_desk(actor)
    every = CorrectionRequest.objects
    rows = every.filter(state="OPEN") if is_open else every.exclude(state="OPEN")
    return [_desk(row) for row in rows.order_by("requested_at" if is_open else "-answered_at")[:limit]]


def get_desk_correction(*, correction_id: UUID, actor: Actor, now: datetime) -> DeskCorrection:
    """One request for the desk; the look is an entry. Refuses `NotCorrectionDesk`, `UnknownCorrection`."""
    _require_desk(actor)
    row = _find(correction_id)
    _trace("consents.view_correction", row.id, actor=actor, now=now)
    return _desk(row)


def answer_correction(
    *, correction_id: UUID, is_done: bool, answer: BilingualText, actor: Actor, now: datetime
) -> DeskCorrection:
    """The desk has corrected it, or says why not; whoever is first. The correction itself is made where the data is.

    A refusal says why in both languages; with a correction a word may be left out, in both. Refuses
    `NotCorrectionDesk`, `UnknownCorrection`, `AnswerIncomplete`, `CorrectionAnswered`.
    """
    _require_desk(actor)
    words = BilingualText(answer.zh.strip()[:LONGEST_ANSWER], answer.en.strip()[:LONGEST_ANSWER])
    if bool(words.zh) != bool(words.en) or not (is_done or words.zh):
        raise AnswerIncomplete
    row = _find(correction_id)
    state: CorrectionState = "DONE" if is_done else "REFUSED"
    with acting(actor=actor):
        changed = CorrectionRequest.objects.filter(pk=row.pk, state="OPEN").update(
            state=state, answer_zh=words.zh, answer_en=words.en, answered_at=now, answered_by=actor.id
        )
        if not changed:
            raise CorrectionAnswered
        _trace("consents.answer_correction", row.id, actor=actor, now=now, state=state)
    return _desk(_find(correction_id))


def _require_desk(actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.REGISTRAR):
        raise NotCorrectionDesk


def _find(correction_id: UUID) -> CorrectionRequest:
    row = CorrectionRequest.objects.filter(pk=correction_id).first()
    if row is None:
        raise UnknownCorrection
    return row


def _card(row: CorrectionRequest) -> CorrectionCard:
    return CorrectionCard(
        id=row.id,
        text=row.text,
        state=cast(CorrectionState, row.state),
        answer=BilingualText(row.answer_zh, row.answer_en),
        requested_at=row.requested_at,
        answered_at=row.answered_at,
    )


def _desk(row: CorrectionRequest) -> DeskCorrection:
    return DeskCorrection(request=_card(row), account_id=row.account_id, answered_by=row.answered_by)


def _trace(action: str, subject_id: UUID, *, actor: Actor, now: datetime, **details: object) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="own_data",
        subject_id=str(subject_id),
        now=now,
        details=details or None,
    )
