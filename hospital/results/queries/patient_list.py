"""A patient's reports over all their people: what can be read, what waits for the doctor, what is on its way."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from hospital.kernel.types import BilingualText
from hospital.results.errors import UnknownReport
from hospital.results.models import ExamReport, LabReport, Specimen
from hospital.results.states import ReportState, SpecimenState
from hospital.results.types import Flag, PatientReportKind, PatientReportLine, PatientReportState

_ALL = Q()
PENDING_FOR = timedelta(days=14)
_ON_ITS_WAY = (SpecimenState.COLLECTED, SpecimenState.RECEIVED, SpecimenState.RESULTED)


def list_patient_reports(
    *,
    person_ids: Iterable[UUID],
    kind: PatientReportKind | None = None,
    before: datetime | None = None,
    limit: int = 30,
) -> list[PatientReportLine]:
    """Final reports of these people, newest first, older than `before` where given; closed ones tell no more than that
    they exist. The caller has found the people by the account's links. Three statements at most."""
    people = list(person_ids)
    lines: list[PatientReportLine] = []
    if kind is not PatientReportKind.EXAM:
        lines += _laboratory(people, before=before, limit=limit)
    if kind is not PatientReportKind.LAB:
        lines += _examinations(people, before=before, limit=limit)
    lines.sort(key=lambda line: line.reported_at or line.collected_at, reverse=True)
    return lines[:limit]


def find_closed_report(*, report_id: UUID, person_ids: Iterable[UUID]) -> PatientReportLine:
    """A report of these people that is final and not released. Refuses `UnknownReport`."""
    people = list(person_ids)
    closed = Q(pk=report_id, released_at=None)
    lines = _laboratory(people, limit=1, only=closed) or _examinations(people, limit=1, only=closed)
    if not lines:
        raise UnknownReport
    return lines[0]


def list_pending_reports(*, person_ids: Iterable[UUID], now: datetime) -> list[PatientReportLine]:
    """Samples of these people that are being examined, newest first."""
    rows = Specimen.objects.filter(
        person_id__in=list(person_ids), state__in=_ON_ITS_WAY, collected_at__gte=now - PENDING_FOR
    ).exclude(reports__state=ReportState.VERIFIED)
    return [
        PatientReportLine(
            id=row.id,
            kind=PatientReportKind.LAB,
            state=PatientReportState.PENDING,
            number=row.number,
            person_id=row.person_id,
            encounter_id=row.encounter_id,
            names=_names(row),
            collected_at=row.collected_at or row.requested_at,
            reported_at=None,
            flagged=None,
        )
        for row in rows.order_by("-collected_at").prefetch_related("requests")[:20]
    ]


def _names(specimen: Specimen) -> tuple[BilingualText, ...]:
    ordered = sorted(specimen.requests.all(), key=lambda request: request.position)
    return tuple(request.name for request in ordered if request.is_active)


def _laboratory(
    people: list[UUID], *, limit: int, before: datetime | None = None, only: Q = _ALL
) -> list[PatientReportLine]:
    rows: QuerySet[LabReport] = LabReport.objects.filter(person_id__in=people, state=ReportState.VERIFIED).filter(only)
    shown = rows.annotate(shown_at=Coalesce("released_at", "reported_at"))
    if before is not None:
        shown = shown.filter(shown_at__lt=before)
    counted = shown.annotate(out=Count("values", filter=~Q(values__flag=Flag.NORMAL)))
    return [
        PatientReportLine(
            id=row.id,
            kind=PatientReportKind.LAB,
            state=PatientReportState.OPEN if row.released_at else PatientReportState.CLOSED,
            number=row.number,
            person_id=row.person_id,
            encounter_id=row.encounter_id,
            names=_names(row.specimen),
            collected_at=row.collected_at,
            reported_at=row.shown_at,
            flagged=row.out if row.released_at else None,
            version=row.version,
        )
        for row in counted.order_by(F("shown_at").desc(), "-id")
        .select_related("specimen")
        .prefetch_related("specimen__requests")[:limit]
    ]


def _examinations(
    people: list[UUID], *, limit: int, before: datetime | None = None, only: Q = _ALL
) -> list[PatientReportLine]:
    rows: QuerySet[ExamReport] = ExamReport.objects.filter(
        person_id__in=people, signed_at__isnull=False, superseded_at=None
    ).filter(only)
    shown = rows.annotate(shown_at=Coalesce("released_at", "signed_at"))
    if before is not None:
        shown = shown.filter(shown_at__lt=before)
    return [
        PatientReportLine(
            id=row.id,
            kind=PatientReportKind.EXAM,
            state=PatientReportState.OPEN if row.released_at else PatientReportState.CLOSED,
            number=row.number,
            person_id=row.person_id,
            encounter_id=row.encounter_id,
            names=(row.name,),
            collected_at=row.examined_at,
            reported_at=row.shown_at,
            flagged=None,
            version=row.version,
        )
        for row in shown.order_by(F("shown_at").desc(), "-id")[:limit]
    ]
