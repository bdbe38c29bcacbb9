"""Earlier laboratory reports of the known patient, as the old system handed them over: her app draws the trend (A08).

Bulk rows without events and bills, which the old system did not hand over either.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, TypeVar

from demo.load.clock import local_date
from demo.logins import DEMO_PATIENT_NAME
from hospital.encounters.models import Encounter
from hospital.kernel.ids import new_id
from hospital.results.models import LabReport, LabRequest, ResultValue, Specimen
from hospital.results.states import ReportState
from hospital.results.types import Flag

# How long ago, and what each number was as a share of the newest one.
_BEFORE: Final = ((190, Decimal("1.10")), (96, Decimal("1.06")), (33, Decimal("1.02")))
_Row = TypeVar("_Row", Encounter, Specimen, LabRequest, LabReport, ResultValue)


@dataclass(frozen=True, slots=True)
class _Shift:
    """How a row of the newest visit becomes one of an earlier visit."""

    ago: timedelta
    share: Decimal
    place: int

    def copy(self, row: _Row, **changes: Any) -> _Row:
        """The row anew, with all its instants and days so much earlier."""
        model = type(row)
        facts = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        for name, value in facts.items():
            if value is not None and name.endswith(("_at", "_on")):
                facts[name] = value - self.ago
        return model(**facts | {"id": new_id()} | changes)


def load_history(*, now: datetime) -> None:
    """Three earlier visits of the known patient, each with the reports of the newest one."""
    family, given = DEMO_PATIENT_NAME
    rows = LabReport.objects.filter(
        state=ReportState.VERIFIED, person__family_name=family, person__given_names=given, version=1
    )
    rows = rows.select_related("specimen", "encounter").prefetch_related("values", "specimen__requests")
    reports = list(rows.order_by("number"))
    if not reports:
        return
    for place, (days, share) in enumerate(_BEFORE):
        _load_visit(reports, shift=_Shift(timedelta(days=days), share, place), now=now)


def _load_visit(reports: list[LabReport], *, shift: _Shift, now: datetime) -> None:
    day = local_date(now - shift.ago)
    newest = reports[0].encounter
    visit = shift.copy(newest, number=f"OP-{day:%y%m%d}-9{shift.place:03}", appointment_id=None)
    Encounter.objects.bulk_create([visit])
    kept = [each for each in reports if each.encounter_id == newest.id]
    tubes = {
        each.id: shift.copy(each.specimen, encounter_id=visit.id, number=f"{day:%y%m%d}9{shift.place}{place:03}")
        for place, each in enumerate(kept)
    }
    Specimen.objects.bulk_create(tubes.values())
    LabRequest.objects.bulk_create(
        shift.copy(request, specimen_id=tubes[each.id].id, order_line_id=new_id())
        for each in kept
        for request in each.specimen.requests.all()
    )
    drafts = [
        shift.copy(
            each,
            encounter_id=visit.id,
            specimen_id=tubes[each.id].id,
            number=f"LR-{day:%y%m%d}-9{shift.place}{place:04}",
            state=ReportState.DRAFT,
            released_at=None,
        )
        for place, each in enumerate(kept)
    ]
    LabReport.objects.bulk_create(drafts)
    ResultValue.objects.bulk_create(
        _earlier(value, shift=shift, report=draft)
        for draft, each in zip(drafts, kept, strict=True)
        for value in each.values.all()
    )
    for draft, each in zip(drafts, kept, strict=True):
        released_at = each.released_at - shift.ago if each.released_at else None
        LabReport.objects.filter(pk=draft.pk).update(state=ReportState.VERIFIED, released_at=released_at)


def _earlier(value: ResultValue, *, shift: _Shift, report: LabReport) -> ResultValue:
    """The value as it was: another number, judged by the same range; what is no number stays."""
    row = shift.copy(value, report_id=report.id, second_text="", second_unit="")
    if value.number is None:
        return row
    decimals = Decimal(1).scaleb(-len(value.text.partition(".")[2]))
    row.number = (value.number * shift.share).quantize(decimals, ROUND_HALF_UP)
    row.text = row.display_zh = row.display_en = str(row.number)
    row.flag = Flag.NORMAL
    if row.high is not None and row.number > row.high:
        row.flag = Flag.HIGH
    if row.low is not None and row.number < row.low:
        row.flag = Flag.LOW
    row.is_critical = False
    return row
