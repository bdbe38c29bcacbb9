"""Who has something to pay: at a campus, among the people of an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Min, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from hospital.billing.models import Charge
from hospital.billing.rules.tills import require_cashier
from hospital.billing.states import ChargeState
from hospital.kernel.actors import Actor
from hospital.patients.api import list_people


@dataclass(frozen=True, slots=True)
class OpenBill:
    """What one person has to pay at a campus, prices as last shown. `is_being_paid`: a payment of it is under way."""

    person_id: UUID
    campus_code: str
    amount: Decimal
    lines: int
    since: datetime
    is_being_paid: bool


def list_open_bills(*, actor: Actor, campus_code: str = "", limit: int = 200) -> list[OpenBill]:
    """People with open charges at a cashier's campus, the longest waiting first; lines being paid stand apart.

    One query.

    Refuses `NotCashier`.
    """
    place = campus_code or actor.campus_code
    require_cashier(actor, place)
    return _sum_open(Charge.objects.filter(campus_id=place), limit=limit)


def list_open_bills_of_people(*, person_ids: Iterable[UUID], actor: Actor, now: datetime) -> list[OpenBill]:
    """What these people have to pay, whatever the campus, the longest waiting first; people out of sight are left out.

    Two queries.
    """
    seen = list(list_people(actor=actor, person_ids=list(person_ids), now=now))
    return _sum_open(Charge.objects.filter(person_id__in=seen), limit=200)


def _sum_open(charges: QuerySet[Charge], *, limit: int) -> list[OpenBill]:
    rows = (
        charges.filter(state__in=[ChargeState.PENDING, ChargeState.CONFIRMED])
        .annotate(
            is_being_paid=Case(
                When(state=ChargeState.CONFIRMED, then=Value(True)), default=Value(False), output_field=BooleanField()
            )
        )
        .values("person_id", "is_being_paid", campus_code=F("campus_id"))
        .annotate(
            amount=Coalesce(Sum(F("total") - F("discount")), Decimal("0.00")),
            lines=Count("id"),
            since=Min("created_at"),
        )
        .order_by("since")[:limit]
    )
    return [OpenBill(**row) for row in rows]
