"""From the tube at the counter to the report in the patient's hands (R56)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import list_unpaid_sources, mark_executed
from hospital.documents.api import Subject, supersede_documents
from hospital.encounters.api import list_green
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.orders.api import execute_line, list_lines
from hospital.orders.states import LineState
from hospital.results import api as results
from hospital.results.types import ReportView, SpecimenView
from hospital.workflows.report_mail import LABORATORY_READY, notify_report_ready


def collect_specimen(*, specimen_id: UUID, actor: Actor, now: datetime) -> None:
    """Notes that a specimen was drawn now. Refusals: `NotPaidYet`, `SpecimenMoved`, `NotLaboratoryStaff`."""
    specimen = results.get_specimen(specimen_id=specimen_id, actor=actor)
    results.collect_specimen(
        specimen_id=specimen_id, is_settled=is_specimen_paid(specimen=specimen), actor=actor, now=now
    )


def take_in_specimen(
    *,
    specimen_id: UUID,
    actor: Actor,
    now: datetime,
    collected_at: datetime | None = None,
    quality: BilingualText | None = None,
) -> UUID:
    """Takes a paid specimen in; its tests count as carried out, so that they are not refunded. Returns the report's id.

    Refusals: `NotPaidYet` (an emergency is taken in before), `ImpossibleTime`, `SpecimenMoved`, `UnknownSpecimen`,
    `NotLaboratoryStaff`, `LineNotExecutable` (its money is on the way back).
    """
    specimen = results.get_specimen(specimen_id=specimen_id, actor=actor)
    line_ids = [request.order_line_id for request in specimen.requests]
    with acting(actor=actor):
        report_id = results.receive_specimen(
            specimen_id=specimen_id,
            is_settled=is_specimen_paid(specimen=specimen),
            collected_at=collected_at,
            quality=quality,
            actor=actor,
            now=now,
        )
        mark_executed(source_ids=line_ids, actor=actor, now=now)
        _execute(line_ids=line_ids, actor=actor, now=now)
        record_event(
            kind="results.specimen_received",
            subject_id=str(specimen_id),
            person_id=specimen.person_id,
            encounter_id=specimen.encounter_id,
            now=now,
            facts={"number": specimen.number},
        )
    return report_id


def is_specimen_paid(*, specimen: SpecimenView) -> bool:
    """Whether every test asked of the specimen is paid (or cost nothing), or the visit is in the green channel."""
    return not list_unpaid_specimens(specimens=[specimen])


def list_unpaid_specimens(*, specimens: Sequence[SpecimenView]) -> frozenset[UUID]:
    """The ids of specimens that wait for a payment, in two queries; those of the green channel wait for none."""
    unpaid = list_unpaid_sources(
        source_ids=[request.order_line_id for specimen in specimens for request in specimen.requests]
    )
    if not unpaid:
        return frozenset()
    green = list_green(encounter_ids=[specimen.encounter_id for specimen in specimens])
    return frozenset(
        specimen.id
        for specimen in specimens
        if specimen.encounter_id not in green and any(request.order_line_id in unpaid for request in specimen.requests)
    )


def publish_report(*, report_id: UUID, actor: Actor, now: datetime, revision: int | None = None) -> ReportView:
    """Verifies a report and tells the patient, unless it is held for the clinician. The paper of the version before is
    marked as replaced, so that the public check says so.

    Refusals: `SameVerifier`, `CriticalCallOpen`, `ReportNotEntered`, `ResultsChanged`, `NotLaboratoryStaff`.
    """
    with acting(actor=actor):
        results.verify_report(report_id=report_id, revision=revision, actor=actor, now=now)
        report = results.get_report(report_id=report_id, actor=actor, now=now)
        if report.version > 1:
            supersede_documents(subject=Subject("results.specimen", str(report.specimen_id)), actor=actor, now=now)
        if report.released_at is None:
            _record(report=report, kind="results.held", now=now)
        else:
            _tell_patient(report=report, now=now)
    return report


def release_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """The clinician shows a held report to the patient. Refusals: `NotYourPatient`, `NotHeld`, `ReportNotVerified`."""
    with acting(actor=actor):
        results.release_report(report_id=report_id, actor=actor, now=now)
        _tell_patient(report=results.get_report(report_id=report_id, actor=actor, now=now), now=now)


def _execute(*, line_ids: Sequence[UUID], actor: Actor, now: datetime) -> None:
    for line in list_lines(line_ids=line_ids).values():
        if line.state is LineState.PENDING:  # a specimen that was drawn again finds its lines carried out
            execute_line(line_id=line.id, actor=actor, now=now)


def _tell_patient(*, report: ReportView, now: datetime) -> None:
    _record(report=report, kind="results.reported", now=now)
    notify_report_ready(encounter_id=report.encounter_id, body=LABORATORY_READY, now=now)


def _record(*, report: ReportView, kind: str, now: datetime) -> None:
    record_event(
        kind=kind,
        subject_id=str(report.id),
        person_id=report.person_id,
        encounter_id=report.encounter_id,
        now=now,
        facts={"number": report.number, "version": report.version},
    )
