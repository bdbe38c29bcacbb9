"""A patient looks up and pays at a partner's machine; the partner has the money already (X50, X51)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting
from hospital.billing.api import allocate_payment, list_pending_charges, quote_bill
from hospital.billing.errors import ChargeUnknown, NotCashier, NothingToPay
from hospital.billing.states import ChargeState
from hospital.billing.types import PAYMENT_REFERENCE, BillQuote, ChargeLine, SettlementInfo
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.partners.api import (
    check_transaction,
    find_refused_payment,
    list_refused_payments,
    lock_number,
    mark_refused_payment_refunded,
    refuse_payment,
)
from hospital.partners.errors import AmountDiffers, CampusNotAllowed, TransactionUsed
from hospital.partners.types import PartnerCard, RefusedPaymentCard
from hospital.patients.api import IdentifiedPerson, list_people
from hospital.patients.errors import UnknownPerson
from hospital.payments.api import (
    PartnerTaken,
    confirm_partner_refund,
    find_partner_payment_key,
    find_partner_refund,
    list_partner_refunds,
    record_payment,
)
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.partner_actor import require_campus
from hospital.workflows.price_notice import PriceNotice, list_due_notices
from hospital.workflows.register_at_machine import MachinePatient, identify_patient
from hospital.workflows.take_bill import AcceptedNotice, take_bill


@dataclass(frozen=True, slots=True)
class MachineBill:
    """What is open at one campus. `quote` is over what can be paid now; `being_paid` lines wait for another payment.
    `notices` are the price notices that the patient has to accept with the payment.
    """

    campus_code: str
    quote: BillQuote | None
    being_paid: tuple[ChargeLine, ...]
    notices: tuple[PriceNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenPayment:
    """A payment that settled a bill, or the refusal and the refund that the partner owes the payer."""

    settlement: SettlementInfo | None = None
    payment: PaymentOrderInfo | None = None
    refusal: Refusal | None = None
    refused: RefusedPaymentCard | None = None


@dataclass(frozen=True, slots=True)
class OwedRefund:
    """Money that the partner has to give back, or has given back. `code` says why where the payment was refused."""

    refund_no: str
    transaction_no: str
    amount: Decimal
    code: str
    asked_at: datetime
    done_at: datetime | None


def list_machine_bills(
    *, patient: MachinePatient, partner: PartnerCard, actor: Actor, now: datetime, encounter_id: UUID | None = None
) -> tuple[IdentifiedPerson, list[MachineBill]]:
    """What a patient has to pay at the partner's campuses, quoted a campus at a time. Refuses with `UnknownPatient`."""
    person = identify_patient(patient=patient, actor=actor, now=now)
    if not list_people(actor=actor, person_ids=[person.id], now=now):
        return person, []
    lines = list_pending_charges(person_id=person.id, encounter_id=encounter_id, actor=actor, now=now)
    by_campus: defaultdict[str, list[ChargeLine]] = defaultdict(list)
    for line in lines:
        if line.campus_code in partner.campuses:
            by_campus[line.campus_code].append(line)
    return person, [_bill(code, by_campus[code], actor=actor, now=now) for code in sorted(by_campus)]


def _bill(campus_code: str, lines: list[ChargeLine], *, actor: Actor, now: datetime) -> MachineBill:
    free = [line.id for line in lines if line.state is ChargeState.PENDING]
    quote = quote_bill(charge_ids=free, actor=actor, now=now) if free else None
    being_paid = tuple(line for line in lines if line.state is not ChargeState.PENDING)
    priced = (*quote.lines, *being_paid) if quote else being_paid
    return MachineBill(
        campus_code=campus_code,
        quote=quote,
        being_paid=being_paid,
        notices=list_due_notices(person_id=lines[0].person_id, campus_code=campus_code, lines=priced, now=now),
    )


def quote_chosen_lines(
    *, charge_ids: Sequence[UUID], patient: MachinePatient, partner: PartnerCard, actor: Actor, now: datetime
) -> MachineBill:
    """A quote over some open lines of the patient who stands at the machine, all of one campus.

    Refuses with `UnknownPatient`, `ChargeUnknown` (another patient's line too, or out of the partner's sight),
    `CampusNotAllowed`, `BillsApart`, `NothingToPay`, `AlreadyPaid` and `PaymentInProgress`.
    """
    person = identify_patient(patient=patient, actor=actor, now=now)
    try:
        with transaction.atomic():  # a quote that is not given out is not kept
            quote = quote_bill(charge_ids=charge_ids, actor=actor, now=now)
            if quote.person_id != person.id:
                raise ChargeUnknown
            require_campus(partner=partner, campus_code=quote.campus_code)
    except UnknownPerson:
        raise ChargeUnknown from None
    notices = list_due_notices(person_id=person.id, campus_code=quote.campus_code, lines=quote.lines, now=now)
    return MachineBill(campus_code=quote.campus_code, quote=quote, being_paid=(), notices=notices)


def settle_free_bill(
    *,
    partner: PartnerCard,
    request_no: str,
    quote_token: str,
    actor: Actor,
    now: datetime,
    accepted: Sequence[AcceptedNotice] = (),
) -> SettlementInfo:
    """Settles a quote over 0.00, for which nobody takes money, in the caller's transaction.

    Refuses with `AmountDiffers` where there is something to pay, and as a payment of the quote does; nothing is owed.
    """
    settlement = _start(
        key=f"partner:{partner.code}:{request_no}", quote_token=quote_token, accepted=accepted, actor=actor, now=now
    )
    if settlement.amount != 0:
        raise AmountDiffers(paid="0.00", due=str(settlement.amount))
    return settlement


