"""Payments that need a person, at the cashier's desk (F46, F47)."""

import pytest
from django.urls import reverse

from hospital.billing.tests.factories import charge, make_desk, order, start
from hospital.kernel.actors import Role
from hospital.payments.api import confirm_payment
from hospital.payments.models import PaymentEvent, PaymentOrder
from hospital.payments.tests.factories import NOW, Connection, paid_order, start_payment
from hospital.staff_web.tests.factories import open_desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("F46", "F47")]


@pytest.fixture
def trouble(acquirer):
    """A payment of a bill for which another amount came in."""
    desk = make_desk()
    settlement = start(desk, charge(desk, order("CBC")))
    payment = start_payment(
        str(settlement.amount),
        reference_kind="settlement",
        reference=str(settlement.id),
        person_id=desk.visit.person_id,
    )
    Connection.acquirer.orders[payment.number] = paid_order(payment.number, payment.amount + 1)
    confirm_payment(order_id=payment.id, now=NOW)
    return payment


def test_the_desk_shows_what_happened_and_takes_a_note(trouble):
    desk = open_desk(Role.CASHIER)
    assert reverse("staff:cashier_troubled") in desk.get(reverse("staff:cashier")).text
    page = desk.get(reverse("staff:cashier_troubled")).text
    assert "Another amount came in" in page
    assert trouble.number in page
    address = reverse("staff:cashier_troubled_settle", args=[trouble.id])
    refused = desk.post(address, {"note": " "})
    assert refused.status_code == 422
    assert PaymentOrder.objects.get().needs_attention
    desk.post(address, {"note": "Voided at the console"})
    row = PaymentOrder.objects.get()
    assert (row.needs_attention, row.state) == (False, "FAILED")
    assert PaymentEvent.objects.get(kind="ALERT_SETTLED").payload["note"] == "Voided at the console"
    assert "No payment needs a person" in desk.get(reverse("staff:cashier_troubled")).text


def test_another_campus_and_other_desks_see_and_do_nothing(trouble):
    elsewhere = open_desk(Role.CASHIER, campus="MAIN")
    assert trouble.number not in elsewhere.get(reverse("staff:cashier_troubled")).text
    address = reverse("staff:cashier_troubled_settle", args=[trouble.id])
    assert elsewhere.post(address, {"note": "mine"}).status_code == 404
    again = elsewhere.post(reverse("staff:cashier_troubled_again", args=[trouble.id]))
    assert again.status_code == 404
    assert open_desk(Role.DOCTOR).get(reverse("staff:cashier_troubled")).status_code == 403
    assert PaymentOrder.objects.get().needs_attention
