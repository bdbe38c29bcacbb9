"""Reads of tills."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hospital.billing.api import list_money_moves
from hospital.billing.types import MoneyMove, MoveKind, Payer
from hospital.catalog.types import FeeClass
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.payments.states import Channel
from hospital.tills.errors import ClosingUnknown
from hospital.tills.models import Closing, ClosingEntry, Till
from hospital.tills.rules import add_up, find_month_end
from hospital.tills.types import Cause, ClosingInfo, ClosingState, Entry, OpenTill, Summary, TillKind

HOLDERS: dict[TillKind, tuple[ActorKind, ...]] = {
    TillKind.CASHIER: (ActorKind.STAFF,),
    # What the product itself does (a booking given back by its terms) goes with what patients do on their phones.
    TillKind.ONLINE: (ActorKind.PATIENT, ActorKind.SYSTEM),
    TillKind.PARTNER: (ActorKind.PARTNER,),
}
_LATE_COMMIT = timedelta(days=1)
"""A move that was committed after a closing carries an earlier instant; none takes anywhere near this long."""
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def read_open_till(*, campus_code: str, kind: TillKind, holder: str, now: datetime) -> OpenTill:
    """What a till took since it was closed last. The caller has checked who may see it."""
    till = Till.objects.filter(campus_id=campus_code, kind=kind, holder=holder).first()
    last = Closing.objects.filter(till=till).order_by("-ended_at").first() if till else None
    moves = list_money_moves(
        campus_code=campus_code,
        since=last.ended_at - _LATE_COMMIT if last else _BEGINNING,
        holder_kinds=HOLDERS[kind],
        holder_id=holder,
    )
    entries = _leave_out_closed(moves)
    started_at = last.ended_at if last else min((entry.at for entry in entries), default=None)
    ends_at = find_month_end(started_at=started_at, now=now) if started_at else None
    if ends_at is not None:
        old = [entry for entry in entries if entry.at < ends_at]
        entries, ends_at = (old, ends_at) if old else (entries, None)
        if not old:
            started_at = started_at if last else min((entry.at for entry in entries), default=None)
    return OpenTill(
        kind=kind,
        holder=holder,
        started_at=started_at,
        ends_at=ends_at,
        entries=entries,
        summary=add_up(entries),
        float_begun=last.float_kept if last else None,
    )


def _leave_out_closed(moves: list[MoneyMove]) -> list[Entry]:
    refunds = [move.id for move in moves if move.kind is MoveKind.REFUNDED]
    bills = [move.id for move in moves if move.kind is MoveKind.SETTLED]
    closed = {
        *ClosingEntry.objects.filter(refund_id__in=refunds).values_list("refund_id", flat=True),
        *ClosingEntry.objects.filter(settlement_id__in=bills, refund=None).values_list("settlement_id", flat=True),
    }
    return [
        Entry(
            kind=move.kind,
            number=move.number,
            bill_number=move.bill_number,
            settlement_id=move.settlement_id,
            person_id=move.person_id,
            payer=move.payer,
            at=move.at,
            charged=move.amount,
            rounding=move.rounding,
            covered=move.covered,
            by_class=move.by_class,
            by_channel=move.by_channel,
            refund_id=move.id if move.kind is MoveKind.REFUNDED else None,
        )
        for move in moves
        if move.id not in closed
    ]


def get_closing(*, closing_id: UUID, actor: Actor) -> ClosingInfo:
    """One settlement of the actor's campus; the finance office sees those of all. Refuses `ClosingUnknown`."""
    rows = Closing.objects.select_related("till").filter(id=closing_id)
    if not actor.has_role(Role.FINANCE):
        rows = rows.filter(till__campus_id=actor.campus_code)
    row = rows.first()
    if row is None or not (actor.has_role(Role.CASHIER) or actor.has_role(Role.FINANCE)):
        raise ClosingUnknown
    return closing_info_of(row)


def list_closings(*, actor: Actor, before: datetime | None = None, limit: int = 40) -> list[ClosingInfo]:
    """Settlements of the actor's campus, for the finance office of all, newest first. One statement."""
    rows = Closing.objects.select_related("till").order_by("-ended_at", "-id")
    if not actor.has_role(Role.FINANCE):
        rows = rows.filter(till__campus_id=actor.campus_code)
    if before is not None:
        rows = rows.filter(ended_at__lt=before)
    return [closing_info_of(row) for row in rows[:limit]]


def list_closings_between(*, ended_from: datetime, ended_to: datetime) -> list[ClosingInfo]:
    """Settlements of all campuses that ended in `[ended_from, ended_to)`, for the finance office. One statement."""
    rows = Closing.objects.select_related("till").filter(ended_at__gte=ended_from, ended_at__lt=ended_to)
    return [closing_info_of(row) for row in rows.order_by("till__campus_id", "ended_at", "id")]


def list_entries(*, closing_ids: Iterable[UUID]) -> list[Entry]:
    """The entries of these settlements in order, with their parts. Two statements."""
    rows = ClosingEntry.objects.filter(closing_id__in=list(closing_ids)).prefetch_related("parts")
    return [_entry_of(row) for row in rows.order_by("at", "number")]


def sum_closings(*, closing_ids: Iterable[UUID]) -> Summary:
    """The entries of these settlements added up."""
    return add_up(list_entries(closing_ids=closing_ids))


def _entry_of(row: ClosingEntry) -> Entry:
    parts = list(row.parts.all())
    return Entry(
        kind=MoveKind.REFUNDED if row.refund_id else MoveKind.SETTLED,
        number=row.number,
        bill_number=row.bill_number,
        settlement_id=row.settlement_id,
        person_id=row.person_id,
        payer=Payer(row.payer),
        at=row.at,
        charged=row.charged,
        rounding=row.rounding,
        covered=row.covered,
        by_class={FeeClass(part.code): part.amount for part in parts if part.axis == "CLASS"},
        by_channel={Channel(part.code): part.amount for part in parts if part.axis == "CHANNEL"},
        refund_id=row.refund_id,
        closing_id=row.closing_id,
    )


def closing_info_of(row: Closing) -> ClosingInfo:
    """The row as others see it."""
    state = ClosingState.POSTED if row.posted_at else ClosingState.CHECKED if row.checked_at else ClosingState.SIGNED
    return ClosingInfo(
        id=row.id,
        number=row.number,
        campus_code=row.till.campus_id,
        kind=TillKind(row.till.kind),
        holder=row.till.holder,
        started_at=row.started_at,
        ended_at=row.ended_at,
        state=state,
        entries=row.entries_count,
        came=row.came,
        went=row.went,
        cash_expected=row.cash_expected,
        cash_counted=row.cash_counted,
        counts=row.counts,
        cause=Cause(row.cause) if row.cause else None,
        explanation=row.explanation,
        closed_by=row.closed_by_label,
        closed_by_id=row.closed_by,
        checked_by=row.checked_by_label,
        checked_by_id=row.checked_by,
        checked_at=row.checked_at,
        posted_by=row.posted_by_label,
        posted_by_id=row.posted_by,
        posted_at=row.posted_at,
        float_kept=row.float_kept,
        bag_number=row.bag_number,
    )
