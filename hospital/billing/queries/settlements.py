"""Settlements: what was paid, by whom, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from hospital.billing.errors import SettlementUnknown
from hospital.billing.models import Allocation, Charge, RefundNote, Settlement
from hospital.billing.queries.insurers import find_contracts
from hospital.billing.rules.tills import require_cashier
from hospital.billing.states import RefundState, SettlementState
from hospital.billing.types import KeptBase, Payer, SettlementInfo, SourceKind
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.money import ZERO
from hospital.patients.api import list_people, require_access

_NOTHING = [ZERO, ZERO]
_GIVEN_BACK = (RefundState.REQUESTED, RefundState.WAITING, RefundState.SENT, RefundState.COMPLETED)


def find_settlement(settlement_id: UUID) -> Settlement:
    """The row, without an access check. Refuses `SettlementUnknown`."""
    row = Settlement.objects.filter(id=settlement_id).first()
    if row is None:
        raise SettlementUnknown
    return row


def settlement_info_of(row: Settlement, *, is_new: bool = False) -> SettlementInfo:
    """One settlement with its payment and what was asked back of it: nothing yet, if it `is_new`."""
    return _infos([row], among=() if is_new else (row.id,))[0]


def _infos(rows: Sequence[Settlement], *, among: Sequence[UUID] | None = None) -> list[SettlementInfo]:
    """`among` are those that may have payments and refunds; all of them where it is left out."""
    ids = [row.id for row in rows] if among is None else among
    payments: defaultdict[UUID, list[UUID]] = defaultdict(list)
    allocated = Allocation.objects.filter(settlement_id__in=ids).order_by("payment__paid_at", "payment_id")
    for settlement_id, payment_id in allocated.values_list("settlement_id", "payment_id"):
        payments[settlement_id].append(payment_id)
    refunds = {
        settlement_id: sums
        for settlement_id, *sums in RefundNote.objects.filter(settlement_id__in=ids, state__in=_GIVEN_BACK)
        .values("settlement_id")
        .annotate(sum=Sum("amount"), covered=Sum("covered_amount"))
        .values_list("settlement_id", "sum", "covered")
    }
    contracts = find_contracts(row.contract_id for row in rows if row.contract_id)
    return [
        SettlementInfo(
            id=row.id,
            number=row.number,
            person_id=row.person_id,
            campus_code=row.campus_id,
            payer=Payer(row.payer),
            amount=row.amount,
            state=SettlementState(row.state),
            started_at=row.started_at,
            expires_at=row.expires_at,
            settled_at=row.settled_at,
            payment_ids=tuple(payments[row.id]),
            cash_rounding=row.cash_rounding,
            started_by=row.started_by,
            started_by_kind=ActorKind(row.started_by_kind),
            refunded_amount=refunds.get(row.id, _NOTHING)[0],
            covered_amount=row.covered_amount,
            account_amount=row.account_amount,
            refunded_covered=refunds.get(row.id, _NOTHING)[1],
            contract=contracts[row.contract_id] if row.contract_id else None,
            card_id=row.card_id,
            claim_number=row.claim_number,
        )
        for row in rows
    ]


def get_settlement(*, settlement_id: UUID) -> SettlementInfo:
    """One settlement; the caller checks access to its person. Refuses `SettlementUnknown`."""
    return settlement_info_of(find_settlement(settlement_id))


def find_settlement_of_claim(*, claim_number: str) -> SettlementInfo | None:
    """The newest settlement that this claim at the national insurance belongs to; the caller checks access."""
    row = Settlement.objects.filter(claim_number=claim_number).exclude(claim_number="").order_by("-started_at").first()
    return settlement_info_of(row) if row else None


def find_settlements_of_claims(*, claim_numbers: Iterable[str]) -> dict[str, SettlementInfo]:
    """The same of several claims, by claim number."""
    rows = Settlement.objects.filter(claim_number__in=[number for number in claim_numbers if number])
    newest = {row.claim_number: row for row in rows.order_by("started_at")}
    return {info.claim_number: info for info in _infos(list(newest.values()))} if newest else {}


def list_kept_bases(*, settlement_id: UUID) -> list[KeptBase]:
    """What is left of the lines of a bill for the national insurance: the ledger's base less refunded (brief §1.6.11).

    Refunds that are asked for count as refunded. Lines of which nothing is left are left out.
    """
    rows = Charge.objects.filter(settlement_id=settlement_id).order_by("id")
    return [
        KeptBase(
            charge_id=row.id,
            code=row.item_code,
            qty=row.qty - row.refunded_qty,
            # A price that was lowered is the price of the line of one.
            price=row.public_u if row.refunded_qty or not row.refunded_base else row.base - row.refunded_base,
            base=row.base - row.refunded_base,
        )
        for row in rows
        if row.qty > row.refunded_qty and row.base > row.refunded_base
    ]


def find_settlements(*, settlement_ids: Iterable[UUID]) -> dict[UUID, SettlementInfo]:
    """Settlements by id; the caller checks access. Three queries."""
    return {info.id: info for info in _infos(list(Settlement.objects.filter(id__in=list(settlement_ids))))}


def list_settlements_of_people(
    *, person_ids: Iterable[UUID], actor: Actor, now: datetime, before: datetime | None = None, limit: int = 50
) -> list[SettlementInfo]:
    """Settled bills of these people, newest first; people out of sight are left out. `before` pages on.

    Four queries.
    """
    seen = list(list_people(actor=actor, person_ids=list(person_ids), now=now))
    rows = Settlement.objects.filter(state=SettlementState.SETTLED, person_id__in=seen)
    if before is not None:
        rows = rows.filter(settled_at__lt=before)
    return _infos(list(rows.order_by("-settled_at", "-id")[:limit]))


def list_settlements(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID | None = None,
    encounter_id: UUID | None = None,
    campus_code: str | None = None,
    settled_from: datetime | None = None,
    limit: int = 50,
) -> list[SettlementInfo]:
    """Settled bills, newest first: of a person, of a visit of that person, or of a cashier's campus. Three queries more
    or less, whatever the number.

    Refuses `UnknownPerson`, `NoCareRelation`; a campus without a person refuses `NotCashier`.
    """
    rows = Settlement.objects.filter(state=SettlementState.SETTLED)
    if person_id is not None:
        require_access(actor=actor, person_id=person_id, now=now)
        rows = rows.filter(person_id=person_id)
    else:
        require_cashier(actor, campus_code or actor.campus_code)
        rows = rows.filter(campus_id=campus_code or actor.campus_code)
    if encounter_id is not None:
        charges = Charge.objects.filter(encounter_id=encounter_id).values("settlement_id")
        rows = rows.filter(id__in=charges)
    if settled_from is not None:
        rows = rows.filter(settled_at__gte=settled_from)
    return _infos(list(rows.order_by("-settled_at")[:limit]))


def list_unpaid_sources(
    *, source_ids: Iterable[UUID], source_kind: SourceKind = SourceKind.ORDER_LINE
) -> frozenset[UUID]:
    """Those of the order lines (or bookings) that have a charge which is neither paid nor voided. One query.

    A source that was never charged is not among them. The caller has checked access.
    """
    rows = Charge.objects.filter(source_kind=source_kind, source_id__in=list(source_ids))
    return frozenset(rows.filter(state__in=["PENDING", "CONFIRMED"]).values_list("source_id", flat=True))
