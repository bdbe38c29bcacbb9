"""When a line counts as having occurred, at which instant it is priced, how old the patient was (brief §1.6.6-8)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hospital.catalog.types import PriceHold, ServiceLine, VisitType
from hospital.kernel.clock import SHANGHAI


def choose_pricing_instant(
    *, visit_type: VisitType, occurred_at: datetime, preview_at: datetime | None, hold: PriceHold
) -> datetime:
    """The instant whose price, rule and override a line takes.

    Inpatient lines are priced as of execution. The others keep the price of their occurrence until the hold ends (24:00
    Asia/Shanghai of that day); a preview at or after that takes the preview's (brief §1.6.7).
    """
    if visit_type is VisitType.IP or preview_at is None or preview_at <= occurred_at:
        return occurred_at
    if hold is PriceHold.END_OF_DAY and preview_at < end_of_day(occurred_at):
        return occurred_at
    return preview_at


def end_of_day(instant: datetime) -> datetime:
    """24:00 Asia/Shanghai of the instant's day."""
    local = instant.astimezone(SHANGHAI)
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=SHANGHAI)


def count_completed_years(*, born_on: date, at: datetime) -> int:
    """Completed calendar years at an instant, the new age from the birthday on; 29 February counts on 1 March."""
    day = at.astimezone(SHANGHAI).date()
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def find_service_line(transfers: Sequence[tuple[datetime, ServiceLine]], *, at: datetime) -> ServiceLine:
    """The encounter's service line in force at an instant; NORMAL before the first transfer (brief §1.6.6).

    `transfers` are the instants from which a line holds, in any order. A transfer concerns what occurs from its instant
    on.
    """
    held = [(since, line) for since, line in transfers if since <= at]
    return max(held, key=lambda entry: entry[0])[1] if held else ServiceLine.NORMAL
