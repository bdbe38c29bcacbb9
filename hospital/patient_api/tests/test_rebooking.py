"""In the app a called-off appointment says so, and its patient books again (A04)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.appointments.tests.factories import make_booker
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.patient_api.tests.callers import code_of, make_signed_in
from hospital.scheduling.api import stop_session
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import make_clerk
from hospital.workflows.book import confirm_booking
from hospital.workflows.call_off_session import call_off_session

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
ILL = BilingualText("医生生病", "The doctor is ill")


def make_coming() -> Slot:
    session_id = make_session(starts_at=timezone.now() + timedelta(days=2))
    RosterSession.objects.filter(pk=session_id).update(registration_item_code="REG1", service_line="NORMAL")
    return Slot.objects.filter(session_id=session_id)[0]


def test_a_called_off_appointment_says_so_and_is_booked_again():
    make_hospital_catalog()
    booker, slot, other = make_booker(), make_coming(), make_coming()
    booked = confirm_booking(appointment_id=booker.hold(slot.pk), actor=booker.actor, now=TEN).id
    caller = make_signed_in(booker.actor.id, now=timezone.now())
    assert code_of(caller.get(f"/appointments/{booked}/rebooking")) == "priority_ended"
    stop_session(session_id=slot.session_id, reason=ILL, actor=make_clerk(), now=timezone.now())
    call_off_session(session_id=slot.session_id, now=timezone.now())
    assert caller.get(f"/appointments/{booked}").json()["ended"] == "CALLED_OFF"
    offer = caller.get(f"/appointments/{booked}/rebooking").json()
    assert offer["reason"] == {"zh": "医生生病", "en": "The doctor is ill"}
    assert [place["slot_id"] for place in offer["places"]] == [other.pk]
    answer = caller.post(f"/appointments/{booked}/rebooking", {"slot_id": other.pk})
    assert answer.status_code == 200, answer.content
    new = answer.json()["appointment_id"]
    assert caller.get(f"/appointments/{new}").json()["state"] == "BOOKED"
    assert caller.get(f"/appointments/{booked}/rebooking").json()["used_for"] == new
    assert code_of(caller.post(f"/appointments/{booked}/rebooking", {"slot_id": other.pk})) == "priority_ended"
