"""Stock and prescriptions for the tests of the pharmacy."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from hospital.catalog.models import CatalogItem
from hospital.encounters.tests.clinic import TEN, Scene
from hospital.kernel.actors import Actor
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.pharmacy import api
from hospital.pharmacy.types import NewPrescription, NewPrescriptionLine

NEXT_YEAR = date(2027, 11, 30)


def stock(
    actor: Actor,
    code: str = "AML",
    quantity: str = "10",
    *,
    number: str = "B1",
    until: date = NEXT_YEAR,
    witness: Actor | None = None,
):
    """Receives a batch at the actor's campus; its id."""
    delivery = api.Delivery(item_code=code, number=number, expires_on=until, quantity=Decimal(quantity))
    return api.receive_stock(campus_code=actor.campus_code, delivery=delivery, actor=actor, now=TEN, witness=witness)


def send(scene: Scene, *wanted: tuple[str, str], has_control: bool = False, days: int = 7) -> UUID:
    """Sends a prescription of drugs and quantities to the pharmacy; its id."""
    items = {item.code: item for item in CatalogItem.objects.filter(code__in=[code for code, _ in wanted])}
    order_id = new_id()
    return api.send_prescription(
        new=NewPrescription(
            order_id=order_id,
            number=f"RX{str(order_id)[-12:]}",
            encounter_id=scene.encounter_id,
            person_id=scene.person_id,
            campus_code="IMC",
            signed_by=UUID(scene.doctor.id),
            signed_at=TEN,
            has_control=has_control,
            lines=tuple(
                NewPrescriptionLine(
                    order_line_id=new_id(),
                    item_id=items[code].id,
                    item_code=code,
                    name=BilingualText(items[code].name_zh, items[code].name_en),
                    quantity=Decimal(quantity),
                    days=days,
                )
                for code, quantity in wanted
            ),
        ),
        actor=scene.doctor,
        now=TEN,
    )


def prepare(prescription_id: UUID, *, reviewer: Actor, preparer: Actor) -> None:
    """Passes and picks."""
    api.pass_prescription(prescription_id=prescription_id, actor=reviewer, now=TEN)
    api.prepare_prescription(prescription_id=prescription_id, actor=preparer, now=TEN)
