"""From an examination that was carried out to its report in the patient's hands (A08, domain brief 4)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.documents.api import supersede_documents
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_lines, list_orders_by_id
from hospital.orders.states import LineState
from hospital.orders.types import OrderKind
from hospital.results import api as results
from hospital.results.errors import UnknownExamination
from hospital.results.types import AmendmentKind, ExamText
from hospital.workflows.exam_kinds import exam_kind_of
from hospital.workflows.print_exam_report import exam_paper_subject
from hospital.workflows.report_mail import EXAMINATION_READY, notify_report_ready


def write_exam_report(
    *,
    line_id: UUID,
    text: ExamText,
    is_sensitive: bool,
    actor: Actor,
    now: datetime,
    fields: Mapping[str, BilingualText] | None = None,
) -> UUID:
    """Keeps the draft of an examination's report; its kind follows from the device or the desk that does it, `fields`
    are those of the kind.

    Refusals: `UnknownExamination` (also: not carried out yet), `NotExamReporter`, `ExamReportSigned`, `ExamClaimed`,
    `BadExamField`.
    """
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None or line.state is not LineState.EXECUTED or line.executed_at is None:
        raise UnknownExamination
    (order,) = list_orders_by_id(order_ids=[line.order_id])
    if order.kind is not OrderKind.EXAM:
        raise UnknownExamination
    return results.write_exam_report(
        order_line_id=line_id,
        encounter_id=order.encounter_id,
        name=line.name,
        body_part=line.body_part,
        examined_at=line.executed_at,
        text=text,
        is_sensitive=is_sensitive,
        kind=exam_kind_of(item_code=line.item_code, now=now),
        fields=fields,
        actor=actor,
        now=now,
    )


def sign_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """Signs the report and tells the patient, unless the doctor wants to speak with them first.

    The papers of the versions before are marked as replaced. Refusals: `UnknownReport`, `NotExamReporter`,
    `ExamReportSigned`, `ExamReportIncomplete`, `ExamAddendumEmpty`, `SecondReaderNeeded`, `SameReader`.
    """
    with acting(actor=actor):
        draft = results.get_exam_report(report_id=report_id, actor=actor, now=now)
        line = list_lines(line_ids=[draft.order_line_id])[draft.order_line_id]
        is_open = results.sign_exam_report(report_id=report_id, item_code=line.item_code, actor=actor, now=now)
        report = results.get_exam_report(report_id=report_id, actor=actor, now=now)
        for earlier in report.versions:
            if not earlier.is_current:
                supersede_documents(subject=exam_paper_subject(report_id=earlier.id), actor=actor, now=now)
        _tell(report_id=report_id, kind="exams.reported" if is_open else "exams.held", actor=actor, now=now)


def amend_exam_report(
    *, line_id: UUID, kind: AmendmentKind, reason: BilingualText, actor: Actor, now: datetime
) -> UUID:
    """Begins an amendment or addendum of the signed report of an examination; returns the draft's id (N19).

    Refusals: `UnknownExamination`, `AmendReasonMissing`, `NotExamReporter`, `ReportNotVerified`, `ExamAmendmentOpen`.
    """
    report = results.list_exam_reports(order_line_ids=[line_id]).get(line_id)
    if report is None:
        raise UnknownExamination
    current = next((each.id for each in report.versions if each.is_current), report.id)
    return results.amend_exam_report(report_id=current, kind=kind, reason=reason, actor=actor, now=now)


def drop_exam_amendment(*, line_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives up the amendment that was begun. Refusals: `UnknownExamination`, `UnknownReport`, `NotExamReporter`,
    `ExamReportSigned`."""
    report = results.list_exam_reports(order_line_ids=[line_id]).get(line_id)
    if report is None:
        raise UnknownExamination
    results.drop_exam_amendment(report_id=report.id, actor=actor, now=now)


def release_exam_report(*, report_id: UUID, actor: Actor, now: datetime) -> None:
    """The clinician opens a held report to the patient. Refusals: `UnknownReport`, `NotYourPatient`, `NotHeld`,
    `ReportNotVerified`."""
    with acting(actor=actor):
        results.release_exam_report(report_id=report_id, actor=actor, now=now)
        _tell(report_id=report_id, kind="exams.reported", actor=actor, now=now)


def _tell(*, report_id: UUID, kind: str, actor: Actor, now: datetime) -> None:
    report = results.get_exam_report(report_id=report_id, actor=actor, now=now)
    record_event(
        kind=kind,
        subject_id=str(report.id),
        person_id=report.person_id,
        encounter_id=report.encounter_id,
        now=now,
        facts={"number": report.number, "version": report.version},
        topics=(results.reading_topic(report.campus_code),),
    )
    if kind == "exams.reported":
        notify_report_ready(encounter_id=report.encounter_id, body=EXAMINATION_READY, now=now)
