"""Money that came in and went back, bill by bill, as a daily settlement adds it up (domain brief §2, 日结)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Sum

from hospital.billing.models import Allocation, Charge, RefundLine, RefundNote, RefundTender, Settlement
from hospital.billing.states import RefundState, SettlementState, TenderState
from hospital.billing.types import MoneyMove, MoveKind, Payer
from hospital.catalog.types import FeeClass
from hospital.kernel.actors import ActorKind
from hospital.payments.states import Channel

_Sums = Mapping[UUID, dict[Any, Decimal]]


def list_money_moves(
    *, campus_code: str, since: datetime, holder_kinds: Collection[ActorKind], holder_id: str = ""
) -> list[MoneyMove]:
    """Bills settled and refunds completed at a campus since an instant, oldest first; refunds are negative.

    Only those of people or machines of these kinds, of the one called `holder_id` where it is given. Six statements.
    The caller has checked who may see them.
    """
    kinds = [kind.value for kind in holder_kinds]
    settled = Settlement.objects.filter(
        campus_id=campus_code, state=SettlementState.SETTLED, settled_at__gte=since, started_by_kind__in=kinds
    )
    given_back = RefundNote.objects.select_related("settlement").filter(
        campus_id=campus_code, state=RefundState.COMPLETED, ended_at__gte=since, sent_by_kind__in=kinds
    )
    if holder_id:
        settled, given_back = settled.filter(started_by=holder_id), given_back.filter(sent_by=holder_id)
    moves = [*_list_settled(list(settled)), *_list_refunded(list(given_back))]
    return sorted(moves, key=lambda move: (move.at, move.number))


def list_holders(*, since: datetime) -> list[tuple[str, ActorKind, str]]:
    """Campus, kind and id of everybody who took money or gave it back since an instant. Two statements."""
    settled = Settlement.objects.filter(state=SettlementState.SETTLED, settled_at__gte=since)
    given_back = RefundNote.objects.filter(state=RefundState.COMPLETED, ended_at__gte=since)
    rows = {
        *settled.values_list("campus_id", "started_by_kind", "started_by").distinct(),
        *given_back.values_list("campus_id", "sent_by_kind", "sent_by").distinct(),
    }
    return sorted((campus, ActorKind(kind), holder) for campus, kind, holder in rows)


def _list_settled(rows: list[Settlement]) -> list[MoneyMove]:
    ids = [row.id for row in rows]
    charges = Charge.objects.filter(settlement_id__in=ids).values("settlement_id", "fee_class")
    classes = _group(charges.annotate(sum=Sum(F("total") - F("discount"))), "settlement_id", "fee_class")
    allocated = Allocation.objects.filter(settlement_id__in=ids).values("settlement_id", "payment__channel")
    tenders = _group(allocated.annotate(sum=Sum("amount")), "settlement_id", "payment__channel")
    return [
        MoneyMove(
            kind=MoveKind.SETTLED,
            id=row.id,
            number=row.number,
            bill_number=row.number,
            settlement_id=row.id,
            person_id=row.person_id,
            payer=Payer(row.payer),
            at=row.settled_at or row.started_at,
            amount=row.amount + row.covered_amount,
            covered=row.covered_amount,
            rounding=row.cash_rounding,
            by_class={FeeClass(code): amount for code, amount in classes[row.id].items()},
            by_channel={Channel(code): amount for code, amount in tenders[row.id].items()},
        )
        for row in rows
    ]


def _list_refunded(rows: list[RefundNote]) -> list[MoneyMove]:
    ids = [row.id for row in rows]
    lines = RefundLine.objects.filter(note_id__in=ids).values("note_id", "charge__fee_class")
    classes = _group(lines.annotate(sum=Sum("paid_back")), "note_id", "charge__fee_class")
    sent = RefundTender.objects.filter(note_id__in=ids, state=TenderState.COMPLETED)
    back = sent.values("note_id", "payment__channel").annotate(sum=Sum("amount"))
    tenders = _group(back, "note_id", "payment__channel")
    return [
        MoneyMove(
            kind=MoveKind.REFUNDED,
            id=row.id,
            number=row.number,
            bill_number=row.settlement.number,
            settlement_id=row.settlement_id,
            person_id=row.person_id,
            payer=Payer(row.settlement.payer),
            at=row.ended_at or row.requested_at,
            amount=-(row.amount + row.covered_amount),
            covered=-row.covered_amount,
            rounding=-row.cash_rounding,
            by_class={FeeClass(code): -amount for code, amount in classes[row.id].items()},
            by_channel={Channel(code): -amount for code, amount in tenders[row.id].items()},
        )
        for row in rows
    ]


def _group(rows: Any, owner: str, code: str) -> _Sums:
    found: defaultdict[UUID, dict[Any, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row[owner]][row[code]] = row["sum"]
    return found
