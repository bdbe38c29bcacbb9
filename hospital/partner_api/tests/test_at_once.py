"""Many at one moment, and a process that dies between the money and the answer (X51)."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hospital.appointments.models import Appointment
from hospital.billing.models import Allocation, Charge
from hospital.partner_api import answers
from hospital.partner_api.tests.callers import Answer, Machine, make_machine, new_number
from hospital.partner_api.tests.factories import make_place, pay_body, register
from hospital.partners.models import PartnerRequest, RefusedPayment
from hospital.payments.models import PaymentOrder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("X51")]


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """The answers of acts that start together, in their order."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_request_from_twenty_threads_is_one_payment(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote)
    found = at_once(*[lambda: machine.post("/payments", body)] * 20)
    assert {each.status for each in found} == {200}
    assert len({str(each.body) for each in found}) == 1
    assert (PaymentOrder.objects.count(), Allocation.objects.count()) == (1, 1)
    assert PartnerRequest.objects.filter(kind="PAY").count() == 1


def test_the_same_hold_from_twenty_threads_is_one_place(machine, patient, slot_id):
    body = {"request_no": new_number(), "slot_id": slot_id, "patient": patient.shown}
    found = at_once(*[lambda: machine.post("/holds", body)] * 20)
    assert {each.status for each in found} == {201}
    assert Appointment.objects.count() == 1


def test_machines_that_hold_at_once_give_a_patient_five_places(machine, patient):
    places = [make_place() for _ in range(8)]
    bodies = [{"request_no": new_number(), "slot_id": place, "patient": patient.shown} for place in places]
    found = at_once(*[lambda body=body: machine.post("/holds", body) for body in bodies])
    assert Counter(each.status for each in found) == {201: 5, 409: 3}
    assert {each.code for each in found if each.status == 409} == {"too_many_unpaid"}
    assert Appointment.objects.count() == 5


def test_two_partners_pay_one_bill(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    bank = make_machine("bank")
    theirs = bank.post("/bills/query", {"patient": patient.shown}).body["bills"][0]["quote"]
    found = at_once(
        lambda: machine.post("/payments", pay_body(quote)), lambda: bank.post("/payments", pay_body(theirs))
    )
    assert sorted(each.status for each in found) == [200, 409]
    assert PaymentOrder.objects.count() == RefusedPayment.objects.count() == 1
    assert Charge.objects.get().state == "SETTLED"
    owed = machine.get("/refunds").body + bank.get("/refunds").body
    assert [each["amount"] for each in owed] == ["35.00"]


def test_one_transaction_under_two_numbers_counts_once(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    found = at_once(*[lambda: machine.post("/payments", pay_body(quote, transaction_no="4200-the-same-one"))] * 5)
    assert Counter(each.status for each in found) == {200: 1, 409: 4}
    assert {each.code for each in found if each.status == 409} == {"transaction_used"}
    assert not RefusedPayment.objects.exists()


def test_a_payment_against_a_cancellation(machine, patient, slot_id):
    registration, quote = register(machine, slot_id, patient)
    paid, canceled = at_once(
        lambda: machine.post("/payments", pay_body(quote)),
        lambda: machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": registration}),
    )
    assert canceled.status == 200, canceled.body
    assert paid.status in {200, 409}, paid.body
    (owed,) = machine.get("/refunds").body  # whoever was first, the payer gets the money back, once
    assert (owed["amount"], owed["state"]) == ("35.00", "DUE")
    assert Appointment.objects.get().state == "CANCELLED"


def test_a_process_that_dies_before_the_answer_is_kept_did_nothing(machine, patient, slot_id, monkeypatch):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote)

    def die(**_facts: object) -> None:
        raise SystemExit  # the process is gone: nobody answers, the transaction ends with the connection

    with monkeypatch.context() as broken:
        broken.setattr(answers, "keep_answer", die)
        with pytest.raises(SystemExit):
            machine.post("/payments", body)
    assert not PaymentOrder.objects.exists()
    assert Charge.objects.get().state == "PENDING"
    assert machine.get(f"/requests/{body['request_no']}").code == "unknown_request"
    assert machine.post("/payments", body).status == 200
    assert PaymentOrder.objects.count() == 1


def test_an_answer_that_never_arrived_can_be_asked_for(machine, patient, slot_id, monkeypatch):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote)

    def lose(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the connection broke")

    with monkeypatch.context() as broken:
        broken.setattr(answers, "write_answer", lose)
        assert machine.post("/payments", body).code == "server_error"
    assert machine.get(f"/requests/{body['request_no']}").body["answer"]["amount"] == "35.00"
    assert machine.post("/payments", body).status == 200
    assert PaymentOrder.objects.count() == 1


def test_a_question_waits_for_the_request_that_is_being_carried_out(machine: Machine, patient, slot_id, monkeypatch):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote)
    is_inside, may_go_on = threading.Event(), threading.Event()
    keep = answers.keep_answer

    def keep_slowly(**facts):
        is_inside.set()
        may_go_on.wait(10)
        keep(**facts)

    monkeypatch.setattr(answers, "keep_answer", keep_slowly)

    def ask() -> Answer:
        is_inside.wait(10)
        threading.Timer(0.3, may_go_on.set).start()
        return machine.get(f"/requests/{body['request_no']}")

    _, asked = at_once(lambda: machine.post("/payments", body), ask)
    assert asked.status == 200
    assert asked.body["answer"]["amount"] == "35.00"
