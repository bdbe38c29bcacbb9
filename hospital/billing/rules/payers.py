"""Who pays how much of a priced line (domain brief §1.6.10-12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hospital.billing.errors import InsuranceReplyMismatch
from hospital.billing.types import Contract, PricedLine, RefundedAmounts
from hospital.kernel.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True)
class CommercialShare:
    """One line under a commercial contract: what is taken off, what the insurer looks at, what the patient owes."""

    discount: Decimal
    payable: Decimal
    to_adjudication: Decimal
    patient: Decimal


def share_with_insurer(line: PricedLine, contract: Contract) -> CommercialShare:
    """The line's discount and split. An exempt line is discounted only where the contract lists its item.

    An insurer that excludes surcharge adjudicates the base less its proportional share of the discount, half up; the
    remainder stays with the surcharge (brief §1.6.10). The two shares add up to what is payable.
    """
    is_discounted = line.exempt is None or line.request.item.code in contract.exempt_items_listed
    return share_amounts(base=line.base, total=line.total, is_discounted=is_discounted, contract=contract)


def share_amounts(*, base: Decimal, total: Decimal, is_discounted: bool, contract: Contract) -> CommercialShare:
    """The split of a line of which only the amounts are known; see `share_with_insurer`."""
    rate = contract.discount if is_discounted and contract.discount is not None else Decimal(0)
    discount = round_half_up(total * rate)
    payable = total - discount
    if not contract.is_surcharge_excluded:
        return CommercialShare(discount=discount, payable=payable, to_adjudication=payable, patient=ZERO)
    to_adjudication = base - share_of_base(discount, base=base, total=total)
    return CommercialShare(
        discount=discount, payable=payable, to_adjudication=to_adjudication, patient=payable - to_adjudication
    )


def share_of_base(discount: Decimal, *, base: Decimal, total: Decimal) -> Decimal:
    """The base's proportional share of a line's discount, half up; the remainder is the surcharge's (brief §1.6.10)."""
    return round_half_up(discount * base / total) if total else ZERO


def round_cash(amount: Decimal, step: Decimal | None) -> Decimal:
    """The amount a cash tender takes, half up to `step` (0.10 takes 10.05 as 10.10); no step takes it as it is."""
    if step is None:
        return amount
    return round_half_up((amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step)


def list_cash_refunds(parts: Iterable[Decimal], step: Decimal | None) -> list[Decimal]:
    """What is handed out for each part of a cash refund, rounded cumulatively (brief §1.6.12).

    10.05 paid as 10.10 and refunded as 3.35 three times hands out 3.40, 3.30, 3.40.
    """
    handed: list[Decimal] = []
    owed = ZERO
    for part in parts:
        owed += part
        handed.append(round_cash(owed, step) - sum(handed, ZERO))
    return handed


@dataclass(frozen=True, slots=True)
class UploadedLine:
    """A line as the national insurance sees it: the public price, never the surcharge."""

    place: int
    p: Decimal
    qty: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class InsuranceReply:
    """What the insurance pays of an upload: pooled fund, personal account, and what is left to pay in cash."""

    fund: Decimal
    account: Decimal
    cash: Decimal


@dataclass(frozen=True, slots=True)
class NationalShare:
    """A bill in BASE_ONLY mode: what is uploaded, its sum, and the surcharge outside the claim."""

    upload: tuple[UploadedLine, ...]
    upload_total: Decimal
    own_expense: Decimal


def share_with_national_insurance(lines: Sequence[PricedLine]) -> NationalShare:
    """The upload of a bill, lines of 0.00 left out, and the surcharge, which is wholly the patient's (brief §1.3)."""
    upload = tuple(
        UploadedLine(place=place, p=line.p, qty=line.request.qty, base=line.base)
        for place, line in enumerate(lines, start=1)
        if line.base
    )
    return NationalShare(
        upload=upload,
        upload_total=sum((each.base for each in upload), ZERO),
        own_expense=sum((line.surcharge for line in lines), ZERO),
    )


def count_patient_cash(share: NationalShare, reply: InsuranceReply) -> Decimal:
    """What the patient pays: the cash part of the base and the surcharge.

    Refuses `InsuranceReplyMismatch` where fund, account and cash do not add up to what was uploaded.
    """
    if reply.fund + reply.account + reply.cash != share.upload_total:
        raise InsuranceReplyMismatch(uploaded=str(share.upload_total))
    return reply.cash + share.own_expense


def list_upload_again(share: NationalShare, refunded: Mapping[int, RefundedAmounts]) -> tuple[UploadedLine, ...]:
    """What is uploaded after a partial refund: the ledger's base, charged less refunded, not price × kept quantity.

    `refunded` is by place; lines of which nothing is left are not uploaded (brief §1.6.11).
    """
    nothing = RefundedAmounts()
    kept = []
    for line in share.upload:
        back = refunded.get(line.place, nothing)
        if line.qty > back.qty:
            kept.append(UploadedLine(place=line.place, p=line.p, qty=line.qty - back.qty, base=line.base - back.base))
    return tuple(line for line in kept if line.base)
