"""The paper of an examination report, each version under a number of its own (A08, W26, N20)."""

from base64 import b64encode
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.documents.api import (
    DocumentKind,
    ExaminationReport,
    PaperLanguage,
    RenderedPaper,
    ReportAddendum,
    ReportImage,
    ReportVersion,
    Signature,
    Subject,
    paper_patient_of,
)
from hospital.encounters.api import get_encounter
from hospital.examinations.api import number_studies
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_lines, list_orders_by_id
from hospital.orders.types import OrderView
from hospital.patients.api import get_person
from hospital.results.api import get_exam_report, get_key_picture, list_exam_reports
from hospital.results.errors import ReportNotVerified
from hospital.results.types import AmendmentKind, ExamReportView, ExamVersion
from hospital.workflows.clinical_words import word_diagnoses, word_free_text
from hospital.workflows.exam_kinds import modality_of
from hospital.workflows.paper_words import letterhead_at
from hospital.workflows.print_paper import print_paper

_SIGNED = BilingualText("签署医师", "Signed by")
_FIRST_READ = BilingualText("报告医师（初审）", "First reader")
_SECOND_READ = BilingualText("审核医师（复核签发）", "Second reader, signed")


def print_exam_report(
    *, report_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, is_copy: bool = False
) -> RenderedPaper:
    """Prints one signed version; an overtaken one as it was, marked as replaced.

    Refusals: `UnknownReport`, `ReportClosed` (a patient before the release), `ReportNotVerified` (a draft),
    `EnglishTextMissing` (naming the part that has no English), `NoCareRelation`, `UnknownPerson`.
    """
    report = get_exam_report(report_id=report_id, actor=actor, now=now)
    if not report.is_signed:
        raise ReportNotVerified
    visit = get_encounter(encounter_id=report.encounter_id)
    person = get_person(actor=actor, person_id=report.person_id, now=now)
    line = list_lines(line_ids=[report.order_line_id])[report.order_line_id]
    (order,) = list_orders_by_id(order_ids=[line.order_id])
    # The history is the paper's, whoever prints it: a patient is told that a version was, not what it said.
    newest = list_exam_reports(order_line_ids=[report.order_line_id])[report.order_line_id]
    history = tuple(each for each in newest.versions if each.version <= report.version)
    content = ExaminationReport(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        visit_number=visit.number,
        report_number=report.number,
        department=visit.department_name,
        doctor=order.signer,
        recognition=report.recognition if report.recognition.zh else None,
        examination=report.name,
        body_part=report.body_part if report.body_part.zh else None,
        accession=_accession(report, actor=actor, now=now),
        modality=modality_of(item_code=line.item_code, now=now),
        examined_at=report.examined_at,
        status=_status(version=report.version, kind=report.kind),
        clinical_info=_asked(order) or word_diagnoses(visit=visit, actor=actor, now=now),
        facts=tuple((fact.label, fact.value) for fact in report.facts),
        images=tuple(
            ReportImage(
                caption=image.caption,
                jpeg=b64encode(get_key_picture(image_id=image.id, report_id=report.id)).decode(),
            )
            for image in report.key_images
        ),
        technique=report.text.technique,
        findings=report.text.findings,
        impression=report.text.impression,
        advice=report.text.advice,
        addenda=tuple(
            ReportAddendum(text=each.addendum, signed_by=each.signer, signed_at=each.signed_at)
            for each in history
            if each.addendum.zh
        ),
        versions=tuple(_version(each) for each in history),
        signatures=_signatures(report),
    )
    return print_paper(
        kind=DocumentKind.EXAMINATION_REPORT,
        subject=exam_paper_subject(report_id=report.id),
        person_id=report.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
        is_overtaken=not report.is_current,
        is_copy=is_copy,
    )


def exam_paper_subject(*, report_id: UUID) -> Subject:
    """What the papers of one version are about."""
    return Subject("results.exam_report", str(report_id))


def _accession(report: ExamReportView, *, actor: Actor, now: datetime) -> str:
    """Under which number the device and the archive know the examination."""
    with acting(actor=actor):
        return number_studies(line_ids=[report.order_line_id], now=now)[report.order_line_id].accession


def _asked(order: OrderView) -> BilingualText | None:
    return word_free_text("\n".join(filter(None, (order.clinical_info.strip(), order.purpose.strip()))))


def _status(*, version: int, kind: AmendmentKind | None) -> BilingualText:
    if kind is AmendmentKind.AMENDMENT:
        return BilingualText(f"修正报告（第 {version} 版）", f"Amended report (version {version})")
    if kind is AmendmentKind.ADDENDUM:
        return BilingualText(f"补充报告（第 {version} 版）", f"Addendum (version {version})")
    return BilingualText("终审报告", "Final report")


def _version(version: ExamVersion) -> ReportVersion:
    return ReportVersion(
        number=version.version,
        status=_status(version=version.version, kind=version.kind),
        signed_by=version.signer,
        signed_at=version.signed_at,
        reason=version.reason if version.reason.zh else None,
    )


def _signatures(report: ExamReportView) -> tuple[Signature, ...]:
    if report.first_read_at is not None:
        return (
            Signature(role=_FIRST_READ, name=report.first_reader, signed_at=report.first_read_at),
            Signature(role=_SECOND_READ, name=report.signer, signed_at=report.signed_at),
        )
    signed = Signature(role=_SIGNED, name=report.signer, signed_at=report.signed_at)
    if report.writer == report.signer:
        return (signed,)
    written = Signature(role=BilingualText("报告书写", "Written by"), name=report.writer, signed_at=report.written_at)
    return (written, signed)
