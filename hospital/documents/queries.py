"""Reading issued documents: lists, the electronic copy, the public check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from hospital.documents.content import content_digest
from hospital.documents.content.gaps import find_gaps, select_needed
from hospital.documents.errors import (
    DocumentDamaged,
    DocumentNotFound,
    EnglishTextMissing,
    LanguageNotOffered,
    SheetNotOffered,
)
from hospital.documents.formatting import format_day, local_day
from hospital.documents.models import DocumentTextGap, IssuedDocument, SignedCopy
from hospital.documents.numbering import build_verify_url, clean_number, is_check_code
from hospital.documents.ports import get_signer
from hospital.documents.rendering import PrintFrame, render_pdf
from hospital.documents.states import DocumentState
from hospital.documents.types import (
    Authenticity,
    DocumentKind,
    IssuedPaper,
    PaperLanguage,
    PaperSheet,
    RenderedPaper,
    Subject,
    Verification,
)
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.patients.api import list_people, require_access
from hospital.patients.errors import UnknownPerson

_WATERMARKS = {
    DocumentState.VOIDED: BilingualText("作废", "VOID"),
    DocumentState.SUPERSEDED: BilingualText("已被替代", "REPLACED"),
}
# What a signed paper says of itself, by whether the authority behind the certificate is the demonstration's.
_SIGNED_BY = {
    False: BilingualText("已由医院数字签名", "Digitally signed by the hospital"),
    True: BilingualText("已数字签名（演示用证书机构）", "Digitally signed (demonstration certificate authority)"),
}
_AUTHENTICITY = {
    DocumentState.VALID: Authenticity.GENUINE,
    DocumentState.SUPERSEDED: Authenticity.SUPERSEDED,
    DocumentState.VOIDED: Authenticity.VOID,
}


def describe_document(row: IssuedDocument) -> IssuedPaper:
    """What the front door tells of a stored document."""
    title = row.content["title"]
    return IssuedPaper(
        id=row.id,
        number=row.number,
        kind=DocumentKind(row.kind),
        title=BilingualText(title["zh"], title["en"]),
        subject=Subject(row.subject_kind, row.subject_id),
        person_id=row.person_id,
        language=PaperLanguage(row.language),
        check_code=row.check_code,
        verify_url=build_verify_url(number=row.number, check_code=row.check_code),
        content_hash=row.content_hash,
        template_version=row.template_version,
        issued_at=row.issued_at,
        issued_by=row.issued_by_label,
        state=DocumentState(row.state),
        state_reason=row.state_reason,
        printed_count=row.printed_count,
        gaps=row.gaps,
    )


def find_visible(*, number: str, actor: Actor, now: datetime) -> IssuedDocument:
    """The document `number` if the actor may see its person; see `get_document` for the refusals."""
    row = IssuedDocument.objects.filter(number=clean_number(number)).first()
    if row is None:
        raise DocumentNotFound(number=clean_number(number))
    if row.person_id is None:
        if actor.kind is ActorKind.PATIENT:
            raise DocumentNotFound(number=number)
        return row
    try:
        require_access(actor=actor, person_id=row.person_id, now=now)
    except UnknownPerson as unknown:
        raise DocumentNotFound(number=number) from unknown
    return row


def get_document(*, number: str, actor: Actor, now: datetime) -> IssuedPaper:
    """One document whose person the actor may see.

    Refuses with `DocumentNotFound`, also where an account asks for somebody else's document, or with the patients'
    `NoCareRelation` for staff.
    """
    return describe_document(find_visible(number=number, actor=actor, now=now))


def list_documents(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID | None = None,
    subject: Subject | None = None,
    kinds: Iterable[DocumentKind] = DocumentKind,
) -> list[IssuedPaper]:
    """The documents of a person, of a subject, or of both, newest first; void and replaced ones too.

    At least one of `person_id` and `subject` is given. A person whom the actor may not see is refused with the
    patients' `UnknownPerson` or `NoCareRelation`; documents of a subject are left out where their person is unseen.
    """
    if person_id is None and subject is None:
        raise ValueError("a person or a subject is needed")
    rows = IssuedDocument.objects.filter(kind__in=list(kinds)).order_by("-issued_at", "-number")
    if person_id is not None:
        require_access(actor=actor, person_id=person_id, now=now)
        rows = rows.filter(person_id=person_id)
    if subject is not None:
        rows = rows.filter(subject_kind=subject.kind, subject_id=subject.id)
    found = list(rows)
    seen = list_people(actor=actor, person_ids={row.person_id for row in found if row.person_id}, now=now)
    is_patient = actor.kind is ActorKind.PATIENT
    return [describe_document(row) for row in found if row.person_id in seen or (not row.person_id and not is_patient)]


def refuse_other_language(content: Mapping[str, object], *, language: PaperLanguage) -> None:
    """Refuses with `LanguageNotOffered` what holds one language alone (`only`) and is asked for in another."""
    if content.get("only", language.value) != language.value:
        raise LanguageNotOffered


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One print: when, by whom, the how manieth after the first."""

    at: datetime
    by: BilingualText
    reprint: int


