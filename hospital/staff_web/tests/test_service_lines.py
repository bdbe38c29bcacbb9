"""The page on which a visit's service line is changed: shown, asked for, approved by somebody else (F46)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.models import Charge
from hospital.billing.tests.factories import charge, make_desk, order
from hospital.encounters.models import Encounter, ServiceLineChange
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


def open_visit():
    """A visit with one open line with a surcharge."""
    desk = make_desk()
    now = timezone.now()
    charge(desk, order("CXR", signed_at=now), now=now)
    return desk.visit.encounter_id


def test_one_asks_another_approves() -> None:
    encounter_id = open_visit()
    window, other = open_desk(Role.CASHIER), open_desk(Role.REGISTRAR)
    page = reverse("staff:service_line", args=[encounter_id])
    shown = window.get(page, {"to": "NORMAL"}).text
    assert "78.00" in shown
    assert "60.00" in shown
    ask = reverse("staff:service_line_ask", args=[encounter_id])
    assert (
        "Somebody else has to approve it"
        in window.post(ask, {"to": "NORMAL", "reason": "Chose ordinary care"}, follow=True).text
    )
    change = ServiceLineChange.objects.get()
    decide = reverse("staff:service_line_decide", args=[change.id])
    assert decide not in window.get(reverse("staff:service_lines")).text
    waiting = "Service lines to approve"
    assert waiting not in window.get(reverse("staff:cashier")).text  # whoever asked does not decide
    assert waiting in open_desk(Role.CASHIER).get(reverse("staff:cashier")).text
    window.post(decide, {"decision": "approve"})
    assert Encounter.objects.get().service_line == "INTL"
    assert decide in other.get(reverse("staff:service_lines")).text
    assert "priced again" in other.post(decide, {"decision": "approve"}, follow=True).text
    assert Encounter.objects.get().service_line == "NORMAL"
    assert Charge.objects.get().total == 60


def test_without_a_reason_nothing_is_asked() -> None:
    encounter_id = open_visit()
    window = open_desk(Role.CASHIER)
    ask = reverse("staff:service_line_ask", args=[encounter_id])
    assert "Say why" in window.post(ask, {"to": "NORMAL", "reason": " "}, follow=True).text
    assert not ServiceLineChange.objects.exists()
    assert "Nothing was asked for" in window.get(reverse("staff:service_lines")).text


def test_doctors_and_other_campuses_change_no_line() -> None:
    encounter_id = open_visit()
    page = reverse("staff:service_line", args=[encounter_id])
    assert open_desk(Role.DOCTOR).get(page).status_code == 403
    assert open_desk(Role.CASHIER, campus="NORTH").get(page).status_code == 403
