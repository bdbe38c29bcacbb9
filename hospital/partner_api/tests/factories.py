"""Patients, places and bills for the machines."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from hospital.catalog.models import CatalogItem
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.partner_api.tests.callers import Machine, new_number
from hospital.patient_api.tests.factories import make_registration_fee
from hospital.patients.api import create_person
from hospital.patients.types import NewDocument, NewPerson
from hospital.scheduling.tests.factories import make_slot

_numbers = count(1)
BORN = date(1988, 6, 2)


@dataclass(frozen=True)
class Patient:
    """A person and what they show at a machine."""

    id: UUID
    shown: dict[str, Any]


def shown(number: str, *, born: date = BORN) -> dict[str, Any]:
    """A British passport."""
    return {
        "birth_date": born.isoformat(),
        "document": {"type": "PASSPORT", "number": number, "issuer": "GBR"},
    }


def make_known_patient() -> Patient:
    """Somebody who is on file with a passport."""
    number = f"{533000000 + next(_numbers)}"
    person_id, _ = create_person(
        new=NewPerson(
            family_name="Fraser-Whitcombe",
            given_names="Alistair James",
            sex="M",
            birth_date=BORN,
            nationality="GBR",
            document=NewDocument(type="PASSPORT", number=number, issuer="GBR"),
        ),
        actor=system_actor("test"),
        now=TEN,
    )
    return Patient(person_id, shown(number))


def make_place(**facts: object) -> int:
    """A place in an hour that costs 35.00."""
    if not CatalogItem.objects.filter(code="REG-INTL").exists():
        make_registration_fee()
    return make_slot(**facts).id


def hold(machine: Machine, slot_id: int, patient: Patient) -> str:
    """Holds a place; the registration."""
    answer = machine.post("/holds", {"request_no": new_number(), "slot_id": slot_id, "patient": patient.shown})
    assert answer.status == 201, answer.body
    return str(answer.body["registration"]["registration_id"])


def register(machine: Machine, slot_id: int, patient: Patient) -> tuple[str, dict[str, Any]]:
    """Holds and books a place; the registration and the quote of its fee."""
    registration = hold(machine, slot_id, patient)
    answer = machine.post("/registrations", {"request_no": new_number(), "registration_id": registration})
    assert answer.status == 200, answer.body
    return registration, answer.body["quote"]


def pay_body(quote: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a machine sends once it has the money."""
    body = {
        "request_no": new_number(),
        "quote_token": quote["token"],
        "amount": quote["amount"],
        "means": "WECHAT",
        "transaction_no": f"4200{next(_numbers):012d}",
        "paid_at": TEN.isoformat(),
    }
    return body | changes
