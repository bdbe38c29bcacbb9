"""Reports: verified by a second person, held, released, amended. What is verified stays."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.kernel.actors import Actor
from hospital.kernel.ids import new_id
from hospital.results.errors import (
    AmendReasonMissing,
    CriticalCallOpen,
    NotHeld,
    ReportNotEntered,
    ReportNotVerified,
    SameVerifier,
    UnknownReport,
)
from hospital.results.models import LabReport, ResultValue
from hospital.results.rules import is_same_value
from hospital.results.services.access import require_laboratory
from hospital.results.services.critical import settle_earlier_loops
from hospital.results.services.results import lock_open_report
from hospital.results.services.specimens import move_specimen
from hospital.results.states import ReportState, SpecimenState


def verify_report(*, report_id: UUID, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The second person's word: the report is final (R56, domain brief 4).

    A critical or sensitive value holds it back from the patient until the clinician releases it; any other is released
    now. Refuses `SameVerifier` (entered any of the values), `CriticalCallOpen`, `ReportNotEntered`, `ResultsChanged`,
    `UnknownReport`, `NotLaboratoryStaff`.
    """
    with acting(actor=actor):
        report = lock_open_report(report_id=report_id, actor=actor, revision=revision)
        if report.state != ReportState.ENTERED:
            raise ReportNotEntered
        values = list(report.values.select_related("analyte").prefetch_related("calls").order_by("position"))
        if actor.id in {str(report.tester_id), *(str(value.entered_by_id) for value in values)}:
            raise SameVerifier
        uncalled = [value.name for value in values if value.is_critical and not _was_read_back(value)]
        if uncalled:
            raise CriticalCallOpen(analytes=", ".join(str(name) for name in uncalled))
        is_held = any(value.is_critical or value.analyte.is_sensitive for value in values)
        LabReport.objects.filter(specimen_id=report.specimen_id, state=ReportState.VERIFIED).update(
            state=ReportState.SUPERSEDED
        )
        LabReport.objects.filter(pk=report.pk, state=ReportState.ENTERED).update(
            state=ReportState.VERIFIED,
            verifier_id=UUID(actor.id),
            reported_at=now,
            is_held=is_held,
            released_at=None if is_held else now,
            revision=F("revision") + 1,
        )
        if report.version > 1:
            settle_earlier_loops(report=report, values=values, actor=actor, now=now)
        move_specimen(specimen=report.specimen, target=SpecimenState.VERIFIED)
        _record(report=report, action="results.verify", actor=actor, now=now)


def release_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Shows a held report to the patient; the clinician of the visit does it after talking to them.

    Refuses `UnknownReport`, `NotYourPatient`, `ReportNotVerified`, `NotHeld`.
    """
    report = _find(report_id=report_id)
    if str(get_encounter(encounter_id=report.encounter_id).clinician_user_id) != actor.id:
        raise NotYourPatient
    if report.state != ReportState.VERIFIED:
        raise ReportNotVerified
    with acting(actor=actor):
        held = LabReport.objects.filter(pk=report_id, state=ReportState.VERIFIED, released_at=None)
        if not held.update(released_at=now, released_by_id=UUID(actor.id), is_held=False):
            raise NotHeld
        _record(report=report, action="results.release", actor=actor, now=now)


def amend_report(*, report_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """Opens a new version with the values of the verified one, which stays readable; returns the new version's id.

    The new one needs its own second person. A critical value that was called and is not changed is not called again;
    a changed one is. Refuses `AmendReasonMissing`, `ReportNotVerified`, `UnknownReport`,
    `NotLaboratoryStaff`.
    """
    if not reason.strip():
        raise AmendReasonMissing
    with acting(actor=actor):
        report = _find(report_id=report_id, is_locked=True)
        require_laboratory(actor=actor, campus_code=report.specimen.campus_id)
        if report.state != ReportState.VERIFIED:
            raise ReportNotVerified
        move_specimen(specimen=report.specimen, target=SpecimenState.RECEIVED)
        amended = LabReport.objects.create(
            number=report.number,
            version=report.version + 1,
            specimen_id=report.specimen_id,
            person_id=report.person_id,
            encounter_id=report.encounter_id,
            state=ReportState.DRAFT,
            collected_at=report.collected_at,
            received_at=report.received_at,
            comment_zh=report.comment_zh,
            comment_en=report.comment_en,
            amend_reason=reason.strip(),
            created_at=now,
        )
        for value in report.values.order_by("position").prefetch_related("calls"):
            calls = list(value.calls.all())
            value.pk = new_id()
            value.report = amended
            value.entered_by_id, value.entered_at = UUID(actor.id), now
            value.save(force_insert=True)
            for call in calls:
                call.pk = new_id()
                call.result_id = value.pk
                call.save(force_insert=True)
        _record(report=amended, action="results.amend", actor=actor, now=now, reason=reason.strip())
        return amended.id


def _was_read_back(value: ResultValue) -> bool:
    return any(call.is_match and is_same_value(value=value.text, read_back=call.value) for call in value.calls.all())


def _find(*, report_id: UUID, is_locked: bool = False) -> LabReport:
    rows = LabReport.objects.select_related("specimen")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise UnknownReport
    return report


def _record(*, report: LabReport, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="report",
        subject_id=str(report.id),
        person_id=report.person_id,
        reason=reason,
        now=now,
        details={"number": report.number, "version": report.version},
    )
