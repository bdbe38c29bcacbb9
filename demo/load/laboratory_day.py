"""What the laboratory does with the specimens of a visit."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.lab_values import ValueSlot, make_values
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.api import enter_results, list_visit_specimens, record_call, submit_results
from hospital.results.models import LabReport, ResultValue
from hospital.results.states import ReportState, SpecimenState
from hospital.workflows.report_results import collect_specimen, publish_report, release_report, take_in_specimen

_COLLECTOR: Final = "lao.weijie"
_TESTER: Final = "qian.lei"
_VERIFIER: Final = "shen.jing"
_ACCEPTABLE: Final = BilingualText("合格", "Acceptable")


def collect(*, encounter_id: UUID, now: datetime) -> None:
    """Draws what the visit's tests need."""
    actor = staff_actor(_COLLECTOR)
    for specimen in list_visit_specimens(encounter_id=encounter_id, actor=actor, now=now):
        if specimen.state is SpecimenState.REQUESTED:
            collect_specimen(specimen_id=specimen.id, actor=actor, now=now)


def receive(*, encounter_id: UUID, now: datetime) -> None:
    """Takes the specimens in."""
    actor = staff_actor(_COLLECTOR)
    for specimen in list_visit_specimens(encounter_id=encounter_id, actor=actor, now=now):
        if specimen.state is SpecimenState.COLLECTED:
            take_in_specimen(specimen_id=specimen.id, actor=actor, now=now, quality=_ACCEPTABLE)


def enter(*, encounter_id: UUID, overrides: Mapping[str, str], random: Random, now: datetime) -> None:
    """Enters all values and hands them to the second person."""
    actor = staff_actor(_TESTER)
    for report in LabReport.objects.filter(encounter_id=encounter_id, state=ReportState.DRAFT).order_by("number"):
        rows = report.values.select_related("analyte").order_by("position")
        values = make_values(slots=[_slot(row) for row in rows], overrides=overrides, random=random)
        enter_results(report_id=report.id, values=values, actor=actor, now=now)
        submit_results(report_id=report.id, actor=actor, now=now)


def verify(*, encounter_id: UUID, doctor: Actor, now: datetime) -> None:
    """Calls the doctor about critical values and verifies, the second person both times."""
    actor = staff_actor(_VERIFIER)
    for report in LabReport.objects.filter(encounter_id=encounter_id, state=ReportState.ENTERED).order_by("number"):
        for row in report.values.filter(is_critical=True):
            record_call(value_id=row.id, answered_by=doctor.label, read_back=row.text, actor=actor, now=now)
        publish_report(report_id=report.id, actor=actor, now=now)


def release(*, encounter_id: UUID, doctor: Actor, now: datetime) -> None:
    """The doctor has talked to the patient about what was held back."""
    held = LabReport.objects.filter(encounter_id=encounter_id, state=ReportState.VERIFIED, released_at=None)
    for report_id in held.order_by("number").values_list("id", flat=True):
        release_report(report_id=report_id, actor=doctor, now=now)


def _slot(row: ResultValue) -> ValueSlot:
    return ValueSlot(
        code=row.code,
        decimals=row.analyte.decimals,
        low=row.low,
        high=row.high,
        choices=[choice["code"] for choice in row.analyte.choices],
        normal_choices=row.normal_choices,
    )
