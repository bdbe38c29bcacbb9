"""What is open, and money that the partner has taken (X50, X51)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.appointments.models import Appointment
from hospital.billing.models import Allocation, Charge, Settlement
from hospital.encounters.tests.clinic import TEN
from hospital.partner_api.tests.callers import make_machine, new_number
from hospital.partner_api.tests.factories import pay_body, register
from hospital.partners.models import RefusedPayment
from hospital.payments.models import PaymentOrder
from hospital.workflows.pay_bill import settle_payment

pytestmark = pytest.mark.django_db


def ask_bills(machine, patient):
    return machine.post("/bills/query", {"patient": patient.shown})


@pytest.mark.requirement("X50")
def test_open_bills_in_both_languages_with_a_quote(machine, patient, slot_id):
    register(machine, slot_id, patient)
    found = ask_bills(machine, patient).body
    assert found["patient"]["masked_name"]["en"] == "ALISTAIR JAMES F****"
    (bill,) = found["bills"]
    assert bill["campus_code"] == "IMC"
    assert bill["quote"]["amount"] == "35.00"
    assert bill["quote"]["expires_at"] == "2026-11-25T02:15:00Z"
    (line,) = bill["quote"]["lines"]
    assert line["name"]["zh"]
    assert line["name"]["en"]
    assert (line["quantity"], line["amount"]) == ("1", "35.00")


@pytest.mark.requirement("X50")
def test_nothing_open_unknown_patients_and_other_campuses(machine, patient, slot_id):
    assert ask_bills(machine, patient).body["bills"] == []
    wrong = {**patient.shown, "birth_date": "1999-01-01"}
    assert machine.post("/bills/query", {"patient": wrong}).code == "unknown_patient"
    register(machine, slot_id, patient)
    elsewhere = make_machine("south", campuses=("SOUTH",))
    assert ask_bills(elsewhere, patient).body["bills"] == []


@pytest.mark.requirement("X51")
def test_a_payment_settles_the_bill_once(machine, patient, slot_id):
    registration, quote = register(machine, slot_id, patient)
    body = pay_body(quote)
    paid = machine.post("/payments", body)
    assert paid.status == 200, paid.body
    assert paid.body["amount"] == "35.00"
    payment = PaymentOrder.objects.get()
    assert (payment.channel, payment.taken_by, payment.transaction_no, payment.state) == (
        "PARTNER",
        "kiosk",
        body["transaction_no"],
        "PAID",
    )
    assert Charge.objects.get().state == "SETTLED"
    again = machine.post("/payments", body)
    assert again.body == paid.body
    assert (PaymentOrder.objects.count(), Allocation.objects.count()) == (1, 1)
    settle_payment(payment_id=payment.id, now=TEN)  # the job that is queued with every payment
    assert Allocation.objects.count() == 1
    assert Appointment.objects.get(pk=registration).pay_by is None
    kept = machine.get(f"/requests/{body['request_no']}").body
    assert (kept["status"], kept["answer"], kept["refund"]) == (200, paid.body, None)
    assert ask_bills(machine, patient).body["bills"] == []


@pytest.mark.requirement("X51")
def test_money_for_an_expired_quote_is_refused_and_goes_back(machine, patient, slot_id, clock):
    _, quote = register(machine, slot_id, patient)
    clock.now = TEN + timedelta(minutes=15)
    body = pay_body(quote)
    refused = machine.post("/payments", body)
    assert refused.code == "quote_expired"
    refund = refused.body["refund"]
    assert (refund["amount"], refund["state"], refund["reason"]) == ("35.00", "DUE", "quote_expired")
    assert not PaymentOrder.objects.exists()
    assert not Settlement.objects.exists()
    assert Charge.objects.get().state == "PENDING"
    assert machine.post("/payments", body).body == refused.body
    assert machine.get("/refunds").body == [refund]
    query = machine.get(f"/requests/{body['request_no']}").body
    assert (query["status"], query["refund"]["state"]) == (409, "DUE")
    done = {"request_no": new_number(), "refund_no": refund["refund_no"], "transaction_no": "refund-000001"}
    assert machine.post("/refunds/done", done).body["state"] == "DONE"
    assert machine.post("/refunds/done", done).body["state"] == "DONE"
    assert machine.get("/refunds").body == []
    assert machine.get(f"/requests/{body['request_no']}").body["refund"]["state"] == "DONE"
    assert RefusedPayment.objects.get().refund_transaction_no == "refund-000001"


@pytest.mark.requirement("X51")
def test_money_that_cannot_pay_goes_back_whatever_the_reason(machine, patient, slot_id):
    registration, quote = register(machine, slot_id, patient)
    assert machine.post("/payments", pay_body(quote, amount="34.99")).code == "amount_differs"
    assert machine.post("/payments", pay_body(quote, quote_token="no-such-quote")).code == "quote_unknown"
    elsewhere = make_machine("south", campuses=("SOUTH",))
    foreign = elsewhere.post("/payments", pay_body(quote))
    assert (foreign.code, foreign.body["refund"]["state"]) == ("campus_not_allowed", "DUE")
    machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": registration})
    late = machine.post("/payments", pay_body(quote))
    assert (late.code, late.body["refund"]["amount"]) == ("nothing_to_pay", "35.00")
    reasons = {each["reason"] for each in machine.get("/refunds").body}
    assert reasons == {"amount_differs", "quote_unknown", "nothing_to_pay"}
    assert [each["reason"] for each in elsewhere.get("/refunds").body] == ["campus_not_allowed"]
    assert not PaymentOrder.objects.exists()


@pytest.mark.requirement("X51")
def test_a_bill_that_is_paid_already_sends_the_second_payer_away(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    bank = make_machine("bank")
    again = ask_bills(bank, patient).body["bills"][0]["quote"]
    assert machine.post("/payments", pay_body(quote)).status == 200
    refused = bank.post("/payments", pay_body(again))
    assert (refused.code, refused.body["refund"]["state"]) == ("already_paid", "DUE")


@pytest.mark.requirement("X51")
def test_a_transaction_counts_once_for_ever(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    refused = pay_body(quote, amount="1.00")
    assert machine.post("/payments", refused).code == "amount_differs"
    reused = machine.post("/payments", pay_body(quote, transaction_no=refused["transaction_no"]))
    assert (reused.code, reused.body["facts"]["request"]) == ("transaction_used", refused["request_no"])
    assert "refund" not in reused.body
    good = pay_body(quote)
    assert machine.post("/payments", good).status == 200
    second = machine.post("/payments", pay_body(quote, transaction_no=good["transaction_no"]))
    assert (second.code, second.body["facts"]["request"]) == ("transaction_used", good["request_no"])
    assert len(machine.get("/refunds").body) == 1
    bank = make_machine("bank")
    assert bank.post("/payments", pay_body(quote, transaction_no=good["transaction_no"])).code == "already_paid"


@pytest.mark.requirement("X51")
@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1.001", "1e3x", "99999999999.00"])
def test_amounts_that_are_none(machine, patient, slot_id, amount):
    _, quote = register(machine, slot_id, patient)
    assert machine.post("/payments", pay_body(quote, amount=amount)).code == "malformed_request"
    assert machine.get("/refunds").body == []


@pytest.mark.requirement("X51")
def test_the_same_number_with_another_body_changes_nothing(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote)
    assert machine.post("/payments", body).status == 200
    other = machine.post("/payments", {**body, "transaction_no": "4200999999999"})
    assert other.code == "request_number_reused"
    assert not RefusedPayment.objects.exists()


def test_a_number_under_which_nothing_was_done(machine):
    assert machine.get("/requests/never-sent").code == "unknown_request"
    assert machine.get("/requests/short").code == "malformed_request"


def test_a_partner_asks_after_its_own_numbers_alone(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    body = pay_body(quote, amount="1.00")
    machine.post("/payments", body)
    bank = make_machine("bank")
    assert bank.get(f"/requests/{body['request_no']}").code == "unknown_request"
    (owed,) = machine.get("/refunds").body
    done = {"request_no": new_number(), "refund_no": owed["refund_no"], "transaction_no": "refund-000001"}
    assert bank.post("/refunds/done", done).code == "unknown_partner_refund"
    assert Decimal(owed["amount"]) == Decimal("1.00")


@pytest.mark.requirement("X50")
def test_what_a_query_costs_does_not_grow_with_the_lines(machine, patient, slot_id, django_assert_max_num_queries):
    register(machine, slot_id, patient)
    with django_assert_max_num_queries(40):
        assert ask_bills(machine, patient).status == 200
