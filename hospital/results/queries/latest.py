"""The newest verified value of an analyte, wherever it was measured."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.models import ResultValue
from hospital.results.states import ReportState


@dataclass(frozen=True, slots=True)
class LatestValue:
    """A value with its unit and when its specimen was collected."""

    number: Decimal
    unit: str
    text: BilingualText
    collected_at: datetime


def find_latest_value(*, person_id: UUID, code: str, since: datetime) -> LatestValue | None:
    """The newest verified number of this analyte that was collected since then; for callers that have checked the
    access. One statement."""
    row = (
        ResultValue.objects.filter(
            code=code,
            number__isnull=False,
            report__person_id=person_id,
            report__state=ReportState.VERIFIED,
            report__collected_at__gte=since,
        )
        .order_by("-report__collected_at", "-id")
        .select_related("report")
        .first()
    )
    if row is None or row.number is None or row.report.collected_at is None:
        return None
    return LatestValue(row.number, row.unit, BilingualText(row.display_zh, row.display_en), row.report.collected_at)
