"""A new report: one empty row an analyte, each with the range of the patient's sex and age at collection."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import connection

from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.results.models import Analyte, LabReport, LabRequest, PanelItem, Recognition, ResultValue, Specimen
from hospital.results.rules import choose_range, count_days, word_range
from hospital.results.states import ReportState
from hospital.results.types import Range, ValueType


def open_report(*, specimen: Specimen, now: datetime) -> LabReport:
    """The first version of a specimen's report, in the caller's transaction."""
    assert specimen.collected_at is not None
    assert specimen.received_at is not None
    report = LabReport.objects.create(
        number=next_report_number(now=now),
        specimen=specimen,
        person_id=specimen.person_id,
        encounter_id=specimen.encounter_id,
        state=ReportState.DRAFT,
        collected_at=specimen.collected_at,
        received_at=specimen.received_at,
        created_at=now,
    )
    ResultValue.objects.bulk_create(_blank_values(report=report, specimen=specimen))
    return report


def next_report_number(*, now: datetime) -> str:
    """LR-261125-000042, from a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('results_report_number')")
        (number,) = cursor.fetchone()
    return f"LR-{now.astimezone(SHANGHAI):%y%m%d}-{number:06d}"


def _blank_values(*, report: LabReport, specimen: Specimen) -> list[ResultValue]:
    """One row an analyte; an analyte that two tests ask for stands once, with the first of them."""
    person = report.person
    age_days = count_days(born_on=person.birth_date, on=report.collected_at.astimezone(SHANGHAI).date())
    marks = _list_marks(specimen=specimen, on=local_day(report.collected_at))
    rows: dict[str, ResultValue] = {}
    for request, panel_code, analyte in _list_analytes(specimen=specimen):
        if analyte.code in rows:
            continue
        reference = choose_range(
            ranges=ranges_of(analyte), sex=person.sex, age_days=age_days, specimen=specimen.name_zh
        )
        row = ResultValue(
            report=report,
            request_position=request.position,
            position=len(rows) + 1,
            group_zh=request.name_zh,
            group_en=request.name_en,
            analyte=analyte,
            code=analyte.code,
            name_zh=analyte.name_zh,
            name_en=analyte.name_en,
            unit=analyte.unit,
        )
        mark = marks.get(panel_code) or marks.get(request.item_code)
        if mark is not None:
            row.recognition_zh, row.recognition_en = mark.zh, mark.en
        copy_range(row=row, reference=reference or Range())
        rows[analyte.code] = row
    return list(rows.values())


def _list_marks(*, specimen: Specimen, on: date) -> dict[str, BilingualText]:
    """By catalog item, the marks of recognition that hold at the specimen's campus on that day."""
    rows = Recognition.objects.filter(campus_id=specimen.campus_id, valid_from__lte=on, valid_to__gte=on)
    return {row.item_code: row.mark for row in rows}


def judge_by_method(*, row: ResultValue, method: str) -> None:
    """Takes the range of the method into an open value where there is one of its own; the caller saves."""
    report, row.method = row.report, method
    age_days = count_days(born_on=report.person.birth_date, on=report.collected_at.astimezone(SHANGHAI).date())
    reference = choose_range(
        ranges=ranges_of(row.analyte),
        sex=report.person.sex,
        age_days=age_days,
        specimen=report.specimen.name_zh,
        method=method,
    )
    if reference is not None and reference.method:
        copy_range(row=row, reference=reference)


def copy_range(*, row: ResultValue, reference: Range) -> None:
    """Writes a range into a value, with its words; the caller saves."""
    words = word_range(
        reference=reference,
        decimals=row.analyte.decimals or 0,
        is_titer=row.analyte.value_type == ValueType.TITER,
    )
    row.range_zh, row.range_en = words.zh, words.en
    row.low, row.high = reference.low, reference.high
    row.critical_low, row.critical_high = reference.critical_low, reference.critical_high
    row.normal_choices = list(reference.normal_choices)


def _list_analytes(*, specimen: Specimen) -> Iterator[tuple[LabRequest, str, Analyte]]:
    requests = list(specimen.requests.filter(is_active=True).order_by("position"))
    codes = {code for request in requests for code in request.panel_codes}
    panels: dict[str, list[Analyte]] = {}
    rows = PanelItem.objects.filter(item_code__in=codes).order_by("item_code", "position")
    for row in rows.select_related("analyte").prefetch_related("analyte__ranges"):
        panels.setdefault(row.item_code, []).append(row.analyte)
    for request in requests:
        for code in request.panel_codes:
            for analyte in panels.get(code, []):
                yield request, code, analyte


def ranges_of(analyte: Analyte) -> list[Range]:
    """Every range of an analyte."""
    return [
        Range(
            sex=row.sex,
            age_from_days=row.age_from_days,
            age_to_days=row.age_to_days,
            low=row.low,
            high=row.high,
            critical_low=row.critical_low,
            critical_high=row.critical_high,
            text=BilingualText(row.text_zh, row.text_en),
            normal_choices=tuple(row.normal_choices),
            specimen=row.specimen,
            method=row.method,
        )
        for row in analyte.ranges.all()
    ]
