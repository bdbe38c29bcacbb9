"""Some lines of a bill are paid, and a bill of 0.00 is settled without money (X50, X51)."""

import pytest

from hospital.billing.models import Allocation, Charge, Quote, Settlement
from hospital.catalog.tests.factories import make_items, new_item
from hospital.kernel.ids import new_id
from hospital.partner_api.tests.callers import make_machine, new_number
from hospital.partner_api.tests.factories import make_known_patient, make_place, pay_body, register
from hospital.partners.models import RefusedPayment
from hospital.payments.models import PaymentOrder
from hospital.scheduling.models import RosterSession

pytestmark = pytest.mark.django_db


def quote_lines(machine, patient, *lines):
    return machine.post("/bills/quote", {"patient": patient.shown, "lines": [str(each) for each in lines]})


def settle(machine, quote, **changes):
    return machine.post("/bills/settle", {"request_no": new_number(), "quote_token": quote["token"], **changes})


@pytest.fixture
def lines(machine, patient, slot_id):
    """Two open fees of 35.00 of one patient."""
    register(machine, slot_id, patient)
    register(machine, make_place(), patient)
    (bill,) = machine.post("/bills/query", {"patient": patient.shown}).body["bills"]
    assert bill["quote"]["amount"] == "70.00"
    return [line["id"] for line in bill["quote"]["lines"]]


@pytest.mark.requirement("X50", "X51")
def test_a_chosen_line_is_quoted_and_paid_and_the_other_stays(machine, patient, lines):
    chosen, other = lines
    quote = quote_lines(machine, patient, chosen)
    assert quote.status == 200, quote.body
    assert quote.body["amount"] == "35.00"
    assert [line["id"] for line in quote.body["lines"]] == [chosen]
    assert machine.post("/payments", pay_body(quote.body)).status == 200
    assert dict(Charge.objects.values_list("id", "state")) == {
        Charge.objects.get(pk=chosen).pk: "SETTLED",
        Charge.objects.get(pk=other).pk: "PENDING",
    }
    assert quote_lines(machine, patient, chosen).code == "already_paid"


@pytest.mark.requirement("X50")
def test_lines_of_others_and_of_other_campuses_are_not_quoted(machine, patient, lines):
    before = Quote.objects.count()
    stranger = make_known_patient()
    assert quote_lines(machine, stranger, lines[0]).code == "charge_unknown"
    assert quote_lines(machine, patient, new_id()).code == "charge_unknown"
    assert quote_lines(make_machine("south", campuses=("SOUTH",)), patient, lines[0]).code == "charge_unknown"
    assert quote_lines(machine, patient).code == "malformed_request"
    assert Quote.objects.count() == before


@pytest.mark.requirement("X51")
def test_a_bill_of_nothing_is_settled_without_a_payment(machine, patient):
    make_items(new_item("REG-FREE", "0.00"))
    place = make_place()
    RosterSession.objects.update(registration_item_code="REG-FREE")
    _, quote = register(machine, place, patient)
    assert quote["amount"] == "0.00"
    number = new_number()
    settled = settle(machine, quote, request_no=number)
    assert settled.status == 200, settled.body
    assert settle(machine, quote, request_no=number).body == settled.body
    assert Settlement.objects.get().number == settled.body["settlement_no"]
    assert Charge.objects.get().state == "SETTLED"
    assert not PaymentOrder.objects.exists()
    assert not Allocation.objects.exists()
    assert settle(machine, quote).code == "already_paid"


@pytest.mark.requirement("X51")
def test_what_costs_something_is_not_settled_for_nothing(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    assert settle(machine, quote).code == "amount_differs"
    assert settle(machine, {"token": "nothing"}).code == "quote_unknown"
    assert not Settlement.objects.exists()
    assert not RefusedPayment.objects.exists()
    assert Charge.objects.get().state == "PENDING"
    assert machine.post("/payments", pay_body(quote)).status == 200
