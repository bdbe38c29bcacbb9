"""/api/reports: laboratory reports that were verified and released (A08, R56)."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.audit.api import record_act
from hospital.documents.types import PaperLanguage
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import FLAG_TEXTS, both, text
from hospital.results.api import get_report, list_earlier_values, list_reports
from hospital.results.types import EarlierValue, ReportView, ValueView
from hospital.workflows.print_clinical import print_laboratory_report

router = Router(tags=["Reports"])


class ReportLineOut(Schema):
    """A report in the list."""

    id: UUID
    number: str
    names: list[Text]
    collected_at: datetime
    reported_at: datetime
    flagged: int


class ValueOut(Schema):
    """One value. `flag` is N, H, L, HH, LL or A; `flag_text` says it in words; `place` is 0–100 on the range bar."""

    code: str
    name: Text
    group: Text
    value: Text
    unit: str
    reference: Text
    flag: str
    flag_text: Text
    place: int | None
    earlier: Text | None
    earlier_at: datetime | None


class ReportOut(Schema):
    """A laboratory report."""

    id: UUID
    number: str
    version: int
    specimen: Text
    collected_at: datetime
    received_at: datetime
    tested_at: datetime | None
    reported_at: datetime | None
    tester: Text
    verifier: Text
    comment: Text
    values: list[ValueOut]


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
    """Values with ranges and flags; the look leaves a trace. Refusals: `unknown_report`."""
    now = timezone.now()
    report = get_report(report_id=report_id, actor=request.auth, now=now)
    record_act(
        actor=request.auth,
        action="results.view",
        subject_kind="report",
        subject_id=str(report.id),
        person_id=report.person_id,
        now=now,
    )
    earlier = list_earlier_values(report=report, is_for_patient=True)
    return _report(report, earlier)


@router.get("/reports/{uuid:report_id}/pdf", summary="One report as PDF", openapi_extra=PDF_ANSWER)
def print_my_report(
    request: PatientRequest, report_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """The paper with number, QR code and check code; `language` zh, en or both. Refusals: `unknown_report`."""
    return pdf_response(
        print_laboratory_report(report_id=report_id, language=language, actor=request.auth, now=timezone.now())
    )


def _report(report: ReportView, earlier: dict[str, EarlierValue]) -> ReportOut:
    return ReportOut(
        id=report.id,
        number=report.number,
        version=report.version,
        specimen=text(report.specimen),
        collected_at=report.collected_at,
        received_at=report.received_at,
        tested_at=report.tested_at,
        reported_at=report.reported_at,
        tester=text(report.tester),
        verifier=text(report.verifier),
        comment=text(report.comment),
        values=[_value(value, earlier.get(value.code)) for value in report.values],
    )


def _value(value: ValueView, earlier: EarlierValue | None) -> ValueOut:
    return ValueOut(
        code=value.code,
        name=text(value.name),
        group=text(value.group),
        value=text(value.display),
        unit=value.unit,
        reference=text(value.reference),
        flag=value.flag,
        flag_text=both(FLAG_TEXTS[value.flag]),
        place=value.place,
        earlier=text(earlier.text) if earlier else None,
        earlier_at=earlier.reported_at if earlier else None,
    )
