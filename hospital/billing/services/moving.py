"""Joining charges to their visit, and voiding what is not paid."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from hospital.audit.api import acting, record_act
from hospital.billing.errors import ChargeNotVoidable, PaymentInProgress, RefundReasonMissing
from hospital.billing.models import Charge, Settlement
from hospital.billing.rules.tills import require_cashier
from hospital.billing.services.locks import free_lines, lock_charges
from hospital.billing.states import ChargeState, FeeState, SettlementState, fee_state_of
from hospital.billing.types import SourceKind
from hospital.kernel.actors import Actor

_MOST_TRIES = 20


def attach_charges(*, source_id: UUID, encounter_id: UUID) -> int:
    """Joins the charges of a booking to the visit that came of it; how many were joined. Joining again changes nothing.

    In the caller's transaction, which knows who acts.
    """
    return Charge.objects.filter(
        source_kind=SourceKind.REGISTRATION, source_id=source_id, encounter__isnull=True
    ).update(encounter_id=encounter_id)


def void_charge(*, charge_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Voids a line that is not settled. Voiding again changes nothing.

    Refuses `RefundReasonMissing`, `ChargeUnknown`, `NotCashier`, `ChargeNotVoidable` (paid or being paid).
    Source: brief §2, Cashier.
    """
    if not reason.strip():
        raise RefundReasonMissing
    with acting(actor=actor):
        (row,) = lock_charges([charge_id])
        require_cashier(actor, row.campus_id)
        _void(row, reason=reason, actor=actor, now=now)


def void_orders(*, source_ids: list[UUID], reason: str, actor: Actor, now: datetime) -> None:
    """Voids the open charges of order lines that their doctor cancelled. Refuses `ChargeNotVoidable` once paid."""
    with acting(actor=actor):
        ids = Charge.objects.filter(source_kind=SourceKind.ORDER_LINE, source_id__in=source_ids).values_list(
            "id", flat=True
        )
        for row in lock_charges(ids):
            _void(row, reason=reason, actor=actor, now=now)


def void_registration(*, appointment_id: UUID, actor: Actor, now: datetime) -> bool:
    """Voids the unpaid registration fee of a booking that is cancelled; whether no paid fee is left behind.

    A payment that is under way loses its bill: should its money still come, it goes back. A paid fee is refunded at the
    cashier's desk. A payer who starts at the same instant is waited for. Refuses `PaymentInProgress` where payers start
    again and again.
    """
    mine = Charge.objects.filter(source_kind=SourceKind.REGISTRATION, source_id=appointment_id)
    with acting(actor=actor):
        for _ in range(_MOST_TRIES):
            with suppress(_TakenMeanwhile), transaction.atomic():
                return _void_unpaid(mine, actor=actor, now=now)
        raise PaymentInProgress


class _TakenMeanwhile(Exception):
    """A payer took the fee between our look for open settlements and our lock of the charges."""


def _void_unpaid(mine: QuerySet[Charge], *, actor: Actor, now: datetime) -> bool:
    """One try. Settlements are locked before charges, so one that came up in between is left for the next try.

    Leaving the savepoint gives the charges' locks back.
    """
    open_settlements = Settlement.objects.select_for_update().filter(
        state=SettlementState.OPEN, id__in=mine.exclude(settlement=None).values("settlement_id")
    )
    for settlement in open_settlements.order_by("id"):
        free_lines(settlement, now)
    rows = lock_charges(mine.values_list("id", flat=True))
    if any(row.state == ChargeState.CONFIRMED for row in rows):
        raise _TakenMeanwhile
    for row in rows:
        if row.state == ChargeState.PENDING:
            _void(row, reason="cancelled", actor=actor, now=now)
    return all(row.state == ChargeState.VOID for row in rows)


def void_unpaid_registration(*, appointment_id: UUID, actor: Actor, now: datetime) -> FeeState:
    """Voids the fee of a booking whose time to pay is over; says what was found instead where it was not voided.

    A payment that is under way is waited for; money that comes after the fee was voided goes back.
    """
    mine = Charge.objects.filter(source_kind=SourceKind.REGISTRATION, source_id=appointment_id)
    with acting(actor=actor):
        open_settlements = Settlement.objects.select_for_update().filter(
            state=SettlementState.OPEN, id__in=mine.exclude(settlement=None).values("settlement_id")
        )
        settlements = list(open_settlements.order_by("id"))
        if any(row.expires_at > now for row in settlements):
            return FeeState.BEING_PAID
        for settlement in settlements:
            free_lines(settlement, now)
        rows = lock_charges(mine.values_list("id", flat=True))
        found = fee_state_of([ChargeState(row.state) for row in rows])
        if found is FeeState.OPEN:
            for row in rows:
                if row.state == ChargeState.PENDING:
                    _void(row, reason="not paid in time", actor=actor, now=now)
        return found


def _void(row: Charge, *, reason: str, actor: Actor, now: datetime) -> None:
    if row.state == ChargeState.VOID:
        return
    moved = Charge.objects.filter(id=row.id, state=ChargeState.PENDING).update(
        state=ChargeState.VOID, version=row.version + 1
    )
    if not moved:
        raise ChargeNotVoidable(item=row.name)
    row.state = ChargeState.VOID
    record_act(
        actor=actor,
        action="billing.void",
        subject_kind="charge",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        reason=reason,
        details={"total": str(row.total)},
    )
