"""The price notice at the windows: shown, printed, signed, and no money before (F46)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.models import Settlement
from hospital.billing.tests.factories import charge, make_desk, order
from hospital.consents.models import Consent
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


def open_bill():
    """A person with a surcharged bill who was told nothing."""
    desk = make_desk()
    Consent.objects.all().delete()
    now = timezone.now()
    charge(desk, order("CBC", signed_at=now), now=now)
    return desk.visit.person_id


@pytest.mark.parametrize(("role", "desk"), [(Role.CASHIER, "cashier"), (Role.REGISTRAR, "registration")])
def test_the_notice_is_printed_and_signed_at_the_window(role, desk) -> None:
    person_id = open_bill()
    client = open_desk(role)
    page = reverse(f"staff:{desk}_person", args=[person_id])
    shown = client.get(page).text
    assert 'data-part="price-notice"' in shown
    assert "International medical service" in shown
    signed = reverse("staff:price_notice_signed", args=[person_id, "INTL"])
    assert "Print the price notice first" in client.post(signed, {"desk": desk}, follow=True).text
    assert not Consent.objects.exists()
    paper = client.get(reverse("staff:price_notice", args=[person_id, "INTL"]), {"language": "en"})
    assert paper["Content-Type"] == "application/pdf"
    after = client.post(signed, {"desk": desk}, follow=True)
    assert after.redirect_chain[-1][0] == page
    assert 'data-part="price-notice"' not in after.text
    assert Consent.objects.get().way == "PAPER"


def test_the_cashier_takes_no_money_before_the_notice_is_signed() -> None:
    person_id = open_bill()
    client = open_desk(Role.CASHIER)
    page = client.get(reverse("staff:cashier_person", args=[person_id]))
    assert "The price notice is signed first." in page.text
    facts = {"quote_token": page.context["quote"].token, "idempotency_key": "key-1"}
    refused = client.post(reverse("staff:cashier_pay", args=[person_id]), facts)
    assert refused.status_code == 409
    assert "the price notice has not been accepted yet" in refused.text
    assert not Settlement.objects.exists()


def test_there_is_no_notice_of_ordinary_care_and_other_desks_print_none() -> None:
    person_id = open_bill()
    assert open_desk(Role.CASHIER).get(f"/staff/people/{person_id}/price-notices/NORMAL/").status_code == 404
    assert open_desk(Role.EDITOR).get(f"/staff/people/{person_id}/price-notices/INTL/").status_code == 403
