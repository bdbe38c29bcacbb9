"""Issuing and printing one paper whose content may change with time, whatever is on it."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.documents.api import (
    DocumentKind,
    PaperContent,
    PaperLanguage,
    PaperSheet,
    RenderedPaper,
    Subject,
    issue_document,
    list_documents,
    print_document,
    render_document,
    supersede_documents,
)
from hospital.documents.states import DocumentState
from hospital.kernel.actors import Actor


def print_paper(
    *,
    kind: DocumentKind,
    subject: Subject,
    person_id: UUID | None,
    content: PaperContent,
    language: PaperLanguage,
    actor: Actor,
    now: datetime,
    is_overtaken: bool = False,
    sheet: PaperSheet | None = None,
    is_copy: bool = False,
) -> RenderedPaper:
    """Issues the paper and prints it; what changed since the last print (a line was paid) replaces the older one.

    `is_copy`: the electronic copy instead of a print, which is neither counted nor called a reprint.
    `is_overtaken`: a newer version of the subject exists, so the paper as it was issued is printed, marked as replaced.
    Refusals: `EnglishTextMissing`, `SheetNotOffered`, `UnknownPerson`, `NoCareRelation`.
    """
    papers = list_documents(person_id=person_id, kinds=[kind], subject=subject, actor=actor, now=now)
    if is_overtaken and papers:
        if is_copy:
            return render_document(number=papers[0].number, language=language, actor=actor, now=now)
        return print_document(number=papers[0].number, language=language, sheet=sheet, actor=actor, now=now)
    older = next((paper.number for paper in papers if paper.state is DocumentState.VALID), None)
    with acting(actor=actor):
        issued = issue_document(
            kind=kind,
            subject=subject,
            person_id=person_id,
            content=content,
            language=language,
            actor=actor,
            now=now,
        )
        if older is not None and older != issued.number:
            issued = issue_document(
                kind=kind,
                subject=subject,
                person_id=person_id,
                content=content,
                language=language,
                replaces=older,
                actor=actor,
                now=now,
            )
        if is_overtaken:
            supersede_documents(subject=subject, actor=actor, now=now)
    if is_copy:
        return render_document(number=issued.number, language=language, actor=actor, now=now)
    return print_document(number=issued.number, language=language, sheet=sheet, actor=actor, now=now)
