"""What is recognized, and which recent result spares a test (N11). Over all campuses: the record is shared."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.results.models import ExamReport, LabReport, OutsideResult, PanelItem, Recognition
from hospital.results.rules import choose_range, count_days, word_range
from hospital.results.services.access import require_laboratory
from hospital.results.services.opening import ranges_of
from hospital.results.states import ReportState
from hospital.results.types import (
    Flag,
    OutsideValue,
    PanelAnalyte,
    PatientReportKind,
    RecentResult,
    RecognitionMark,
    RecognitionRow,
    RecognitionScope,
    ValueType,
)

_COPIED = ("days", "scope", "region_zh", "region_en", "name_zh", "name_en")


def list_recognitions(*, campus_code: str, actor: Actor) -> list[RecognitionRow]:
    """The marks of a campus, what ends first before the rest. Refuses `NotLaboratoryStaff`."""
    require_laboratory(actor=actor, campus_code=campus_code)
    rows = Recognition.objects.filter(campus_id=campus_code).order_by("valid_to", "item_code")
    return [
        RecognitionRow(
            mark=row.mark,
            facts=RecognitionMark(
                item_code=row.item_code,
                name=row.name,
                scope=RecognitionScope(row.scope),
                region=BilingualText(row.region_zh, row.region_en),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                days=row.days,
            ),
        )
        for row in rows
    ]


def find_recent_test(*, person_id: UUID, item_code: str, now: datetime) -> RecentResult | None:
    """The newest verified report of this laboratory item that is recognized and within the item's days; one statement.

    For workflows, which have checked the access.
    """
    rows = LabReport.objects.filter(
        Q(specimen__requests__item_code=item_code) | Q(specimen__requests__panel_codes__contains=[item_code]),
        specimen__requests__is_active=True,
        person_id=person_id,
        state=ReportState.VERIFIED,
    )
    marked = _within(rows, item_code=item_code, campus="specimen__campus_id", at="collected_at", now=now)
    row = (
        marked.annotate(out=Count("values", filter=~Q(values__flag=Flag.NORMAL), distinct=True))
        .select_related("specimen__campus")
        .first()
    )
    if row is None:
        return None
    campus = row.specimen.campus
    return RecentResult(
        id=row.id,
        kind=PatientReportKind.LAB,
        name=BilingualText(row.mark_name_zh, row.mark_name_en),
        done_on=local_day(row.collected_at),
        place=BilingualText(campus.name_zh, campus.name_en),
        mark=_mark(row),
        flagged=row.out,
    )


def find_recent_exam(*, order_line_ids: Iterable[UUID], item_code: str, now: datetime) -> RecentResult | None:
    """The newest signed report of one of these examinations that is recognized and within the item's days."""
    rows = ExamReport.objects.filter(
        order_line_id__in=list(order_line_ids), signed_at__isnull=False, superseded_at=None
    )
    marked = _within(rows, item_code=item_code, campus="encounter__campus_id", at="examined_at", now=now)
    row = marked.select_related("encounter__campus").first()
    if row is None:
        return None
    campus = row.encounter.campus
    return RecentResult(
        id=row.id,
        kind=PatientReportKind.EXAM,
        name=row.name,
        done_on=local_day(row.examined_at),
        place=BilingualText(campus.name_zh, campus.name_en),
        mark=_mark(row),
    )


def find_outside_result(*, person_id: UUID, item_code: str, campus_code: str, now: datetime) -> RecentResult | None:
    """The newest result of another hospital that is within the days that this campus gives the item."""
    days = Recognition.objects.filter(campus_id=campus_code, item_code=item_code).values("days")[:1]
    row = (
        OutsideResult.objects.filter(person_id=person_id, item_code=item_code)
        .annotate(days=Subquery(days))
        .filter(days__isnull=False)
        .order_by("-done_on")
        .first()
    )
    if row is None or row.done_on < local_day(now) - timedelta(days=row.days):
        return None
    return _outside(row)


def list_outside_results(*, person_id: UUID) -> list[RecentResult]:
    """What was entered of other hospitals, newest first, for workflows and faces that have checked the access."""
    return [_outside(row) for row in OutsideResult.objects.filter(person_id=person_id).order_by("-done_on")[:50]]


def list_panel_analytes(*, item_code: str, sex: str, born_on: date, on: date) -> list[PanelAnalyte]:
    """What a catalog item measures, in the order of the report, with the range of this sex and age; two statements."""
    age_days = count_days(born_on=born_on, on=on)
    rows = PanelItem.objects.filter(item_code=item_code).order_by("position")
    return [
        PanelAnalyte(
            code=analyte.code,
            name=analyte.name,
            unit=analyte.unit,
            reference=word_range(
                reference=choose_range(ranges=ranges_of(analyte), sex=sex, age_days=age_days),
                decimals=analyte.decimals or 0,
                is_titer=analyte.value_type == ValueType.TITER,
            ),
        )
        for analyte in (row.analyte for row in rows.select_related("analyte").prefetch_related("analyte__ranges"))
    ]


def _outside(row: OutsideResult) -> RecentResult:
    values = [
        OutsideValue(
            code=value["code"],
            name=BilingualText(value["zh"], value["en"]),
            text=value["text"],
            unit=value["unit"],
            reference=value["reference"],
        )
        for value in row.values
    ]
    return RecentResult(
        id=row.id,
        kind=None,
        name=row.name,
        done_on=row.done_on,
        place=BilingualText(row.institution, row.institution),
        mark=BilingualText(row.mark, row.mark),
        text=BilingualText(_say(row, values, language="zh"), _say(row, values, language="en")),
    )


def _say(row: OutsideResult, values: Iterable[OutsideValue], *, language: str) -> str:
    return "\n".join([*(value.in_words(language) for value in values), row.text]).strip()


def _within(rows: QuerySet[Any], *, item_code: str, campus: str, at: str, now: datetime) -> QuerySet[Any]:
    """Rows whose campus had the mark on the day of the test and whose days are not over, the newest first."""
    day = TruncDate(at, tzinfo=SHANGHAI)
    marks = Recognition.objects.filter(
        campus_id=OuterRef(campus), item_code=item_code, valid_from__lte=OuterRef("day"), valid_to__gte=OuterRef("day")
    )
    facts = {f"mark_{name}": Subquery(marks.values(name)[:1]) for name in _COPIED}
    lasting = ExpressionWrapper(F("day") + F("mark_days"), output_field=DateField())
    marked = rows.annotate(day=day).annotate(**facts).filter(mark_days__isnull=False).annotate(lasts_to=lasting)
    found: QuerySet[Any] = marked.filter(lasts_to__gte=local_day(now)).order_by(f"-{at}")
    return found


def _mark(row: LabReport | ExamReport) -> BilingualText:
    facts = {name: getattr(row, f"mark_{name}") for name in ("scope", "region_zh", "region_en")}
    return Recognition(**facts).mark