def take_partner_payment(
    *,
    partner: PartnerCard,
    request_no: str,
    quote_token: str,
    amount: Decimal,
    transaction_no: str,
    actor: Actor,
    now: datetime,
    accepted: Sequence[AcceptedNotice] = (),
) -> TakenPayment:
    """Settles a quote with money that the partner took: quote, payment and allocation in the caller's transaction.

    `accepted` are the price notices that the payer accepted at the machine. Money that cannot settle the quote
    (expired, changed, paid by somebody else, another amount, a notice not accepted) is written down as
    refused, and the partner owes it to the payer. Refuses with `TransactionUsed` alone: that money is dealt with.
    """
    with acting(actor=actor):
        check_transaction(partner=partner, transaction_no=transaction_no)
        known = find_partner_payment_key(partner=partner.code, transaction_no=transaction_no)
        if known:
            raise TransactionUsed(request=known.rpartition(":")[2])
        try:
            with transaction.atomic():
                return _settle(
                    key=f"partner:{partner.code}:{request_no}",
                    quote_token=quote_token,
                    taken=PartnerTaken(amount=amount, partner=partner.code, transaction_no=transaction_no),
                    accepted=accepted,
                    actor=actor,
                    now=now,
                )
        except Refusal as refusal:
            refused = refuse_payment(
                partner=partner,
                request_no=request_no,
                transaction_no=transaction_no,
                amount=amount,
                code=refusal.code,
                actor=actor,
                now=now,
            )
            return TakenPayment(refusal=refusal, refused=refused)


def _settle(
    *,
    key: str,
    quote_token: str,
    taken: PartnerTaken,
    accepted: Sequence[AcceptedNotice],
    actor: Actor,
    now: datetime,
) -> TakenPayment:
    settlement = _start(key=key, quote_token=quote_token, accepted=accepted, actor=actor, now=now)
    if settlement.amount != taken.amount:
        raise AmountDiffers(paid=str(taken.amount), due=str(settlement.amount))
    payment = record_payment(
        taken=taken,
        reference_kind=PAYMENT_REFERENCE,
        reference=str(settlement.id),
        person_id=settlement.person_id,
        idempotency_key=key,
        actor=actor,
        now=now,
    )
    settled = allocate_payment(
        settlement_id=settlement.id, payment_id=payment.id, amount=payment.amount, actor=actor, now=now
    )
    return TakenPayment(settlement=settled, payment=payment)


def _start(
    *, key: str, quote_token: str, accepted: Sequence[AcceptedNotice], actor: Actor, now: datetime
) -> SettlementInfo:
    try:
        return take_bill(quote_token=quote_token, idempotency_key=key, accepted=accepted, actor=actor, now=now)
    except NotCashier:
        raise CampusNotAllowed from None
    except UnknownPerson:  # what gave the campus sight of them has ended, and its bills with it
        raise NothingToPay from None


def list_owed_refunds(*, partner: PartnerCard) -> list[OwedRefund]:
    """What the partner has to give back: money that was refused, and refunds of paid bills. Oldest first."""
    owed = [owed_of(row) for row in list_refused_payments(partner_id=partner.id)]
    owed += [
        OwedRefund(
            refund_no=row.number,
            transaction_no=row.transaction_no,
            amount=row.amount,
            code="",
            asked_at=row.requested_at,
            done_at=row.ended_at,
        )
        for row in list_partner_refunds(partner=partner.code)
    ]
    return sorted(owed, key=lambda row: (row.asked_at, row.refund_no))


def confirm_owed_refund(
    *, partner: PartnerCard, refund_no: str, transaction_no: str, actor: Actor, now: datetime
) -> OwedRefund:
    """The payer has the money back, under the partner's own `transaction_no`. Told again it changes nothing.

    Refuses with `UnknownPartnerRefund`.
    """
    with acting(actor=actor):
        lock_number(partner_id=partner.id, number=f"refund:{refund_no}")
        refund = find_partner_refund(partner=partner.code, number=refund_no)
        if refund is None:
            return owed_of(
                mark_refused_payment_refunded(
                    partner_id=partner.id, refund_no=refund_no, transaction_no=transaction_no, actor=actor, now=now
                )
            )
        done = confirm_partner_refund(refund_id=refund.id, actor=actor, now=now)
    return OwedRefund(
        refund_no=refund.number,
        transaction_no=refund.transaction_no,
        amount=refund.amount,
        code="",
        asked_at=refund.requested_at,
        done_at=done.ended_at,
    )


def find_refund_of_request(*, partner: PartnerCard, request_no: str) -> OwedRefund | None:
    """The refund of a payment that was refused under this number, with where it stands now."""
    refused = find_refused_payment(partner_id=partner.id, request_no=request_no)
    return owed_of(refused) if refused else None


def owed_of(row: RefusedPaymentCard) -> OwedRefund:
    """A refused payment as money that goes back."""
    return OwedRefund(
        refund_no=row.refund_no,
        transaction_no=row.transaction_no,
        amount=row.amount,
        code=row.code,
        asked_at=row.refused_at,
        done_at=row.refunded_at,
    )
