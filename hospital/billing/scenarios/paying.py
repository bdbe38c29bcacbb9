"""Who pays a scenario's bill, what the till takes in cash, and what its quote is worth later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hospital.billing.errors import InsuranceReplyMismatch, QuoteExpired, QuoteMismatch, ScenarioMalformed
from hospital.billing.rules.payers import (
    InsuranceReply,
    NationalShare,
    count_patient_cash,
    round_cash,
    share_with_national_insurance,
)
from hospital.billing.rules.quotes import QUOTE_LIFETIME, check_quote, hash_quote
from hospital.billing.scenarios.values import (
    Row,
    find_count,
    find_instant,
    read_instant,
    read_number,
    read_row,
    read_rows,
    read_text,
)
from hospital.billing.scenarios.visits import Line, Visit
from hospital.billing.types import CURRENCY, Payer, QuotedLine, Totals
from hospital.catalog.types import InsuranceMode, PricingSettings
from hospital.kernel.money import ZERO

CASH = "CASH"


@dataclass(frozen=True, slots=True)
class Payment:
    """The bill as its payers see it. `cash` is the cash tender before rounding, None where there is none.

    `step` rounds cash, None where no rounding applies.
    """

    totals: Totals
    amounts: Mapping[str, Decimal]
    national: NationalShare | None
    refusal: InsuranceReplyMismatch | None
    cash: Decimal | None
    step: Decimal | None

    @property
    def cash_rounding(self) -> Decimal | None:
        """The amount of the rounding line, or None where none applies."""
        if self.cash is None or self.step is None:
            return None
        return round_cash(self.cash, self.step) - self.cash


def split_payment(lines: Sequence[Line], *, scenario: Row, visit: Visit, settings: PricingSettings) -> Payment:
    """The bill's totals and payers, and its cash tender (brief §1.6.10-12)."""
    row = read_row(scenario.get("encounter"), "encounter")
    totals = _sum_up(lines)
    national = _find_national(lines, visit, settings)
    refusal: InsuranceReplyMismatch | None = None
    amounts: dict[str, Decimal] = {}
    if national is not None:
        try:
            amounts = _answer_reply(row, national)
        except InsuranceReplyMismatch as refused:
            refusal = refused
    elif visit.payer is Payer.COMMERCIAL:
        amounts = {
            "to_adjudication": sum((line.share.to_adjudication for line in lines), ZERO),
            "patient": sum((line.share.patient for line in lines), ZERO),
        }
    else:
        amounts = {"patient": totals.payable}
    is_insured = national is not None or visit.payer is Payer.COMMERCIAL
    return Payment(
        totals=totals,
        amounts=amounts,
        national=national,
        refusal=refusal,
        cash=_find_cash(row, totals.payable),
        step=None if is_insured else settings.cash_rounding,
    )


def _sum_up(lines: Iterable[Line]) -> Totals:
    base = surcharge = total = discount = ZERO
    for line in lines:
        base += line.priced.base
        surcharge += line.priced.surcharge
        total += line.priced.total
        discount += line.share.discount
    return Totals(base=base, surcharge=surcharge, total=total, discount=discount, payable=total - discount)


def _find_national(lines: Sequence[Line], visit: Visit, settings: PricingSettings) -> NationalShare | None:
    is_uploaded = visit.payer is Payer.NATIONAL and settings.intl_insurance_mode is InsuranceMode.BASE_ONLY
    return share_with_national_insurance([line.priced for line in lines]) if is_uploaded else None


def _answer_reply(row: Row, national: NationalShare) -> dict[str, Decimal]:
    if row.get("insurance_reply") is None:
        return {}
    given = read_row(row["insurance_reply"], "insurance_reply")
    reply = InsuranceReply(*(read_number(given, name) for name in ("fund", "account", "cash")))
    return {"fund": reply.fund, "account": reply.account, "patient_cash": count_patient_cash(national, reply)}


