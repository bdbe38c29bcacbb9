"""The price notice on paper: printed at a window, signed there, and written down (F46, brief §1.4)."""

import re
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import list_pending_charges
from hospital.catalog.types import ServiceLine
from hospital.consents.types import PriceAcceptance, Way
from hospital.documents.api import (
    DocumentKind,
    NoticePoint,
    PaperLanguage,
    PriceNoticePaper,
    RenderedPaper,
    Signature,
    Subject,
    issue_document,
    list_documents,
    paper_patient_of,
)
from hospital.documents.states import DocumentState
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.workflows.errors import PriceNoticeNotPrinted
from hospital.workflows.paper_words import letterhead_at
from hospital.workflows.price_notice import PriceNotice, accept_price_notice, get_price_notice
from hospital.workflows.print_paper import print_paper

_SIGNATURES = (
    Signature(role=BilingualText("患者或监护人", "Patient or guardian")),
    Signature(role=BilingualText("日期", "Date")),
    Signature(role=BilingualText("经办人（见证）", "Clerk, as witness")),
)
_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)


def print_price_notice(
    *, person_id: UUID, service_line: ServiceLine, language: PaperLanguage, actor: Actor, now: datetime
) -> RenderedPaper:
    """Prints the notice of a service line at the actor's campus for a patient to sign.

    Refusals: `UnknownPerson`, `NoCareRelation`, `EnglishTextMissing`.
    """
    notice = _read(person_id=person_id, service_line=service_line, actor=actor, now=now)
    return print_paper(
        kind=DocumentKind.PRICE_NOTICE,
        subject=_subject(person_id, notice),
        person_id=person_id,
        content=_content(notice, person_id=person_id, actor=actor, now=now),
        language=language,
        actor=actor,
        now=now,
    )


def sign_price_notice(*, person_id: UUID, service_line: ServiceLine, actor: Actor, now: datetime) -> PriceNotice:
    """The patient or a guardian has signed the printed notice; the actor is the witness.

    Refusals: `PriceNoticeNotPrinted` (never, or not as it reads now), `UnknownPerson`, `NoCareRelation`.
    """
    with acting(actor=actor):
        notice = _read(person_id=person_id, service_line=service_line, actor=actor, now=now)
        subject = _subject(person_id, notice)
        papers = list_documents(
            person_id=person_id, kinds=[DocumentKind.PRICE_NOTICE], subject=subject, actor=actor, now=now
        )
        printed = next((paper for paper in papers if paper.state is DocumentState.VALID), None)
        # Issuing gives the valid paper back if it reads as it would now.
        same = issue_document(
            kind=DocumentKind.PRICE_NOTICE,
            subject=subject,
            person_id=person_id,
            content=_content(notice, person_id=person_id, actor=actor, now=now),
            actor=actor,
            now=now,
        )
        if printed is None or same.number != printed.number:
            raise PriceNoticeNotPrinted
        return accept_price_notice(
            person_id=person_id,
            campus_code=notice.campus_code,
            service_line=service_line,
            acceptance=PriceAcceptance(
                way=Way.PAPER, text_hash=notice.hash, language=printed.language.value, paper=printed.number
            ),
            actor=actor,
            now=now,
        )


def _read(*, person_id: UUID, service_line: ServiceLine, actor: Actor, now: datetime) -> PriceNotice:
    lines = list_pending_charges(person_id=person_id, actor=actor, now=now)
    here = [line for line in lines if line.campus_code == actor.campus_code]
    return get_price_notice(service_line=service_line, campus_code=actor.campus_code, lines=here, now=now)


def _subject(person_id: UUID, notice: PriceNotice) -> Subject:
    return Subject("consents.price", f"{person_id}:{notice.service_line.value}:{notice.campus_code}"[:64])


def _content(notice: PriceNotice, *, person_id: UUID, actor: Actor, now: datetime) -> PriceNoticePaper:
    person = get_person(actor=actor, person_id=person_id, now=now)
    return PriceNoticePaper(
        letterhead=letterhead_at(campus_code=notice.campus_code),
        patient=paper_patient_of(person=person, campus_code=notice.campus_code),
        service=notice.name,
        code=notice.code,
        rates=tuple(NoticePoint(what=row.what, said=row.said) for row in notice.rates),
        exempt=notice.exempt,
        payers=tuple(NoticePoint(what=row.what, said=row.said) for row in notice.payers),
        sections=_sections(notice.text.body),
        signatures=_SIGNATURES,
    )


def _sections(body: BilingualText) -> tuple[NoticePoint, ...]:
    """The text under its headings; both languages have the same ones."""
    return tuple(
        NoticePoint(what=BilingualText(zh[0], en[0]), said=BilingualText(zh[1], en[1]))
        for zh, en in zip(_parts(body.zh), _parts(body.en), strict=True)
    )


def _parts(text: str) -> list[tuple[str, str]]:
    parts = _HEADING.split(text)[1:]
    return [(parts[n], parts[n + 1].strip()) for n in range(0, len(parts), 2)]
