"""Examination reports: patients read what is signed and released, clinical staff all of their patients'."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.results.errors import ReportClosed, UnknownReport
from hospital.results.models import CriticalAlert, ExamKeyImage, ExamReport
from hospital.results.types import (
    AmendmentKind,
    ExamKind,
    ExamReportView,
    ExamText,
    ExamVersion,
    FindingAlert,
    KeyImage,
)


def get_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> ExamReportView:
    """One version of an examination report.

    A patient reads an earlier version where it was opened to them and the current one is open. Refuses `UnknownReport`
    (a patient: also a draft, and an earlier version that was never opened), `ReportClosed` (a patient before the
    release), `NoCareRelation`, `NotClinicalStaff`, `UnknownPerson`.
    """
    view = next(iter(_views(ExamReport.objects.filter(pk=report_id))), None)
    if view is None:
        raise UnknownReport
    require_clinical_access(actor=actor, person_id=view.person_id, now=now)
    return _for_patient(view) if actor.kind is ActorKind.PATIENT else view


def list_exam_reports(*, order_line_ids: Iterable[UUID]) -> dict[UUID, ExamReportView]:
    """The newest version by order line, a draft too, for desks that have checked the access to the visit."""
    views = _views(ExamReport.objects.filter(order_line_id__in=list(order_line_ids)).order_by("version"))
    return {view.order_line_id: view for view in views}


def list_person_exam_reports(*, person_id: UUID, actor: Actor, now: datetime, limit: int = 50) -> list[ExamReportView]:
    """The current signed reports of a person, newest first; a patient gets the released ones only.

    Refuses `NoCareRelation`, `NotClinicalStaff`, `UnknownPerson`.
    """
    require_clinical_access(actor=actor, person_id=person_id, now=now)
    rows = ExamReport.objects.filter(person_id=person_id, signed_at__isnull=False, superseded_at=None)
    if actor.kind is not ActorKind.PATIENT:
        return _views(rows.order_by("-signed_at")[:limit])
    released = rows.filter(released_at__isnull=False)
    return [_for_patient(view) for view in _views(released.order_by("-signed_at")[:limit])]


def list_reported_examinations(*, order_line_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these order lines have a signed report, for workflows, which have checked the access."""
    rows = ExamReport.objects.filter(order_line_id__in=list(order_line_ids), signed_at__isnull=False)
    return frozenset(rows.values_list("order_line_id", flat=True))


def _for_patient(view: ExamReportView) -> ExamReportView:
    """What a patient reads of a version, or the refusal."""
    if not view.is_signed:
        raise UnknownReport
    current = next(each for each in view.versions if each.is_current)
    if current.released_at is None:
        raise ReportClosed
    if view.released_at is None:
        raise UnknownReport
    return replace(view, versions=tuple(each for each in view.versions if each.released_at))


def _views(rows: QuerySet[ExamReport]) -> list[ExamReportView]:
    loaded = list(rows.select_related("encounter", "signed_by", "written_by", "first_read_by"))
    signed = ExamReport.objects.filter(order_line_id__in={row.order_line_id for row in loaded}, signed_at__isnull=False)
    versions: dict[UUID, list[ExamVersion]] = {}
    for row in signed.select_related("signed_by").order_by("version") if loaded else ():
        versions.setdefault(row.order_line_id, []).append(_version(row))
    images = _key_images([row.id for row in loaded])
    return [_view(row, versions.get(row.order_line_id, []), images.get(row.id, [])) for row in loaded]


def get_key_picture(*, image_id: UUID, report_id: UUID) -> bytes:
    """The JPEG of a key image, for whoever may read the report. Refuses `UnknownReport`."""
    picture = ExamKeyImage.objects.filter(pk=image_id, report_id=report_id).values_list("picture", flat=True).first()
    if picture is None:
        raise UnknownReport
    return bytes(picture)


def list_finding_alerts(*, report_id: UUID) -> list[FindingAlert]:
    """The critical findings of one version, for desks that have checked the access to the visit."""
    rows = CriticalAlert.objects.filter(exam_report_id=report_id, withdrawn_at=None).order_by("raised_at")
    return [
        FindingAlert(
            id=row.id,
            finding=BilingualText(row.value, row.value_en),
            raised_at=row.raised_at,
            level=row.level,
            answered_by=row.answered_by,
            called_at=row.called_at,
            acknowledged_by=_name(row.acknowledged_by),
            acknowledged_at=row.acknowledged_at,
            action=row.action,
        )
        for row in rows.select_related("acknowledged_by")
    ]


def _key_images(report_ids: list[UUID]) -> dict[UUID, list[KeyImage]]:
    found: dict[UUID, list[KeyImage]] = {}
    if not report_ids:
        return found
    rows = ExamKeyImage.objects.filter(report_id__in=report_ids).order_by("added_at", "id").defer("picture")
    for row in rows:
        image = KeyImage(id=row.id, caption=BilingualText(row.caption_zh, row.caption_en))
        found.setdefault(row.report_id, []).append(image)
    return found


def _name(user: Any) -> BilingualText:
    return BilingualText(user.name_zh, user.name_en) if user else BilingualText("")


def _version(row: ExamReport) -> ExamVersion:
    assert row.signed_by is not None
    assert row.signed_at is not None
    return ExamVersion(
        id=row.id,
        version=row.version,
        kind=AmendmentKind(row.amendment_kind) if row.amendment_kind else None,
        reason=BilingualText(row.amend_reason_zh, row.amend_reason_en),
        addendum=BilingualText(row.addendum_zh, row.addendum_en),
        signer=BilingualText(row.signed_by.name_zh, row.signed_by.name_en),
        signed_at=row.signed_at,
        released_at=row.released_at,
        is_current=row.superseded_at is None,
    )


def _view(row: ExamReport, versions: list[ExamVersion], key_images: list[KeyImage]) -> ExamReportView:
    signer = row.signed_by
    return ExamReportView(
        id=row.id,
        number=row.number,
        version=row.version,
        kind=AmendmentKind(row.amendment_kind) if row.amendment_kind else None,
        reason=BilingualText(row.amend_reason_zh, row.amend_reason_en),
        is_current=row.signed_at is not None and row.superseded_at is None,
        versions=tuple(versions),
        order_line_id=row.order_line_id,
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        campus_code=row.encounter.campus_id,
        name=row.name,
        body_part=BilingualText(row.body_part_zh, row.body_part_en),
        text=ExamText(
            technique=BilingualText(row.technique_zh, row.technique_en),
            findings=BilingualText(row.findings_zh, row.findings_en),
            impression=BilingualText(row.impression_zh, row.impression_en),
            advice=BilingualText(row.advice_zh, row.advice_en),
            addendum=BilingualText(row.addendum_zh, row.addendum_en),
        ),
        is_signed=row.signed_at is not None,
        is_sensitive=row.is_sensitive,
        examined_at=row.examined_at,
        written_at=row.written_at,
        writer=BilingualText(row.written_by.name_zh, row.written_by.name_en),
        signed_at=row.signed_at,
        signer=BilingualText(signer.name_zh, signer.name_en) if signer else BilingualText(""),
        released_at=row.released_at,
        recognition=BilingualText(row.recognition_zh, row.recognition_en),
        exam_kind=ExamKind(row.exam_kind),
        fields=row.fields,
        first_reader=_name(row.first_read_by),
        first_reader_id=str(row.first_read_by_id or ""),
        first_read_at=row.first_read_at,
        key_images=tuple(key_images),
    )