def _find_cash(row: Row, payable: Decimal) -> Decimal | None:
    """What is left for cash once the other tenders have taken their amounts."""
    tenders = read_rows(row, "tenders")
    if all(read_text(each, "type").upper() != CASH for each in tenders):
        return None
    others = [read_number(each, "amount") for each in tenders if read_text(each, "type").upper() != CASH]
    return payable - sum(others, ZERO)


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What the hash of a quote is made of."""

    lines: tuple[QuotedLine, ...]
    payers: Mapping[str, Decimal]
    expires_at: datetime
    currency: str = CURRENCY

    def hash(self) -> str:
        return hash_quote(lines=self.lines, payers=self.payers, expires_at=self.expires_at, currency=self.currency)


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """When the quote expires and what became of each attempt to pay with it."""

    expires_at: datetime
    attempts: tuple[str, ...]


ACCEPTED = "ACCEPTED"
_REFUSED: dict[type[Exception], str] = {QuoteMismatch: "QUOTE_MISMATCH", QuoteExpired: "QUOTE_EXPIRED"}


def try_quote(lines: Sequence[Line], payment: Payment, row: Row) -> QuoteAnswer:
    """Pays with one quote several times, each after one other change (brief §1.6.13)."""
    expires_at = read_instant(row, "at") + QUOTE_LIFETIME
    quoted = tuple(
        QuotedLine(
            line_id=str(line.no), version=1, qty=line.priced.request.qty, u=line.priced.u, total=line.priced.total
        )
        for line in lines
    )
    agreed = _Agreed(quoted, payment.amounts or {"patient": payment.totals.payable}, expires_at)
    return QuoteAnswer(expires_at, tuple(_try(agreed, attempt) for attempt in read_rows(row, "attempts")))


def _try(agreed: _Agreed, attempt: Row) -> str:
    changed = _change(agreed, read_row(attempt.get("change"), "change"))
    try:
        check_quote(
            quoted_hash=agreed.hash(),
            actual_hash=changed.hash(),
            expires_at=agreed.expires_at,
            now=read_instant(attempt, "at"),
        )
    except (QuoteMismatch, QuoteExpired) as refusal:
        return _REFUSED[type(refusal)]
    return ACCEPTED


def _change(agreed: _Agreed, change: Row) -> _Agreed:
    if not change:
        return agreed
    what = read_text(change, "what")
    if change.get("line") is not None:
        lines = _change_line(agreed.lines, change, what)
        return _Agreed(lines, agreed.payers, agreed.expires_at, agreed.currency)
    if what == "currency":
        return _Agreed(agreed.lines, agreed.payers, agreed.expires_at, read_text(change, "to"))
    if what == "expiry":
        return _Agreed(agreed.lines, agreed.payers, find_instant(change, "to") or agreed.expires_at, agreed.currency)
    if what == "payers":
        return _Agreed(agreed.lines, _change_payers(agreed.payers, change), agreed.expires_at, agreed.currency)
    raise ScenarioMalformed(what=f"change: {what}")


def _change_payers(payers: Mapping[str, Decimal], change: Row) -> Mapping[str, Decimal]:
    """The split as given: amounts by payer, or another amount or payer in the place of the first."""
    given = change.get("to")
    if isinstance(given, Mapping):
        return {str(name): read_number(given, name) for name in given}
    first = next(iter(payers))
    try:
        return {**payers, first: read_number(change, "to")}
    except ScenarioMalformed:
        return {read_text(change, "to"): sum(payers.values(), ZERO)}


def _change_line(lines: Sequence[QuotedLine], change: Row, what: str) -> tuple[QuotedLine, ...]:
    place = (find_count(change, "line") or 0) - 1
    if not 0 <= place < len(lines):
        raise ScenarioMalformed(what="change: line")
    old = lines[place]
    changed = {
        "id": lambda: QuotedLine(read_text(change, "to"), old.version, old.qty, old.u, old.total),
        "version": lambda: QuotedLine(old.line_id, find_count(change, "to") or 0, old.qty, old.u, old.total),
        "qty": lambda: QuotedLine(old.line_id, old.version, read_number(change, "to"), old.u, old.total),
        "u": lambda: QuotedLine(old.line_id, old.version, old.qty, read_number(change, "to"), old.total),
        "total": lambda: QuotedLine(old.line_id, old.version, old.qty, old.u, read_number(change, "to")),
    }.get(what)
    if changed is None:
        raise ScenarioMalformed(what=f"change: {what}")
    return (*lines[:place], changed(), *lines[place + 1 :])
