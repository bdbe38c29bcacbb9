"""Insurers, their contracts and patients' cards for tests."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from hospital.billing.api import quote_bill, request_refund, start_settlement
from hospital.billing.models import InsurerContract
from hospital.billing.tests.factories import Desk, charge, later, pay
from hospital.billing.types import (
    CommercialCover,
    Copayment,
    Cover,
    OrderedLine,
    RefundInfo,
    RefundRequestLine,
    SettlementInfo,
)
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.patients.api import add_insurance_card
from hospital.patients.types import NewInsuranceCard


def make_contract(**facts: Any) -> InsurerContract:
    """A contract in force: ten per cent off, the surcharge is the patient's."""
    defaults: dict[str, Any] = {
        "code": f"INS-{new_id()}"[:24],
        "name_zh": "远航健康保险",
        "name_en": "Voyage Health Insurance",
        "discount": Decimal("0.1000"),
        "is_surcharge_excluded": True,
        "valid_from": date(2020, 1, 1),
    }
    return InsurerContract.objects.create(**(defaults | facts))


def make_card(desk: Desk, **facts: Any) -> UUID:
    """A card of the desk's patient."""
    card: dict[str, Any] = {
        "insurer": "Voyage Health",
        "plan": "Gold",
        "member_number": "VH-2210-77",
        "valid_from": None,
        "valid_to": None,
    }
    return add_insurance_card(
        person_id=desk.visit.person_id, card=NewInsuranceCard(**(card | facts)), actor=desk.patient, now=TEN
    )


def cover(desk: Desk, *, copayment: Copayment | None = None, **terms: Any) -> CommercialCover:
    """A commercial insurer who pays for the desk's patient."""
    return CommercialCover(contract_id=make_contract(**terms).id, card_id=make_card(desk), copayment=copayment)


def start_insured(desk: Desk, charges: list[UUID], insurer: Cover) -> SettlementInfo:
    """A settlement of which an insurer pays a part; the patient's money is awaited."""
    quote = quote_bill(charge_ids=charges, cover=insurer, actor=desk.cashier, now=TEN)
    return start_settlement(quote_token=quote.token, idempotency_key=f"insured-{new_id()}", actor=desk.cashier, now=TEN)


def settle_insured(desk: Desk, insurer: Cover, *lines: OrderedLine) -> tuple[SettlementInfo, list[UUID]]:
    """Charged lines, the patient's part paid."""
    charges = charge(desk, *lines)
    settlement = start_insured(desk, charges, insurer)
    if settlement.amount:
        pay(settlement)
    return settlement, charges


def ask_back(desk: Desk, settlement: SettlementInfo, *lines: tuple[UUID, str]) -> RefundInfo:
    """A refund that waits for its second person."""
    return request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(charge_id, Decimal(qty)) for charge_id, qty in lines],
        reason="not needed",
        idempotency_key=f"refund-{new_id()}",
        actor=desk.cashier,
        now=later(hours=1),
    )
