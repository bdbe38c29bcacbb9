"""The payment preview: prices what is open and hands out a quote (domain brief §1.3, §1.6.7, §1.6.13)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.errors import AlreadyPaid, BillsApart, NothingToPay, PaymentInProgress
from hospital.billing.models import Charge, Quote, QuoteLine
from hospital.billing.queries.lines import line_of, sum_charges
from hospital.billing.rules.occurrence import choose_pricing_instant
from hospital.billing.rules.pricing import price_line
from hospital.billing.rules.quotes import QUOTE_LIFETIME, hash_quote
from hospital.billing.services.covering import Split, name_payers, split_charges
from hospital.billing.services.locks import free_expired, lock_charges
from hospital.billing.services.snapshots import PRICE_COLUMNS, price_columns
from hospital.billing.states import PAID_STATES, ChargeState
from hospital.billing.types import (
    CURRENCY,
    BillQuote,
    Cover,
    LineToPrice,
    PriceChange,
    QuotedLine,
)
from hospital.catalog.api import get_pricing_settings, load_price_book
from hospital.catalog.types import PricedCatalog, PriceHold, ServiceLine, VisitType
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access

_MONEY = ("public_u", "charged_u", "base", "total", "mode", "value", "source", "rule_code", "rule_version")


def quote_bill(*, charge_ids: Iterable[UUID], actor: Actor, now: datetime, cover: Cover | None = None) -> BillQuote:
    """A quote over open charges of one person at one campus, good for fifteen minutes.

    Lines whose price hold has ended are priced again as of now and what changed is told, unless an unexpired quote
    holds them: then the new quote ends with that one. `cover` names the insurer that pays, which the desk chooses: the
    quote then has its discount and its part of each line (§1.6.10). Refuses `NothingToPay`, `ChargeUnknown`,
    `UnknownPerson`, `NoCareRelation`, `BillsApart`, `AlreadyPaid`, `PaymentInProgress`, `PriceNotInForce`; with a cover
    `NotCashier`, `ContractUnknown`, `CardNotUsable`, `CopaymentNotUsable`, `InsuranceReplyMismatch`.
    """
    wanted = list(charge_ids)
    if not wanted:
        raise NothingToPay
    with acting(actor=actor):
        free_expired(wanted, now)
        rows = lock_charges(wanted)
        first = rows[0]
        for person_id in {row.person_id for row in rows}:
            require_access(actor=actor, person_id=person_id, now=now)
        if any((row.person_id, row.campus_id) != (first.person_id, first.campus_id) for row in rows):
            raise BillsApart
        check_open(rows)
        renewed = _renew_prices(rows, now)
        split = split_charges(rows, cover, actor=actor, now=now)
        quote = _write_quote(rows, split=split, expires_at=renewed.expires_at, actor=actor, now=now)
    rows.sort(key=lambda row: (row.occurred_at, row.created_at, row.position, row.id))
    return BillQuote(
        token=quote.token,
        person_id=quote.person_id,
        campus_code=quote.campus_id,
        payer=split.payer,
        issued_at=now,
        expires_at=quote.expires_at,
        currency=CURRENCY,
        lines=tuple(line_of(row, number) for number, row in enumerate(rows, start=1)),
        totals=sum_charges(rows),
        changes=renewed.changes,
        covered=split.covered,
        account=split.account,
        contract=split.contract,
    )


def check_open(rows: Iterable[Charge]) -> None:
    """Refuses `AlreadyPaid`, `PaymentInProgress` or `NothingToPay` (voided) unless every charge is pending."""
    for row in rows:
        if row.state in PAID_STATES:
            raise AlreadyPaid
        if row.state == ChargeState.CONFIRMED:
            raise PaymentInProgress(settlement=str(row.settlement_id))
        if row.state == ChargeState.VOID:
            raise NothingToPay


def hash_charges(rows: Iterable[Charge], *, payers: Mapping[str, Decimal], expires_at: datetime) -> str:
    """The quote hash of charges as they are now."""
    return hash_quote(
        lines=[QuotedLine(str(row.id), row.version, row.qty, row.charged_u, row.total) for row in rows],
        payers=payers,
        expires_at=expires_at,
    )


@dataclass(frozen=True, slots=True)
class _Renewed:
    expires_at: datetime
    changes: tuple[PriceChange, ...]


def _renew_prices(rows: list[Charge], now: datetime) -> _Renewed:
    """Prices again what is past its hold, in place."""
    expires_at = now + QUOTE_LIFETIME
    hold = get_pricing_settings().price_hold
    stale = [row for row in rows if _is_past_hold(row, hold, now)]
    if not stale:
        return _Renewed(expires_at, ())
    held = _list_held(stale, now)
    if held:
        expires_at = min(expires_at, *held.values())
    catalog = load_price_book(codes={code for row in stale for code in (row.item_code, *row.composites)}, now=now)
    changes = {}
    for row in stale:
        change = None if row.id in held else _renew(row, catalog, now)
        if change is not None:
            changes[row.id] = change
    if changes:
        Charge.objects.bulk_update([row for row in stale if row.id in changes], [*PRICE_COLUMNS, "version"])
    return _Renewed(expires_at, tuple(changes.values()))


def _is_past_hold(row: Charge, hold: PriceHold, now: datetime) -> bool:
    visit_type = VisitType(row.visit_type)
    chosen = choose_pricing_instant(visit_type=visit_type, occurred_at=row.occurred_at, preview_at=now, hold=hold)
    return chosen != row.occurred_at


def _list_held(rows: list[Charge], now: datetime) -> Mapping[UUID, datetime]:
    """When the earliest unexpired quote of each charge's present version ends."""
    versions = {row.id: row.version for row in rows}
    quoted = QuoteLine.objects.filter(charge_id__in=list(versions), quote__expires_at__gt=now).values_list(
        "charge_id", "version", "quote__expires_at"
    )
    held: dict[UUID, datetime] = {}
    for charge_id, version, expires_at in quoted:
        if version == versions[charge_id]:
            held[charge_id] = min(expires_at, held.get(charge_id, expires_at))
    return held


