"""A visit with charges in the state that a test wants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from hospital.billing.api import (
    allocate_payment,
    charge_orders,
    charge_registration,
    list_charges_of_sources,
    quote_bill,
    start_settlement,
)
from hospital.billing.models import Charge
from hospital.billing.types import BillQuote, ChargeLine, OrderedLine, SettlementInfo, SourceKind
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.encounters.tests.clinic import TEN, Scene, make_patient, make_staff, make_visit
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.kernel.ids import new_id
from hospital.payments.tests.factories import make_paid
from hospital.payments.types import PaymentOrderInfo

SYSTEM = system_actor("test")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A visit, its patient and a cashier of its campus."""

    visit: Scene
    patient: Actor
    cashier: Actor


def make_desk(**facts: Any) -> Desk:
    """A catalog, an outpatient visit of the international line, its patient's account and a cashier."""
    make_hospital_catalog()
    return add_desk(**facts)


def add_desk(**facts: Any) -> Desk:
    """Another visit with the catalog that is there."""
    visit = make_visit(**facts)
    return Desk(visit, make_patient(visit.person_id), make_staff(Role.CASHIER, campus=facts.get("campus", "IMC")))


def order(code: str, qty: str = "1", *, signed_at: datetime = TEN) -> OrderedLine:
    """A signed order line."""
    return OrderedLine(source_id=new_id(), item_code=code, qty=Decimal(qty), signed_at=signed_at)


def charge(desk: Desk, *lines: OrderedLine, now: datetime = TEN) -> list[UUID]:
    """Charges order lines of the visit."""
    return charge_orders(encounter_id=desk.visit.encounter_id, lines=lines, actor=desk.visit.doctor, now=now)


def charge_booking(desk: Desk, *, now: datetime = TEN) -> tuple[UUID, list[UUID]]:
    """Charges a registration fee; the appointment's id and the charges."""
    appointment_id = new_id()
    charges = charge_registration(
        appointment_id=appointment_id,
        person_id=desk.visit.person_id,
        campus_code="IMC",
        service_line="INTL",
        visit_type="OP",
        item_code="REG1",
        actor=desk.patient,
        now=now,
    )
    return appointment_id, charges


def quote(desk: Desk, charges: list[UUID], *, now: datetime = TEN) -> BillQuote:
    """A quote for the patient."""
    return quote_bill(charge_ids=charges, actor=desk.patient, now=now)


def start(desk: Desk, charges: list[UUID], *, now: datetime = TEN, key: str = "") -> SettlementInfo:
    """A settlement that waits for its money."""
    token = quote(desk, charges, now=now).token
    return start_settlement(
        quote_token=token, idempotency_key=key or f"settle-{next(_numbers)}", actor=desk.patient, now=now
    )


def pay(settlement: SettlementInfo, *, now: datetime = TEN) -> PaymentOrderInfo:
    """Money for the settlement, allocated."""
    payment = make_paid(str(settlement.amount))
    allocate_payment(settlement_id=settlement.id, payment_id=payment.id, amount=payment.amount, actor=SYSTEM, now=now)
    return payment


def settle(desk: Desk, *lines: OrderedLine, now: datetime = TEN) -> tuple[SettlementInfo, list[UUID]]:
    """Charged and paid order lines."""
    charges = charge(desk, *lines, now=now)
    settlement = start(desk, charges, now=now)
    pay(settlement, now=now)
    return settlement, charges


def line(charge_id: UUID) -> ChargeLine:
    """The charge as others see it."""
    row = Charge.objects.get(id=charge_id)
    found = list_charges_of_sources(source_ids=[row.source_id], source_kind=SourceKind(row.source_kind))[row.source_id]
    return next(each for each in found if each.id == charge_id)


def later(**delta: float) -> datetime:
    """Ten o'clock plus something."""
    return TEN + timedelta(**delta)
