"""Contracts of insurers, and what insurers owe."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from hospital.billing.errors import ContractUnknown
from hospital.billing.models import InsurerContract, Receivable, ReceivableLine, RefundNote
from hospital.billing.rules.tills import require_cashier
from hospital.billing.states import ContractState, RefundState
from hospital.billing.types import Contract, ContractCard, Payer, ReceivableInfo
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.money import ZERO


def list_contracts(*, now: datetime, campus_code: str) -> list[ContractCard]:
    """The contracts in force today at a campus, by code. One query."""
    return [_card_of(row) for row in _in_force(now, campus_code).order_by("code")]


def get_contract(*, contract_id: UUID, campus_code: str, now: datetime) -> ContractCard:
    """A contract in force today at a campus. Refuses `ContractUnknown`."""
    row = _in_force(now, campus_code).filter(id=contract_id).first()
    if row is None:
        raise ContractUnknown
    return _card_of(row)


def search_contracts(*, now: datetime, text: str = "", state: ContractState | None = None) -> list[ContractCard]:
    """All contracts whose code or name has this text, by code and newest first, ended ones last. One query."""
    today = local_day(now)
    named = Q(code__icontains=text) | Q(name_zh__icontains=text) | Q(name_en__icontains=text)
    rows = InsurerContract.objects.filter(named).order_by("code", "-valid_from")
    cards = [card for card in map(_card_of, rows) if state is None or card.state_on(today) is state]
    return sorted(cards, key=lambda card: card.state_on(today) is ContractState.ENDED)


def find_contract(*, contract_id: UUID) -> ContractCard:
    """A contract, in force or not. Refuses `ContractUnknown`."""
    found = find_contracts([contract_id]).get(contract_id)
    if found is None:
        raise ContractUnknown
    return found


def _in_force(now: datetime, campus_code: str) -> QuerySet[InsurerContract]:
    today = local_day(now)
    return InsurerContract.objects.filter(
        Q(campuses=[]) | Q(campuses__contains=campus_code),
        Q(valid_to=None) | Q(valid_to__gte=today),
        valid_from__lte=today,
    )


def find_contracts(contract_ids: Iterable[UUID]) -> Mapping[UUID, ContractCard]:
    """Contracts by id, in force or not; no query where none is asked for."""
    wanted = set(contract_ids)
    return {row.id: _card_of(row) for row in InsurerContract.objects.filter(id__in=wanted)} if wanted else {}


def _card_of(row: InsurerContract) -> ContractCard:
    return ContractCard(
        id=row.id,
        code=row.code,
        name=row.name,
        terms=Contract(
            discount=row.discount,
            exempt_items_listed=frozenset(row.exempt_items_listed),
            is_surcharge_excluded=row.is_surcharge_excluded,
        ),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        copayment=row.copayment,
        campuses=tuple(row.campuses),
    )


def list_receivables(
    *,
    actor: Actor,
    campus_code: str = "",
    contract_id: UUID | None = None,
    settlement_id: UUID | None = None,
    limit: int = 200,
) -> list[ReceivableInfo]:
    """What insurers owe for bills of a cashier's campus, newest first, with what refunds took off.

    Four queries. Refuses `NotCashier`.
    """
    place = campus_code or actor.campus_code
    require_cashier(actor, place)
    rows = Receivable.objects.select_related("settlement").filter(campus_id=place)
    if contract_id is not None:
        rows = rows.filter(contract_id=contract_id)
    if settlement_id is not None:
        rows = rows.filter(settlement_id=settlement_id)
    return _infos(list(rows.order_by("-written_at", "-id")[:limit]))


def _infos(rows: list[Receivable]) -> list[ReceivableInfo]:
    lines: defaultdict[UUID, list[tuple[UUID, Decimal]]] = defaultdict(list)
    shares = ReceivableLine.objects.filter(receivable_id__in=[row.id for row in rows]).order_by("id")
    for receivable_id, charge_id, amount in shares.values_list("receivable_id", "charge_id", "amount"):
        lines[receivable_id].append((charge_id, amount))
    reduced = dict(
        RefundNote.objects.filter(settlement_id__in=[row.settlement_id for row in rows], state=RefundState.COMPLETED)
        .values("settlement_id")
        .annotate(sum=Sum("covered_amount"))
        .values_list("settlement_id", "sum")
    )
    contracts = find_contracts(row.contract_id for row in rows if row.contract_id)
    return [
        ReceivableInfo(
            id=row.id,
            settlement_id=row.settlement_id,
            settlement_number=row.settlement.number,
            person_id=row.person_id,
            campus_code=row.campus_id,
            payer=Payer(row.payer),
            contract=contracts[row.contract_id] if row.contract_id else None,
            card_id=row.card_id,
            amount=row.amount,
            reduced=reduced.get(row.settlement_id, ZERO),
            written_at=row.written_at,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    ]
