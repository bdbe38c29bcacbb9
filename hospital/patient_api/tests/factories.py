"""Bookings and finished visits, each with the caller it belongs to."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from hospital.appointments.models import Appointment
from hospital.catalog.tests.factories import make_items, make_rule, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.consents.tests.factories import make_price_consent
from hospital.encounters.api import make_screen_code
from hospital.encounters.boards import area_card
from hospital.encounters.models import WaitingArea
from hospital.encounters.tests.clinic import make_patient, make_person
from hospital.patient_api.tests.callers import Caller, make_signed_in
from hospital.payments.models import PaymentOrder
from hospital.payments.tests.factories import Connection, paid_order
from hospital.results.tests.factories import ELEVEN, enter, technician
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.report_results import publish_report, take_in_specimen
from hospital.workflows.tests.factories import Story, make_story, sign


@dataclass(frozen=True)
class Payer:
    """A signed-in patient."""

    caller: Caller
    person_id: UUID


@dataclass(frozen=True)
class Booking:
    """A booked place whose fee is open."""

    owner: Caller
    person_id: UUID
    slot_id: int
    appointment_id: str
    charge_id: str


@dataclass(frozen=True)
class World:
    """A visit that was signed, paid through the API and reported."""

    owner: Caller
    story: Story
    person_id: UUID
    encounter_id: UUID
    appointment_id: str
    settlement_id: str
    payment_id: str
    report_id: UUID


def make_payer() -> Payer:
    """A new patient with an account, signed in."""
    person = make_person()
    make_price_consent(person.id)
    return Payer(make_signed_in(UUID(make_patient(person.id).id)), person.id)


def make_registration_fee() -> None:
    """What the places of these tests cost."""
    make_items(
        new_item(
            "REG-INTL",
            "35.00",
            fee_class=FeeClass.REGISTRATION,
            service=ServiceFacts(category=ServiceCategory.REGISTRATION),
        )
    )


def answer_of(response) -> Any:
    """The JSON of an answer that must be a good one."""
    assert response.status_code in {200, 201}, (response.status_code, response.content[:500])
    return json.loads(response.content)


def hold(caller: Caller, slot_id: int, person_id: UUID) -> str:
    """Holds a place through the API; the booking."""
    held = answer_of(caller.post("/appointments/hold", {"slot_id": slot_id, "person_id": person_id}))
    return str(held["appointment_id"])


def make_booking(*, payer: Payer | None = None, **facts: object) -> Booking:
    """A place held and booked through the API."""
    if payer is None:
        make_registration_fee()
        payer = make_payer()
    slot = make_slot(**facts)
    appointment_id = hold(payer.caller, slot.id, payer.person_id)
    answer_of(payer.caller.post(f"/appointments/{appointment_id}/book"))
    bill = answer_of(payer.caller.get(f"/people/{payer.person_id}/bill"))
    return Booking(payer.caller, payer.person_id, slot.id, appointment_id, bill["lines"][-1]["id"])


def start_paying(caller: Caller, charge_ids: list[str], *, key: str = "a-key-of-its-own") -> Any:
    """A quote and the payment started with it."""
    quote = answer_of(caller.post("/bills/quote", {"charge_ids": charge_ids}))
    return answer_of(caller.post("/bills/pay", {"quote_token": quote["token"], "idempotency_key": key}))


def let_acquirer_say_paid(payment_id: str) -> None:
    """From now on the acquirer tells that the money is in."""
    payment = PaymentOrder.objects.get(pk=payment_id)
    Connection.acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)


def make_world() -> World:
    """Signs, pays and reports a visit."""
    make_rule("INTL", "0.30")
    story = make_story()
    owner = make_signed_in(UUID(story.patient.id))
    signed = sign(story)
    paying = start_paying(owner, [str(charge_id) for charge_id in signed.charge_ids], key="the-orders")
    payment_id = paying["payment"]["id"]
    let_acquirer_say_paid(payment_id)
    assert answer_of(owner.get(f"/payments/{payment_id}"))["state"] == "PAID"
    tester = technician()
    report_id = take_in_specimen(specimen_id=signed.specimen_ids[0], actor=tester, now=ELEVEN)
    enter(report_id, tester)
    publish_report(report_id=report_id, actor=technician("verifier"), now=ELEVEN)
    (appointment,) = answer_of(owner.get("/appointments"))
    return World(
        owner=owner,
        story=story,
        person_id=story.scene.person_id,
        encounter_id=story.encounter_id,
        appointment_id=appointment["id"],
        settlement_id=paying["settlement_id"],
        payment_id=payment_id,
        report_id=report_id,
    )


def show_code(appointment_id: str, *, code: str = "IMC-3") -> str:
    """What the screen of the booking's waiting area shows now; the area is made where there is none."""
    session = Appointment.objects.get(pk=appointment_id).session
    area, _ = WaitingArea.objects.get_or_create(
        code=code,
        defaults={
            "campus_id": session.campus_id,
            "name_zh": "门诊 3 楼",
            "name_en": "Floor 3",
            "department_ids": [session.department_id],
        },
    )
    if session.department_id not in area.department_ids:
        area.department_ids = [*area.department_ids, session.department_id]
        area.save(update_fields=["department_ids"])
    return make_screen_code(area=area_card(area), now=timezone.now())


def check_in(booking: Booking) -> Any:
    """Checks in at the screen of the waiting area."""
    body = {"code": show_code(booking.appointment_id), "appointment_id": booking.appointment_id}
    return answer_of(booking.owner.post("/check-in", body))["visit"]
