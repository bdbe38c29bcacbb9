"""Closing a till, checking and posting what was closed (domain brief §2, 日结)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.billing.api import list_holders
from hospital.billing.errors import NotCashier
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.tills.errors import (
    CheckedByCloser,
    ClosingOutOfTurn,
    ClosingUnknown,
    EntriesChanged,
    NothingToClose,
)
from hospital.tills.models import Closing, ClosingEntry, EntryPart, Till
from hospital.tills.queries import HOLDERS, closing_info_of, read_open_till
from hospital.tills.rules import check_difference, check_float, count_cash
from hospital.tills.types import Cause, ClosingInfo, Entry, OpenTill, TillKind

_LONGEST_PAUSE = timedelta(days=92)
"""A machine that took nothing since and was not closed for longer would be overlooked."""
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def close_till(
    *,
    expected_entries: int,
    counts: Mapping[str, int],
    cause: Cause | None,
    explanation: str,
    actor: Actor,
    now: datetime,
    float_kept: Decimal | None = None,
    bag_number: str = "",
) -> ClosingInfo:
    """Signs the daily settlement of the actor's own till: everything since the last one (F46, N16).

    `expected_entries` is how many the cashier saw, `counts` the notes and coins by denomination, which are handed in in
    the bank bag `bag_number`; `float_kept` is what stays in the drawer, beside them. A settlement never
    spans months: what belongs to a month that ended is closed first, with its end. Refuses `NotCashier`,
    `NothingToClose`, `EntriesChanged`, `CashNotCounted`, `CauseMissing`.
    """
    if not actor.has_role(Role.CASHIER):
        raise NotCashier
    check_float(float_kept)
    counted = count_cash(counts)
    with acting(actor=actor):
        till = _lock_till(actor.campus_code, TillKind.CASHIER, actor.id)
        found = read_open_till(campus_code=actor.campus_code, kind=TillKind.CASHIER, holder=actor.id, now=now)
        if len(found.entries) != expected_entries:
            raise EntriesChanged
        check_difference(expected=found.summary.cash, counted=counted, cause=cause)
        return _close(
            till,
            found,
            counted=counted,
            counts=counts,
            cause=cause,
            explanation=explanation.strip()[:300],
            float_kept=float_kept,
            bag_number=bag_number.strip()[:40],
            actor=actor,
            now=now,
        )


def close_machines(*, actor: Actor, now: datetime) -> list[ClosingInfo]:
    """Closes what phones and partners' machines took up to now, each as its own till (brief §2: pseudo-cashiers).

    Safe to repeat: a till without new entries is left alone.
    """
    closed = []
    for campus_code, kind, holder in _list_machines():
        with acting(actor=actor):
            till = _lock_till(campus_code, kind, holder)
            while True:
                found = read_open_till(campus_code=campus_code, kind=kind, holder=holder, now=now)
                if not found.entries:
                    break
                closed.append(_close(till, found, counted=None, counts={}, actor=actor, now=now))
                if found.ends_at is None:
                    break
    return closed


def _list_machines() -> list[tuple[str, TillKind, str]]:
    last = Closing.objects.exclude(till__kind=TillKind.CASHIER).order_by("-ended_at").first()
    since = last.ended_at - _LONGEST_PAUSE if last else _BEGINNING
    found = set()
    for campus_code, actor_kind, holder in list_holders(since=since):
        if actor_kind is ActorKind.PARTNER:
            found.add((campus_code, TillKind.PARTNER, holder))
        elif actor_kind in HOLDERS[TillKind.ONLINE]:
            found.add((campus_code, TillKind.ONLINE, ""))
    return sorted(found)


def _lock_till(campus_code: str, kind: TillKind, holder: str) -> Till:
    """The till, locked: two who close it at once do so one after the other."""
    Till.objects.bulk_create([Till(campus_id=campus_code, kind=kind, holder=holder)], ignore_conflicts=True)
    return Till.objects.select_for_update().get(campus_id=campus_code, kind=kind, holder=holder)


def _close(
    till: Till,
    found: OpenTill,
    *,
    counted: Decimal | None,
    counts: Mapping[str, int],
    actor: Actor,
    now: datetime,
    cause: Cause | None = None,
    explanation: str = "",
    float_kept: Decimal | None = None,
    bag_number: str = "",
) -> ClosingInfo:
    if not found.entries or found.started_at is None:
        raise NothingToClose
    last = Closing.objects.filter(till=till).order_by("-ended_at").first()
    closing = Closing.objects.create(
        number=_next_number(now),
        till=till,
        started_at=found.started_at,
        ended_at=found.ends_at or now,
        previous_end=last.ended_at if last else None,
        entries_count=len(found.entries),
        came=found.summary.total.came,
        went=found.summary.total.went,
        cash_expected=found.summary.cash,
        cash_counted=counted,
        counts={piece: number for piece, number in counts.items() if number},
        cause=cause or "",
        explanation=explanation,
        float_kept=float_kept,
        bag_number=bag_number,
        closed_by=actor.id,
        closed_by_label=actor.label[:120],
    )
    _write_entries(closing, found.entries)
    record_act(
        actor=actor,
        action="tills.close",
        subject_kind="closing",
        subject_id=str(closing.id),
        now=now,
        details={"number": closing.number, "came": str(closing.came), "went": str(closing.went)},
    )
    return closing_info_of(closing)


def _next_number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tills_closing_number'::regclass)")
        (value,) = cursor.fetchone()
    return f"D{local_day(now):%y%m%d}-{value:05d}"


def _write_entries(closing: Closing, entries: Sequence[Entry]) -> None:
    rows = [
        ClosingEntry(
            closing=closing,
            settlement_id=entry.settlement_id,
            refund_id=entry.refund_id,
            number=entry.number,
            bill_number=entry.bill_number,
            person_id=entry.person_id,
            payer=entry.payer,
            at=entry.at,
            charged=entry.charged,
            rounding=entry.rounding,
            covered=entry.covered,
        )
        for entry in entries
    ]
    ClosingEntry.objects.bulk_create(rows)
    EntryPart.objects.bulk_create(
        EntryPart(entry=row, axis=axis, code=code, amount=amount)
        for row, entry in zip(rows, entries, strict=True)
        for axis, parts in (("CLASS", entry.by_class), ("CHANNEL", entry.by_channel))
        for code, amount in parts.items()
    )


def check_closing(*, closing_id: UUID, actor: Actor, now: datetime) -> ClosingInfo:
    """A second cashier of the campus counted again. Checking again changes nothing.

    Refuses `ClosingUnknown`, `NotCashier`, `CheckedByCloser`.
    """
    if not actor.has_role(Role.CASHIER):
        raise NotCashier
    with acting(actor=actor):
        closing = _lock_closing(closing_id)
        if closing.till.campus_id != actor.campus_code:
            raise ClosingUnknown
        if closing.closed_by == actor.id:
            raise CheckedByCloser
        if closing.checked_at is None:
            closing.checked_by, closing.checked_by_label, closing.checked_at = actor.id, actor.label[:120], now
            closing.save(update_fields=["checked_by", "checked_by_label", "checked_at"])
            _record(closing, "tills.check", actor, now)
        return closing_info_of(closing)


def post_closing(*, closing_id: UUID, actor: Actor, now: datetime) -> ClosingInfo:
    """The finance office takes a checked settlement into its ledger; a machine's needs no check. Again changes nothing.

    Refuses `ClosingUnknown` (also to everybody else) and `ClosingOutOfTurn` (not checked yet).
    """
    if not actor.has_role(Role.FINANCE):
        raise ClosingUnknown
    with acting(actor=actor):
        closing = _lock_closing(closing_id)
        if closing.posted_at is None:
            if closing.checked_at is None and closing.till.kind == TillKind.CASHIER:
                raise ClosingOutOfTurn
            closing.posted_by, closing.posted_by_label, closing.posted_at = actor.id, actor.label[:120], now
            closing.save(update_fields=["posted_by", "posted_by_label", "posted_at"])
            _record(closing, "tills.post", actor, now)
        return closing_info_of(closing)


def _lock_closing(closing_id: UUID) -> Closing:
    closing = Closing.objects.select_related("till").select_for_update(of=("self",)).filter(id=closing_id).first()
    if closing is None:
        raise ClosingUnknown
    return closing


def _record(closing: Closing, action: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="closing",
        subject_id=str(closing.id),
        now=now,
        details={"number": closing.number},
    )
