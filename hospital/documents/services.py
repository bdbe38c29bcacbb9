"""Issuing, printing, replacing and voiding documents."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hospital.accounts.api import get_staff_names
from hospital.audit.api import record_act
from hospital.documents.content import build_content, content_digest, kind_of
from hospital.documents.content.gaps import TextGap, find_gaps, select_needed
from hospital.documents.errors import DocumentNotFound, EnglishTextMissing, ReasonMissing
from hospital.documents.formatting import local_day
from hospital.documents.models import DocumentTextGap, IssuedDocument
from hospital.documents.numbering import make_check_code, reserve_number
from hospital.documents.queries import Printing, describe_document, find_visible, refuse_other_language, render_stored
from hospital.documents.rendering import TEMPLATE_VERSION
from hospital.documents.states import TRANSITIONS, DocumentState
from hospital.documents.types import (
    DocumentKind,
    IssuedPaper,
    PaperContent,
    PaperLanguage,
    PaperSheet,
    RenderedPaper,
    Subject,
)
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.events import record_event
from hospital.kernel.transitions import IllegalTransition
from hospital.kernel.types import BilingualText

_PATIENT = BilingualText("患者自助", "by the patient")
_HOSPITAL = BilingualText("国际医疗中心", "International Medical Center")


def refuse_legal_gaps(*, kind: DocumentKind, language: PaperLanguage, gaps: tuple[TextGap, ...]) -> None:
    """Refuses with `EnglishTextMissing`, naming the line, an English paper that lacks English it may not lack."""
    needed = select_needed(kind=kind, gaps=gaps)
    if language == PaperLanguage.EN and needed:
        raise EnglishTextMissing(line=needed[0].line, count=len(needed))


@transaction.atomic
def issue_document(
    *,
    kind: DocumentKind,
    subject: Subject,
    person_id: UUID | None,
    content: PaperContent,
    actor: Actor,
    now: datetime,
    language: PaperLanguage = PaperLanguage.BOTH,
    replaces: str | None = None,
) -> IssuedPaper:
    """Issues a document about `subject` and keeps its snapshot (F48, N20).

    Asking again for an unchanged paper of the same subject gives the valid one back, so that a second click makes no
    second number. `replaces` is the number of an earlier document, which becomes SUPERSEDED. Texts without English are
    logged as gaps. The caller has checked that `actor` may see the subject.

    Refuses with `EnglishTextMissing`, `LanguageNotOffered`, `AmountsDisagree`, `PrescriptionEmpty`, `TooManyDrugs`,
    `DocumentNotFound` (of `replaces`) or `IllegalTransition` (it is no longer valid).
    """
    if kind != kind_of(content):
        raise ValueError(f"{type(content).__name__} is no {kind}")
    snapshot = build_content(content, on=local_day(now))
    refuse_other_language(snapshot, language=language)
    gaps = find_gaps(snapshot)
    refuse_legal_gaps(kind=kind, language=language, gaps=gaps)
    row, is_new = _store(
        kind=kind,
        subject=subject,
        person_id=person_id,
        language=language,
        snapshot=snapshot,
        gaps=len(gaps),
        replaced=_supersede(replaces, now=now) if replaces else None,
        actor=actor,
        now=now,
    )
    if is_new:
        DocumentTextGap.objects.bulk_create(
            DocumentTextGap(document=row, path=gap.path[:80], text_zh=gap.zh, noted_at=now) for gap in gaps
        )
        record_act(
            actor=actor,
            action="documents.issue",
            subject_kind="document",
            subject_id=row.number,
            person_id=person_id,
            now=now,
            details={"kind": kind.value, "replaces": replaces or "", "gaps": len(gaps)},
        )
        record_event(
            kind="documents.issued",
            subject_id=subject.id,
            person_id=person_id,
            now=now,
            facts={"number": row.number, "kind": kind.value},
        )
    return describe_document(row)


def _store(
    *,
    kind: DocumentKind,
    subject: Subject,
    person_id: UUID | None,
    language: PaperLanguage,
    snapshot: dict[str, object],
    gaps: int,
    replaced: IssuedDocument | None,
    actor: Actor,
    now: datetime,
) -> tuple[IssuedDocument, bool]:
    """The row of this paper and whether it is new; the partial unique key decides between two at once."""
    digest = content_digest(snapshot)
    same = IssuedDocument.objects.filter(
        kind=kind, subject_kind=subject.kind, subject_id=subject.id, content_hash=digest, state=DocumentState.VALID
    )
    existing = same.first()
    if existing is not None:
        return existing, False
    number = reserve_number(kind=kind, now=now)
    row = IssuedDocument(
        number=number,
        kind=kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        person_id=person_id,
        language=language,
        content=snapshot,
        content_hash=digest,
        template_version=TEMPLATE_VERSION,
        check_code=make_check_code(number=number, content_hash=digest),
        gaps=gaps,
        replaces=replaced,
        issued_at=now,
        issued_by=actor.id,
        issued_by_label=actor.label[:120],
    )
    IssuedDocument.objects.bulk_create([row], ignore_conflicts=True)
    stored = same.get()
    return stored, stored.id == row.id


def _change_state(number: str, *, target: DocumentState, reason: str, now: datetime) -> IssuedDocument:
    """Moves a document to `target` if its state still allows it; the conditional update decides."""
    changed = IssuedDocument.objects.filter(number=number, state__in=TRANSITIONS.allowed_from(target)).update(
        state=target, state_reason=reason, state_changed_at=now
    )
    row = IssuedDocument.objects.filter(number=number).first()
    if row is None:
        raise DocumentNotFound(number=number)
    if not changed:
        raise IllegalTransition(current=row.state, target=target.value)
    return row


def _supersede(number: str, *, now: datetime) -> IssuedDocument:
    return _change_state(number, target=DocumentState.SUPERSEDED, reason="", now=now)


@transaction.atomic
def supersede_documents(*, subject: Subject, actor: Actor, now: datetime) -> int:
    """Marks what is valid about `subject` as replaced, because the subject was; returns how many.

    The papers still print, marked, and the public check says so. The caller has checked what `actor` may change.
    """
    rows = IssuedDocument.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, state=DocumentState.VALID
    ).select_for_update()
    for row in rows:
        _change_state(row.number, target=DocumentState.SUPERSEDED, reason="", now=now)
        record_act(
            actor=actor,
            action="documents.supersede",
            subject_kind="document",
            subject_id=row.number,
            person_id=row.person_id,
            now=now,
        )
    return len(rows)


@transaction.atomic
def void_document(*, number: str, reason: str, actor: Actor, now: datetime) -> IssuedPaper:
    """Voids a document with a reason; it still prints, marked void, and the public check says so.

    Refuses like `get_document`, and with `ReasonMissing` or `IllegalTransition` (already void).
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    seen = find_visible(number=number, actor=actor, now=now)
    row = _change_state(seen.number, target=DocumentState.VOIDED, reason=reason[:200], now=now)
    record_act(
        actor=actor,
        action="documents.void",
        subject_kind="document",
        subject_id=row.number,
        person_id=row.person_id,
        now=now,
        reason=reason,
    )
    return describe_document(row)


