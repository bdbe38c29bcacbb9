"""What an insurer pays of a bill: split when it is quoted, owed once it is settled (domain brief §1.3, §1.6.10-13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import record_act
from hospital.billing.errors import CardNotUsable, InsuranceReplyMismatch
from hospital.billing.models import Charge, Quote, QuoteLine, Receivable, ReceivableLine, Settlement
from hospital.billing.queries.insurers import get_contract
from hospital.billing.rules.shares import LineAmounts, LineShare, split_by_contract, spread
from hospital.billing.rules.tills import require_cashier
from hospital.billing.types import ContractCard, Copayment, Cover, NationalCover, Payer
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.money import ZERO
from hospital.patients.api import list_insurance_cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who pays a bill. `covered` is the insurer's part, `account` of it the personal account's."""

    payer: Payer = Payer.SELF
    contract: ContractCard | None = None
    card_id: UUID | None = None
    copayment: str = ""
    covered: Decimal = ZERO
    account: Decimal = ZERO
    claim_number: str = ""


def split_charges(rows: Sequence[Charge], cover: Cover | None, *, actor: Actor, now: datetime) -> Split:
    """Sets the discount and the insurer's share of each locked charge, in memory, and says who pays.

    Refuses `NotCashier` (an insurer is chosen at the desk), `ContractUnknown`, `CardNotUsable`, `CopaymentNotUsable`,
    `InsuranceReplyMismatch`.
    """
    _set_shares(rows, [LineShare()] * len(rows))
    if cover is None:
        return Split()
    require_cashier(actor, rows[0].campus_id)
    if isinstance(cover, NationalCover):
        return _split_nationally(rows, cover)
    contract = get_contract(contract_id=cover.contract_id, campus_code=rows[0].campus_id, now=now)
    copayment = cover.copayment or _agreed(contract)
    _check_card(cover.card_id, rows[0].person_id, actor, now)
    amounts = [LineAmounts(row.item_code, row.base, row.total, is_exempt=bool(row.exemptions)) for row in rows]
    _set_shares(rows, split_by_contract(amounts, contract.terms, copayment))
    return Split(
        payer=Payer.COMMERCIAL,
        contract=contract,
        card_id=cover.card_id,
        copayment=_describe(copayment),
        covered=sum((row.to_adjudication for row in rows), ZERO),
    )


def _split_nationally(rows: Sequence[Charge], cover: NationalCover) -> Split:
    """The fund pays of the base alone; the surcharge is the patient's. Each line's share tells how it was settled."""
    base = sum((row.base for row in rows), ZERO)
    covered = cover.fund + cover.account
    if min(cover.fund, cover.account, cover.cash) < 0 or covered + cover.cash != base:
        raise InsuranceReplyMismatch(uploaded=str(base))
    parts = spread(covered, [row.base for row in rows])
    _set_shares(rows, [LineShare(to_adjudication=part) for part in parts])
    return Split(payer=Payer.NATIONAL, covered=covered, account=cover.account, claim_number=cover.claim_number)


def _check_card(card_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    today = local_day(now)
    for card in list_insurance_cards(person_id=person_id, actor=actor, now=now):
        if card.id == card_id:
            if (card.valid_from and card.valid_from > today) or (card.valid_to and card.valid_to < today):
                break
            return
    raise CardNotUsable


def _agreed(contract: ContractCard) -> Copayment | None:
    return Copayment(contract.code, rate=contract.copayment) if contract.copayment is not None else None


def _describe(copayment: Copayment | None) -> str:
    if copayment is None:
        return ""
    what = f"{copayment.rate * 100:f} %" if copayment.rate is not None else f"¥{copayment.amount}"
    return f"{what}: {copayment.reason.strip()}"[:200]


def _set_shares(rows: Iterable[Charge], shares: Iterable[LineShare]) -> None:
    for row, share in zip(rows, shares, strict=True):
        row.discount, row.to_adjudication = share.discount, share.to_adjudication


def name_payers(
    rows: Iterable[Charge], *, payer: str, contract_id: UUID | None, covered: Decimal
) -> dict[str, Decimal]:
    """The payer split that the quote hash covers (brief §1.6.13)."""
    payable = sum((row.total - row.discount for row in rows), ZERO)
    if payer == Payer.SELF:
        return {Payer.SELF.value: payable}
    return {Payer.SELF.value: payable - covered, f"{payer}:{contract_id or ''}": covered}


def take_shares(rows: Iterable[Charge], lines: Mapping[UUID, QuoteLine]) -> None:
    """Sets what was quoted of each locked charge, in memory."""
    for row in rows:
        row.discount, row.to_adjudication = lines[row.id].discount, lines[row.id].to_adjudication


def keep_shares(rows: Sequence[Charge], quote: Quote) -> None:
    """Writes the shares of taken charges down; a bill that no insurer pays has none."""
    if quote.payer != Payer.SELF:
        Charge.objects.bulk_update(rows, ["discount", "to_adjudication"])


def write_receivable(settlement: Settlement, rows: Sequence[Charge], *, actor: Actor, now: datetime) -> None:
    """What the insurer owes of a settled bill, with each line's share. Never a payment."""
    if not settlement.covered_amount:
        return
    receivable = Receivable.objects.create(
        settlement=settlement,
        person_id=settlement.person_id,
        campus_id=settlement.campus_id,
        payer=settlement.payer,
        contract_id=settlement.contract_id,
        card_id=settlement.card_id,
        amount=settlement.covered_amount,
        written_at=now,
    )
    ReceivableLine.objects.bulk_create(
        ReceivableLine(receivable=receivable, charge=row, amount=row.to_adjudication)
        for row in rows
        if row.to_adjudication
    )
    record_act(
        actor=actor,
        action="billing.write_receivable",
        subject_kind="receivable",
        subject_id=str(receivable.id),
        person_id=settlement.person_id,
        now=now,
        details={"number": settlement.number, "amount": str(receivable.amount), "payer": settlement.payer},
    )
