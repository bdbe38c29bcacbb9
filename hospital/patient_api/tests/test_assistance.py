"""Help with a booking and wishes, through the API (N03)."""

from datetime import timedelta

import pytest

from hospital.assistance.api import arrange_assistance
from hospital.assistance.models import AssistanceRequest
from hospital.assistance.tests.factories import make_interpreter
from hospital.catalog.tests.factories import make_items, make_rule, new_item
from hospital.catalog.types import FeeClass
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of, make_booking
from hospital.scheduling.models import RosterSession

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N03")]
FRENCH = {"kind": "INTERPRETER", "language": "fr", "hours": 2, "idempotency_key": "first-key"}


@pytest.fixture
def booking(acquirer):
    return make_booking(starts_at=TEN + timedelta(days=2))


def address(booking):
    return f"/appointments/{booking.appointment_id}/assistance"


def test_languages_come_with_their_fee_on_the_line_that_was_booked(booking):
    name, unit = BilingualText("医疗口译服务", "Medical interpreting"), BilingualText("小时", "hour")
    make_items(new_item("INTERPRET", "200.00", fee_class=FeeClass.OTHER, name=name, unit=unit))
    make_rule("INTL", "0.30")
    make_interpreter("fr", fee_item_code="INTERPRET")
    make_interpreter("ar")
    RosterSession.objects.update(service_line="INTL")
    shown = answer_of(booking.owner.get(address(booking)))
    assert [(each["code"], [fee["total"] for fee in each["fees"]]) for each in shown["languages"]] == [
        ("ar", []),
        ("fr", ["260.00"]),
    ]
    assert shown["requests"] == []


def test_asked_arranged_and_canceled(booking):
    asked = answer_of(booking.owner.post(address(booking), FRENCH))
    assert answer_of(booking.owner.post(address(booking), FRENCH))["id"] == asked["id"]
    assert (asked["state"], asked["ends_at"], asked["may_cancel"]) == ("REQUESTED", "2026-11-27T04:00:00Z", True)
    row = AssistanceRequest.objects.get()
    arrange_assistance(
        request_id=row.id,
        version=0,
        interpreter_id=make_interpreter("fr"),
        arrangement=BilingualText(""),
        actor=make_staff(Role.COORDINATOR),
        now=TEN,
    )
    (shown,) = answer_of(booking.owner.get(address(booking)))["requests"]
    assert (shown["state"], shown["interpreter"]["zh"]) == ("ARRANGED", "黄嘉敏")
    ended = answer_of(booking.owner.post(f"/assistance/{row.id}/cancel"))
    assert (ended["state"], ended["may_cancel"]) == ("CANCELLED", False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "INTERPRETER"}, "assistance_incomplete"),
        ({"kind": "TRANSPORT", "starts_at": "2026-11-27T00:00:00Z"}, "assistance_incomplete"),
        ({"kind": "TRANSPORT", "starts_at": "2026-11-20T00:00:00Z", "from_place": "T2"}, "assistance_in_past"),
        ({"kind": "HORSE"}, "malformed_request"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_words(booking, body, code):
    answer = booking.owner.post(address(booking), body | {"idempotency_key": "some-key-1"})
    assert (answer.status_code, code_of(answer)) == (422, code)
    assert not AssistanceRequest.objects.exists()


def test_wishes_are_replaced_whole(booking):
    path = f"/people/{booking.person_id}/preferences"
    assert answer_of(booking.owner.get(path))["diet"] == "ANY"
    wishes = {"diet": "HALAL", "mobility": "AID", "clinician_sex": "FEMALE", "is_name_private": True, "note": "Noon"}
    answer_of(booking.owner.put(path, wishes))
    assert answer_of(booking.owner.get(path)) == wishes
