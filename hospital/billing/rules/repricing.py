"""The explicit re-pricing event: another service line for what occurred before and is not settled (brief §1.6.6-7)."""

from dataclasses import dataclass
from datetime import datetime

from hospital.billing.rules.occurrence import choose_pricing_instant, find_service_line
from hospital.catalog.types import PriceHold, ServiceLine, VisitType


@dataclass(frozen=True, slots=True)
class LineChange:
    """An approved, logged event by which a visit's line is `to` from `at` on, and for its unsettled lines before."""

    at: datetime
    to: ServiceLine


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a visit's lines are priced by: its transfers, the event if there was one, and how long prices hold."""

    visit_type: VisitType
    transfers: tuple[tuple[datetime, ServiceLine], ...]
    change: LineChange | None
    hold: PriceHold


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a line stands. `is_repriced` and `is_kept` say what the event did to it; both are False without one."""

    service_line: ServiceLine
    priced_at: datetime
    is_repriced: bool = False
    is_kept: bool = False


def place_line(
    timeline: Timeline, *, occurred_at: datetime, preview_at: datetime | None, settled_at: datetime | None
) -> Placed:
    """The service line and the pricing instant of a line.

    `preview_at` is the preview it was (or would be) paid with. A line that occurred before the event and was not
    settled by then takes the new line, priced as of its own occurrence; only a preview after the event that is past the
    price hold prices it as of that preview. A settled line never changes. What occurs after the event takes its line.
    """
    change = timeline.change
    transfers = timeline.transfers if change is None else (*timeline.transfers, (change.at, change.to))
    service_line = find_service_line(transfers, at=occurred_at)
    seen_at = preview_at
    is_before = change is not None and occurred_at < change.at
    is_kept = is_before and settled_at is not None and change is not None and settled_at <= change.at
    if is_before and not is_kept and change is not None:
        service_line = change.to
        seen_at = preview_at if preview_at is not None and preview_at >= change.at else None
    priced_at = choose_pricing_instant(
        visit_type=timeline.visit_type, occurred_at=occurred_at, preview_at=seen_at, hold=timeline.hold
    )
    return Placed(service_line, priced_at, is_repriced=is_before and not is_kept, is_kept=is_kept)