@transaction.atomic
def print_document(
    *,
    number: str,
    actor: Actor,
    now: datetime,
    language: PaperLanguage | None = None,
    sheet: PaperSheet | None = None,
) -> RenderedPaper:
    """Prints a document: counts the print and, from the second on, marks the paper with the number of the reprint
    (第 2 次补打 / Reprint 2), with who printed it and when.

    `language` is the language of issue and `sheet` the kind's first unless given. Refuses like `render_document`, and
    with `SheetNotOffered`; a refused print is not counted.
    """
    seen = find_visible(number=number, actor=actor, now=now)
    IssuedDocument.objects.filter(pk=seen.pk).update(printed_count=F("printed_count") + 1)
    row = IssuedDocument.objects.get(pk=seen.pk)
    reprint = row.printed_count - 1
    printing = Printing(at=now, by=_name_of_printer(actor), reprint=reprint)
    paper = render_stored(row, language=language, sheet=sheet, printing=printing)
    record_act(
        actor=actor,
        action="documents.print",
        subject_kind="document",
        subject_id=row.number,
        person_id=row.person_id,
        now=now,
        details={"language": paper.language.value, "reprint": reprint, "sheet": sheet.value if sheet else ""},
    )
    return paper


def _name_of_printer(actor: Actor) -> BilingualText:
    """Who stands beside a reprint: a member of staff by name, else the side that printed."""
    if actor.kind is ActorKind.STAFF:
        try:
            staff_id = UUID(actor.id)
        except ValueError:
            return BilingualText(actor.label, actor.label)
        return get_staff_names(user_ids=[staff_id]).get(staff_id) or BilingualText(actor.label, actor.label)
    return _PATIENT if actor.kind is ActorKind.PATIENT else _HOSPITAL
