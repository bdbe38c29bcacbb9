"""/api/reports: reports that are final and released; of closed ones only that they exist (A08, R56)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.audit.api import record_act
from hospital.documents.types import PaperLanguage
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.types import BilingualText
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.report_schemas import (
    AddendumOut,
    ClosedReportOut,
    ExamFactOut,
    ExamReportOut,
    KeyImageOut,
    PatientReportOut,
    PatientReportsOut,
    ReportLineOut,
    ReportOut,
    ReportVersionOut,
    TrendPointOut,
    ValueOut,
)
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.texts import CLOSED_WHEN, CLOSED_WHY, FLAG_TEXTS, both, text
from hospital.results.api import (
    compare_last,
    get_exam_report,
    get_report,
    list_report_versions,
    list_reports,
    list_trends,
)
from hospital.results.states import ReportState
from hospital.results.types import (
    AmendmentKind,
    PatientReportKind,
    PatientReportLine,
    ReportView,
    TrendPoint,
    ValueView,
)
from hospital.workflows.clinical_words import word_free_text
from hospital.workflows.my_reports import get_closed_report, list_my_reports_page
from hospital.workflows.print_clinical import print_laboratory_report
from hospital.workflows.print_exam_report import print_exam_report

router = Router(tags=["Reports"])
PAGE = 30


@router.get("/reports", response=PatientReportsOut, summary="Reports of my people")
def list_reports_of_my_people(
    request: PatientRequest,
    person_id: UUID | None = None,
    kind: PatientReportKind | None = None,
    before: datetime | None = None,
) -> PatientReportsOut:
    """Reports of everybody on the account's list, or of one of them: 30 at a time, newest first.

    What waits for the doctor is closed and tells nothing but that it exists. Refusals: `unknown_person`.
    """
    page = list_my_reports_page(
        actor=request.auth, person_id=person_id, kind=kind, before=before, limit=PAGE, now=timezone.now()
    )
    return PatientReportsOut(
        pending=[_listed(line, page.visits) for line in page.pending],
        reports=[_listed(line, page.visits) for line in page.lines],
        next_before=page.next_before,
    )


@router.get("/reports/closed/{uuid:report_id}", response=ClosedReportOut, summary="A report that waits for my doctor")
def read_closed_report(request: PatientRequest, report_id: UUID) -> ClosedReportOut:
    """Why a report is closed and when it opens. Refusals: `unknown_report` (also: it is open)."""
    line, visit = get_closed_report(report_id=report_id, actor=request.auth, now=timezone.now())
    return ClosedReportOut(
        id=line.id,
        kind=line.kind,
        person_id=line.person_id,
        names=[text(name) for name in line.names],
        collected_at=line.collected_at,
        doctor=text(visit.clinician_name),
        department=text(visit.department_name),
        location=text(visit.department_location),
        appointment_id=visit.appointment_id,
        why=both(CLOSED_WHY),
        when=both(CLOSED_WHEN),
    )


@router.get("/exam-reports/{uuid:report_id}", response=ExamReportOut, summary="One examination report")
def read_exam_report(request: PatientRequest, report_id: UUID) -> ExamReportOut:
    """Findings and impression; the look leaves a trace. Refusals: `unknown_report`, `report_closed`."""
    now = timezone.now()
    report = get_exam_report(report_id=report_id, actor=request.auth, now=now)
    _record_look(request, kind="exam_report", subject_id=report.id, person_id=report.person_id, now=now)
    visit = get_encounter(encounter_id=report.encounter_id)
    return ExamReportOut(
        id=report.id,
        number=report.number,
        version=report.version,
        is_current=report.is_current,
        versions=[
            ReportVersionOut(
                id=each.id,
                version=each.version,
                kind=each.kind,
                at=each.signed_at,
                by=text(each.signer),
                reason=text(each.reason),
                is_current=each.is_current,
            )
            for each in report.versions
        ],
        addenda=[
            AddendumOut(text=text(each.addendum), by=text(each.signer), at=each.signed_at) for each in report.addenda
        ],
        person_id=report.person_id,
        name=text(report.name),
        body_part=text(report.body_part),
        technique=text(report.text.technique),
        findings=text(report.text.findings),
        impression=text(report.text.impression),
        advice=text(report.text.advice),
        kind=report.exam_kind,
        recognition=text(report.recognition),
        facts=[ExamFactOut(label=text(fact.label), value=text(fact.value)) for fact in report.facts],
        key_images=[KeyImageOut(id=image.id, caption=text(image.caption)) for image in report.key_images],
        examined_at=report.examined_at,
        signed_at=report.signed_at,
        signer=text(report.signer),
        department=text(visit.department_name),
        campus=text(visit.campus_name),
    )


@router.get("/exam-reports/{uuid:report_id}/pdf", summary="One examination report as PDF", openapi_extra=PDF_ANSWER)
def print_my_exam_report(
    request: PatientRequest, report_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """The paper with number, QR code and check code; `language` zh, en or both.

    Refusals: `unknown_report`, `report_closed`, `english_text_missing` (en, naming the part that has no English).
    """
    return pdf_response(
        print_exam_report(report_id=report_id, language=language, actor=request.auth, now=timezone.now())
    )


@router.get("/people/{uuid:person_id}/reports", response=list[ReportLineOut], summary="Reports of a person")
def list_my_reports(request: PatientRequest, person_id: UUID, limit: int = 50) -> list[ReportLineOut]:
    """Verified and released reports, newest first. Refusals: `unknown_person`."""
    rows = list_reports(person_id=person_id, actor=request.auth, now=timezone.now(), limit=max(1, min(limit, 100)))
    return [
        ReportLineOut(
            id=row.id,
            number=row.number,
            names=[text(name) for name in row.names],
            collected_at=row.collected_at,
            reported_at=row.reported_at,
            flagged=row.flagged,
        )
        for row in rows
    ]


@router.get("/reports/{uuid:report_id}", response=ReportOut, summary="One report")
def read_my_report(request: PatientRequest, report_id: UUID) -> ReportOut:
    """Values with ranges, flags and trends; the look leaves a trace. Refusals: `unknown_report`, `report_closed`."""
    now = timezone.now()
    report = get_report(report_id=report_id, actor=request.auth, now=now)
    _record_look(request, kind="report", subject_id=report.id, person_id=report.person_id, now=now)
    trends = list_trends(report=report, is_for_patient=True)
    versions = list_report_versions(specimen_id=report.specimen_id, actor=request.auth, now=now)
    return _report(report, trends, versions, get_encounter(encounter_id=report.encounter_id))


def _record_look(request: PatientRequest, *, kind: str, subject_id: UUID, person_id: UUID, now: datetime) -> None:
    record_act(
        actor=request.auth,
        action="results.view",
        subject_kind=kind,
        subject_id=str(subject_id),
        person_id=person_id,
        now=now,
    )


@router.get("/reports/{uuid:report_id}/pdf", summary="One report as PDF", openapi_extra=PDF_ANSWER)
def print_my_report(
    request: PatientRequest, report_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """The paper with number, QR code and check code; `language` zh, en or both. Refusals: `unknown_report`."""
    return pdf_response(
        print_laboratory_report(report_id=report_id, language=language, actor=request.auth, now=timezone.now())
    )


def _listed(line: PatientReportLine, visits: Mapping[UUID, EncounterCard]) -> PatientReportOut:
    visit = visits[line.encounter_id]
    return PatientReportOut(
        id=line.id,
        kind=line.kind,
        state=line.state,
        number=line.number,
        person_id=line.person_id,
        names=[text(name) for name in line.names],
        collected_at=line.collected_at,
        reported_at=line.reported_at,
        flagged=line.flagged,
        version=line.version,
        is_taken=line.is_taken,
        doctor=text(visit.clinician_name),
        campus=text(visit.campus_name),
    )


def _version(report: ReportView) -> ReportVersionOut:
    return ReportVersionOut(
        id=report.id,
        version=report.version,
        kind=AmendmentKind.AMENDMENT if report.version > 1 else None,
        at=report.reported_at,
        by=text(report.verifier),
        reason=text(word_free_text(report.amend_reason) or BilingualText("")),
        is_current=report.state is ReportState.VERIFIED,
    )


def _report(
    report: ReportView,
    trends: Mapping[str, Sequence[TrendPoint]],
    versions: Sequence[ReportView],
    visit: EncounterCard,
) -> ReportOut:
    return ReportOut(
        id=report.id,
        person_id=report.person_id,
        appointment_id=visit.appointment_id,
        doctor=text(visit.clinician_name),
        department=text(visit.department_name),
        campus=text(visit.campus_name),
        number=report.number,
        version=report.version,
        is_current=report.state is ReportState.VERIFIED,
        versions=[_version(each) for each in versions],
        specimen=text(report.specimen),
        collected_at=report.collected_at,
        received_at=report.received_at,
        tested_at=report.tested_at,
        reported_at=report.reported_at,
        tester=text(report.tester),
        verifier=text(report.verifier),
        comment=text(report.comment),
        values=[_value(value, trends.get(value.code, ())) for value in report.values],
    )


def _value(value: ValueView, trend: Sequence[TrendPoint]) -> ValueOut:
    last = trend[-1] if trend else None
    earlier = trend[-2] if len(trend) > 1 else None
    return ValueOut(
        code=value.code,
        name=text(value.name),
        group=text(value.group),
        value=text(value.display),
        unit=value.unit,
        second=value.second,
        second_unit=value.second_unit,
        about=text(value.about),
        recognition=text(value.recognition),
        reference=text(value.reference),
        flag=value.flag,
        flag_text=both(FLAG_TEXTS[value.flag]),
        place=value.place,
        earlier=text(earlier.text) if earlier else None,
        earlier_at=earlier.at if earlier else None,
        low=_decimal(last.low) if last else None,
        high=_decimal(last.high) if last else None,
        trend=[
            TrendPointOut(at=point.at, value=text(point.text), number=_decimal(_plain(point)), flag=point.flag)
            for point in trend
        ],
        direction=compare_last([_plain(point) for point in trend]),
    )


def _plain(point: TrendPoint) -> Decimal | None:
    """The number of a value that is one: `<0.01` is below a limit and stands nowhere on a line."""
    return None if point.text.zh.startswith(("<", ">")) else point.number


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"
