"""A value over time: the same analyte in the same unit, of the same person, in one statement."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from hospital.kernel.types import BilingualText
from hospital.results.models import ResultValue
from hospital.results.states import ReportState
from hospital.results.types import Flag, ReportView, TrendPoint

MOST_POINTS = 8


def list_trends(
    *, report: ReportView, codes: Iterable[str] | None = None, is_for_patient: bool = False
) -> dict[str, list[TrendPoint]]:
    """By analyte code, the last verified values up to and with those of `report`, oldest first.

    For whoever has read `report`; a patient is told none of a report that the clinician still holds. A value in
    another unit does not stand in the line.
    """
    units = {value.code: value.unit for value in report.values}
    wanted = units if codes is None else {code: units[code] for code in codes if code in units}
    if not wanted:
        return {}
    same = Q()
    for code, unit in wanted.items():
        same |= Q(code=code, unit=unit)
    seen = Q(report__released_at__isnull=False) if is_for_patient else Q()
    other = Q(report__state=ReportState.VERIFIED, report__collected_at__lt=report.collected_at) & ~Q(
        report__specimen_id=report.specimen_id
    )
    rows = (
        ResultValue.objects.filter(same, Q(report_id=report.id) | (other & seen), report__person_id=report.person_id)
        .annotate(
            age=Window(
                RowNumber(), partition_by=[F("code")], order_by=[F("report__collected_at").desc(), F("id").desc()]
            )
        )
        .filter(age__lte=MOST_POINTS)
        .order_by("code", "report__collected_at", "id")
        .values("code", "display_zh", "display_en", "number", "low", "high", "flag", "report__collected_at")
    )
    trends: defaultdict[str, list[TrendPoint]] = defaultdict(list)
    for row in rows:
        trends[row["code"]].append(
            TrendPoint(
                at=row["report__collected_at"],
                text=BilingualText(row["display_zh"], row["display_en"]),
                number=row["number"],
                low=row["low"],
                high=row["high"],
                flag=Flag(row["flag"]),
            )
        )
    return dict(trends)