def _renew(row: Charge, catalog: PricedCatalog, now: datetime) -> PriceChange | None:
    """Prices the row as of now, in memory; None where its money and rule stay as they are."""
    book = catalog.book
    priced = price_line(
        book=book,
        line=LineToPrice(
            item=book.find_item(row.item_code, now),
            qty=row.qty,
            service_line=ServiceLine(row.service_line),
            visit_type=VisitType(row.visit_type),
            campus=row.campus_id,
            occurred_at=row.occurred_at,
            priced_at=now,
            age_years=row.age_years,
            is_emergency=row.is_emergency,
            path=tuple(row.composites),
        ),
    )
    columns = price_columns(priced, settings_version=book.settings.version)
    if all(getattr(row, name) == columns[name] for name in _MONEY):
        return None
    change = PriceChange(row.id, row.name, row.charged_u, priced.u, row.total, priced.total)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    return change


def _write_quote(rows: list[Charge], *, split: Split, expires_at: datetime, actor: Actor, now: datetime) -> Quote:
    first = rows[0]
    contract_id = split.contract.id if split.contract else None
    payers = name_payers(rows, payer=split.payer, contract_id=contract_id, covered=split.covered)
    quote = Quote.objects.create(
        token=secrets.token_urlsafe(24),
        hash=hash_charges(rows, payers=payers, expires_at=expires_at),
        person_id=first.person_id,
        campus_id=first.campus_id,
        payer=split.payer,
        contract_id=contract_id,
        card_id=split.card_id,
        claim_number=split.claim_number,
        copayment=split.copayment,
        covered_amount=split.covered,
        account_amount=split.account,
        total=sum((row.total - row.discount for row in rows), Decimal("0.00")),
        issued_at=now,
        expires_at=expires_at,
        issued_to=actor.id,
    )
    QuoteLine.objects.bulk_create(
        QuoteLine(
            quote=quote,
            charge=row,
            version=row.version,
            qty=row.qty,
            charged_u=row.charged_u,
            total=row.total - row.discount,
            discount=row.discount,
            to_adjudication=row.to_adjudication,
        )
        for row in rows
    )
    record_act(
        actor=actor,
        action="billing.quote",
        subject_kind="quote",
        subject_id=str(quote.id),
        person_id=first.person_id,
        now=now,
        details={"lines": len(rows), "total": str(quote.total)},
    )
    return quote