def render_stored(
    row: IssuedDocument,
    *,
    language: PaperLanguage | None,
    sheet: PaperSheet | None = None,
    printing: Printing | None = None,
) -> RenderedPaper:
    """A stored document as PDF; see `render_document`. Refuses with `SheetNotOffered` also."""
    chosen, kind = language or PaperLanguage(row.language), DocumentKind(row.kind)
    if sheet is not None and sheet not in kind.sheets:
        raise SheetNotOffered
    if content_digest(row.content) != row.content_hash:
        raise DocumentDamaged(number=row.number)
    refuse_other_language(row.content, language=chosen)
    needed = select_needed(kind=kind, gaps=find_gaps(row.content)) if row.gaps else ()
    if chosen == PaperLanguage.EN and needed:
        raise EnglishTextMissing(line=needed[0].line, count=len(needed))
    signer = get_signer() if kind.is_signed and row.state == DocumentState.VALID else None
    frame = PrintFrame(
        number=row.number,
        check_code=row.check_code,
        verify_url=build_verify_url(number=row.number, check_code=row.check_code),
        issued_at=row.issued_at,
        printed_at=printing.at if printing else None,
        reprint=printing.reprint if printing else 0,
        printed_by=printing.by if printing and printing.reprint else None,
        watermark=_WATERMARKS.get(DocumentState(row.state)),
        signature=_SIGNED_BY[signer.is_demonstration] if signer else None,
    )
    pdf = render_pdf(
        kind=kind,
        content=row.content,
        frame=frame,
        language=chosen,
        template_version=row.template_version,
        sheet=sheet,
    )
    return RenderedPaper(
        number=row.number,
        language=chosen,
        filename=_filename(row.number, chosen),
        pdf=signer.sign_pdf(pdf) if signer else pdf,
        reprint=frame.reprint,
        is_signed=signer is not None,
    )


def render_document(
    *, number: str, actor: Actor, now: datetime, language: PaperLanguage | None = None
) -> RenderedPaper:
    """The electronic copy: from the snapshot, with the template of its issue, the same bytes each time; not counted.

    `language` is the language of issue unless given. A void or replaced document carries the word across the page; a
    valid one of a kind that is signed is signed when its copy is first asked for, and kept (N05).
    Refuses like `get_document`, and with `EnglishTextMissing` or `DocumentDamaged`.
    """
    row = find_visible(number=number, actor=actor, now=now)
    chosen = language or PaperLanguage(row.language)
    if not DocumentKind(row.kind).is_signed or row.state != DocumentState.VALID:
        return render_stored(row, language=chosen)
    kept = SignedCopy.objects.filter(document=row, language=chosen)
    copy = kept.first()
    if copy is None:
        paper = render_stored(row, language=chosen)
        if not paper.is_signed:
            return paper
        SignedCopy.objects.bulk_create(
            [SignedCopy(document=row, language=chosen, pdf=paper.pdf, signed_at=now)], ignore_conflicts=True
        )
        copy = kept.get()
    return RenderedPaper(
        number=row.number,
        language=chosen,
        filename=_filename(row.number, chosen),
        pdf=bytes(copy.pdf),
        is_signed=True,
    )


def _filename(number: str, language: PaperLanguage) -> str:
    return f"{number}-{language}.pdf"


_UNKNOWN = Verification(authenticity=Authenticity.UNKNOWN)


def verify_document(*, number: str, check_code: str) -> Verification:
    """The public check: whether the hospital issued a paper of this number, of what kind and when; never about whom.

    A wrong check code and a number that does not exist give the same answer in the same time.
    """
    columns = ("number", "check_code", "state", "issued_at", "subject_kind", "subject_id")
    texts = ("content__title", "content__hospital__name")
    row = IssuedDocument.objects.filter(number=clean_number(number)).values(*columns, *texts).first()
    if not is_check_code(given=check_code, stored=row["check_code"] if row else None) or row is None:
        return _UNKNOWN
    title, hospital = row["content__title"], row["content__hospital__name"]
    return Verification(
        authenticity=_AUTHENTICITY[DocumentState(row["state"])],
        number=row["number"],
        title=BilingualText(title["zh"], title["en"]),
        issued_on=local_day(row["issued_at"]),
        issued_text=format_day(row["issued_at"]),
        hospital=BilingualText(hospital["zh"], hospital["en"]),
        subject=Subject(row["subject_kind"], row["subject_id"]),
    )


@dataclass(frozen=True, slots=True)
class MissingEnglish:
    """A Chinese text without English on issued papers: how many papers, and when last."""

    text_zh: str
    documents: int
    last_noted_at: datetime


def list_missing_english(*, limit: int = 200) -> list[MissingEnglish]:
    """The work list of whoever maintains names, most frequent first."""
    rows = (
        DocumentTextGap.objects.values("text_zh")
        .annotate(documents=Count("document", distinct=True), last=Max("noted_at"))
        .order_by("-documents", "text_zh")[:limit]
    )
    return [MissingEnglish(row["text_zh"], row["documents"], row["last"]) for row in rows]
