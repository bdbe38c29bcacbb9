"""Paying: a quote becomes a settlement, a payment is allocated to it, once (domain brief §1.3, §2 Cashier)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.errors import (
    AllocationTaken,
    IdempotencyKeyReused,
    PaymentInProgress,
    QuoteMismatch,
    QuoteUnknown,
)
from hospital.billing.models import Allocation, Charge, Quote, Settlement, SettlementLine
from hospital.billing.queries.settlements import settlement_info_of
from hospital.billing.rules.quotes import check_quote
from hospital.billing.rules.tenders import Tender, compute_rounding
from hospital.billing.rules.tills import require_payer
from hospital.billing.services.covering import keep_shares, name_payers, take_shares, write_receivable
from hospital.billing.services.locks import free_expired, free_lines, lock_charges, lock_settlement
from hospital.billing.services.numbers import next_number
from hospital.billing.services.quoting import check_open, hash_charges
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.types import Payer, SettlementInfo, SourceKind
from hospital.catalog.api import get_pricing_settings
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.queue import defer_task
from hospital.patients.api import require_access

SETTLEMENT_LIFETIME = timedelta(minutes=45)
"""Longer than a checkout at the acquirer lives: one without a payment that may still end well is given up."""


def start_settlement(*, quote_token: str, idempotency_key: str, actor: Actor, now: datetime) -> SettlementInfo:
    """Takes the quoted charges for one payer; the money follows (`allocate_payment`), or `release_settlement`.

    The same key again returns the same settlement. A bill of 0.00 is settled at once. Refuses `QuoteUnknown`,
    `NotCashier` (other staff), `UnknownPerson`, `NoCareRelation`, `IdempotencyKeyReused`, `AlreadyPaid`,
    `PaymentInProgress` (another payer), `NothingToPay`, `QuoteExpired`, `QuoteMismatch`. Source: brief §1.3, §1.6.7,
    §1.6.13.
    """
    quote = Quote.objects.filter(token=quote_token).first()
    if quote is None:
        raise QuoteUnknown
    require_payer(actor, quote.campus_id)
    require_access(actor=actor, person_id=quote.person_id, now=now)
    conflicts = {
        "billing_settlement_idempotency_key_key": IdempotencyKeyReused(),
        "charge_in_one_live_settlement": PaymentInProgress(),
    }
    with acting(actor=actor, conflicts=conflicts):
        lines = {line.charge_id: line for line in quote.lines.all()}
        free_expired(lines, now)
        rows = lock_charges(lines)
        earlier = Settlement.objects.filter(idempotency_key=idempotency_key).first()
        if earlier is not None:
            return _same_request(earlier, quote)
        check_open(rows)
        take_shares(rows, lines)
        payers = name_payers(rows, payer=quote.payer, contract_id=quote.contract_id, covered=quote.covered_amount)
        actual = hash_charges(rows, payers=payers, expires_at=quote.expires_at)
        check_quote(quoted_hash=quote.hash, actual_hash=actual, expires_at=quote.expires_at, now=now)
        settlement = _open(quote, rows, idempotency_key=idempotency_key, actor=actor, now=now)
        if settlement.amount == 0:
            _settle(settlement, rows, actor=actor, now=now)
        return settlement_info_of(settlement, is_new=True)


def _same_request(earlier: Settlement, quote: Quote) -> SettlementInfo:
    if earlier.quote_id != quote.id:
        raise IdempotencyKeyReused
    return settlement_info_of(earlier)


def _open(quote: Quote, rows: list[Charge], *, idempotency_key: str, actor: Actor, now: datetime) -> Settlement:
    settlement = Settlement.objects.create(
        number=next_number("S", now=now),
        quote=quote,
        person_id=quote.person_id,
        campus_id=quote.campus_id,
        payer=quote.payer,
        contract_id=quote.contract_id,
        card_id=quote.card_id,
        claim_number=quote.claim_number,
        amount=sum((row.total - row.discount for row in rows), -quote.covered_amount),
        covered_amount=quote.covered_amount,
        account_amount=quote.account_amount,
        state=SettlementState.OPEN,
        idempotency_key=idempotency_key,
        started_by=actor.id,
        started_by_kind=actor.kind.value,
        started_at=now,
        expires_at=now + SETTLEMENT_LIFETIME,
    )
    SettlementLine.objects.bulk_create(
        SettlementLine(settlement=settlement, charge=row, version=row.version, amount=row.total - row.discount)
        for row in rows
    )
    _take(rows, settlement)
    keep_shares(rows, quote)
    record_act(
        actor=actor,
        action="billing.start_settlement",
        subject_kind="settlement",
        subject_id=str(settlement.id),
        person_id=settlement.person_id,
        now=now,
        details={"number": settlement.number, "amount": str(settlement.amount), "lines": len(rows)},
    )
    return settlement


def _take(rows: list[Charge], settlement: Settlement) -> None:
    taken = Charge.objects.filter(id__in=[row.id for row in rows], state=ChargeState.PENDING).update(
        state=ChargeState.CONFIRMED, settlement=settlement
    )
    if taken != len(rows):
        raise QuoteMismatch


def release_settlement(*, settlement_id: UUID, reason: str, actor: Actor, now: datetime) -> SettlementInfo:
    """Gives the lines back to the open bill when a payment ended without money. Releasing again changes nothing.

    A settled one stays settled. Refuses `SettlementUnknown`.
    """
    with acting(actor=actor):
        settlement = lock_settlement(settlement_id)
        if settlement.state == SettlementState.OPEN:
            free_lines(settlement, now)
            record_act(
                actor=actor,
                action="billing.release_settlement",
                subject_kind="settlement",
                subject_id=str(settlement.id),
                person_id=settlement.person_id,
                now=now,
                reason=reason,
            )
        return settlement_info_of(settlement)


def allocate_payments(
    *, settlement_id: UUID, tenders: Sequence[Tender], actor: Actor, now: datetime, is_rest_waived: bool = False
) -> SettlementInfo:
    """Uses the money of these payments for a settlement, all of it at once; its charges are then settled (F46).

    Cash pays what the others left, rounded to the cash step (brief §1.6.12); the rounding is kept beside the amount.
    `is_rest_waived`: what is left rounds to no coin at all. The same payments again change nothing. Refuses
    `AllocationTaken` where the settlement has other money, a payment another settlement, or the released lines were
    taken or changed by somebody else, and `AllocationAmountMismatch`: in both cases the money has to go back.
    Refuses `SettlementUnknown`. Source: brief §1.3, §2.
    """
    conflicts = {
        "billing_allocation_payment_id_key": AllocationTaken(),
        "charge_in_one_live_settlement": AllocationTaken(),
    }
    with acting(actor=actor, conflicts=conflicts):
        settlement = lock_settlement(settlement_id)
        earlier = set(settlement.allocations.values_list("payment_id", flat=True))
        if earlier and earlier == {tender.payment_id for tender in tenders}:
            return settlement_info_of(settlement)
        if settlement.state == SettlementState.SETTLED:
            raise AllocationTaken
        rounding = compute_rounding(
            settlement.amount,
            tenders,
            step=_find_step(settlement, tenders, is_rest_waived=is_rest_waived),
            is_rest_waived=is_rest_waived,
        )
        rows = lock_charges(settlement.lines.values_list("charge_id", flat=True))
        if settlement.state == SettlementState.RELEASED:
            _take_again(settlement, rows)
        Allocation.objects.bulk_create(
            Allocation(
                settlement=settlement,
                payment_id=tender.payment_id,
                amount=tender.amount,
                allocated_at=now,
                allocated_by=actor.id,
            )
            for tender in tenders
        )
        settlement.cash_rounding = rounding
        _settle(settlement, rows, actor=actor, now=now)
        return settlement_info_of(settlement)


def _find_step(settlement: Settlement, tenders: Sequence[Tender], *, is_rest_waived: bool) -> Decimal | None:
    """What cash is rounded to; None where there is none, or where an insurer pays (brief §1.6.12)."""
    is_rounded = is_rest_waived or any(tender.is_cash for tender in tenders)
    return get_pricing_settings().cash_rounding if is_rounded and settlement.payer == Payer.SELF else None


def allocate_payment(
    *, settlement_id: UUID, payment_id: UUID, amount: Decimal, actor: Actor, now: datetime
) -> SettlementInfo:
    """Uses the money of the one payment of a settlement; see `allocate_payments`."""
    tender = Tender(payment_id=payment_id, amount=amount)
    return allocate_payments(settlement_id=settlement_id, tenders=[tender], actor=actor, now=now)


def _take_again(settlement: Settlement, rows: list[Charge]) -> None:
    """Late money finds its lines again, if they are as they were; what a bureau was asked for is called off by then."""
    if settlement.payer == Payer.NATIONAL:
        raise AllocationTaken
    versions = dict(settlement.lines.values_list("charge_id", "version"))
    if any(row.state != ChargeState.PENDING or row.version != versions[row.id] for row in rows):
        raise AllocationTaken
    SettlementLine.objects.filter(settlement=settlement).update(is_live=True)
    _take(rows, settlement)
    take_shares(rows, {line.charge_id: line for line in settlement.quote.lines.all()})
    keep_shares(rows, settlement.quote)


def _settle(settlement: Settlement, rows: list[Charge], *, actor: Actor, now: datetime) -> None:
    settled = Charge.objects.filter(
        id__in=[row.id for row in rows], settlement=settlement, state=ChargeState.CONFIRMED
    ).update(state=ChargeState.SETTLED, settled_at=now)
    if settled != len(rows):
        raise AllocationTaken
    settlement.state, settlement.settled_at = SettlementState.SETTLED, now
    settlement.save(update_fields=["state", "settled_at", "cash_rounding"])
    write_receivable(settlement, rows, actor=actor, now=now)
    if settlement.claim_number:
        defer_task("insurance.settle_claim", number=settlement.claim_number)
    record_act(
        actor=actor,
        action="billing.settle",
        subject_kind="settlement",
        subject_id=str(settlement.id),
        person_id=settlement.person_id,
        now=now,
        details={"number": settlement.number, "amount": str(settlement.amount)},
    )
    _tell(settlement, rows, now)


def _tell(settlement: Settlement, rows: list[Charge], now: datetime) -> None:
    """One event a booking and one a visit: the journey of each is derived from its own."""
    facts = {"settlement": str(settlement.id), "number": settlement.number}
    visits: defaultdict[UUID | None, set[str]] = defaultdict(set)
    for row in rows:
        if row.source_kind == SourceKind.REGISTRATION:
            record_event(
                kind="billing.settled",
                subject_id=str(row.source_id),
                person_id=row.person_id,
                encounter_id=row.encounter_id,
                now=now,
                facts={**facts, "kinds": ["registration"]},
            )
        else:
            visits[row.encounter_id].add("orders")
    for encounter_id, kinds in visits.items():
        record_event(
            kind="billing.settled",
            subject_id=str(settlement.id),
            person_id=settlement.person_id,
            encounter_id=encounter_id,
            now=now,
            facts={**facts, "kinds": sorted(kinds)},
        )
