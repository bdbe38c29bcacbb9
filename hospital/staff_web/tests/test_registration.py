"""The registration desk: new people, booking at the window, numbers, check-in, the slip (F45, N10)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.appointments.models import Appointment
from hospital.billing.models import Charge
from hospital.catalog.tests.factories import make_hospital_catalog, make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import make_campus, make_visit
from hospital.kernel.actors import Role
from hospital.patients.models import Person
from hospital.scheduling.models import FollowUpItem, RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.staff_web.tests.test_people import make_patient

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F45")]
NEW = "/staff/registration/new/"
FORM = {
    "document_type": "PASSPORT",
    "document_number": "533012345",
    "nationality": "GBR",
    "family_name": "Ashworth-Pembroke",
    "given_names": "Philippa",
    "sex": "F",
    "birth_date": "1985-04-03",
    "language": "en",
}


def open_clinic(*, places: int = 3, capacity: int = 1) -> RosterSession:
    """A session that began now, priced."""
    make_hospital_catalog()
    session_id = make_session(starts_at=timezone.now() + timedelta(minutes=1), places=places, capacity=capacity)
    RosterSession.objects.update(registration_item_code="REG1")
    return RosterSession.objects.get(id=session_id)


def book(client, person_id, slot: Slot):
    return client.post(reverse("staff:registration_book", args=[person_id]), {"slot": slot.id})


@pytest.mark.requirement("N10")
def test_a_new_person_is_put_on_file() -> None:
    answer = open_desk(Role.REGISTRAR).post(NEW, FORM)
    person = Person.objects.get()
    assert answer.url == reverse("staff:registration_person", args=[person.id])
    assert (person.family_name, person.given_names, person.nationality) == ("Ashworth-Pembroke", "Philippa", "GBR")


@pytest.mark.requirement("N10")
def test_a_single_name_stays_single() -> None:
    open_desk(Role.REGISTRAR).post(NEW, {**FORM, "family_name": "Suharyanto", "given_names": ""})
    person = Person.objects.get()
    assert (person.family_name, person.given_names, person.has_single_name) == ("", "Suharyanto", True)


@pytest.mark.requirement("N10")
def test_a_wrong_check_digit_warns_and_stops_nothing() -> None:
    client = open_desk(Role.REGISTRAR)
    fields = {"document_type": "PRC_ID", "document_number": "110101199003070007", "birth_date": "1990-03-07"}
    warned = client.get(reverse("staff:registration_check"), fields).text
    assert "check digit does not match" in warned
    answer = client.post(NEW, {**FORM, **fields, "nationality": "CHN"}, follow=True)
    assert answer.status_code == 200
    assert "check digit does not match" in answer.text
    assert Person.objects.count() == 1


@pytest.mark.requirement("N10")
def test_a_likely_duplicate_is_shown_before_a_second_record_is_made() -> None:
    client = open_desk(Role.REGISTRAR)
    client.post(NEW, FORM)
    other = {**FORM, "document_number": "533099999"}
    shown = client.post(NEW, other)
    assert shown.status_code == 422
    assert "may be on file already" in shown.text
    assert Person.objects.count() == 1
    client.post(NEW, {**other, "is_other": "1"})
    assert Person.objects.count() == 2


@pytest.mark.requirement("N10")
def test_a_document_belongs_to_one_person_only() -> None:
    client = open_desk(Role.REGISTRAR)
    client.post(NEW, FORM)
    refused = client.post(NEW, {**FORM, "is_other": "1"})
    assert refused.status_code == 422
    assert "already on file" in refused.text
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"family_name": "", "given_names": ""}, "as the document prints it"),
        ({"birth_date": "2999-01-01"}, "lies in the future"),
        ({"nationality": ""}, "required"),
        ({"document_number": ""}, "required"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(changes: dict[str, str], words: str) -> None:
    answer = open_desk(Role.REGISTRAR).post(NEW, {**FORM, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not Person.objects.exists()


def test_a_place_is_booked_and_charged_at_the_window() -> None:
    session, person_id, client = open_clinic(), make_patient(), open_desk(Role.REGISTRAR)
    offered = client.get(
        reverse("staff:registration_sessions", args=[person_id]),
        {"department": str(session.department_id), "day": session.held_on.isoformat()},
    ).text
    assert "3 places free" in offered
    assert "¥" in offered
    places = client.get(reverse("staff:registration_slots", args=[person_id, session.id])).text
    assert places.count('name="slot"') == 3
    slot = session.slots.order_by("number")[0]
    assert book(client, person_id, slot).status_code == 302
    appointment = Appointment.objects.get()
    assert (appointment.person_id, appointment.channel, appointment.state) == (person_id, "WINDOW", "BOOKED")
    charge = Charge.objects.get()
    assert (charge.source_id, charge.state, charge.service_line) == (appointment.id, "PENDING", "INTL")
    # The cashier of the campus sees the person before any number is taken.
    assert open_desk(Role.CASHIER).get(reverse("staff:cashier_person", args=[person_id])).status_code == 200


def test_a_full_place_is_refused_and_nothing_is_charged() -> None:
    session, client = open_clinic(places=1), open_desk(Role.REGISTRAR)
    slot = session.slots.get()
    book(client, make_patient(), slot)
    refused = book(client, make_patient(), slot)
    assert (refused.status_code, refused.context["code"]) == (409, "slot_full")
    assert (Appointment.objects.count(), Charge.objects.count()) == (1, 1)


def test_booking_twice_in_one_session_is_refused() -> None:
    session, client, person_id = open_clinic(), open_desk(Role.REGISTRAR), make_patient()
    first, second = session.slots.order_by("number")[:2]
    book(client, person_id, first)
    refused = book(client, person_id, second)
    assert (refused.status_code, refused.context["code"]) == (409, "already_booked")
    second.refresh_from_db()
    assert (second.taken, Charge.objects.count()) == (0, 1)


def test_an_unknown_place_is_refused() -> None:
    make_campus()
    person_id = make_patient()
    client = open_desk(Role.REGISTRAR)
    address = reverse("staff:registration_book", args=[person_id])
    for text in ("999999999", "", "x", "-1"):
        assert client.post(address, {"slot": text}).status_code == 404


def test_number_check_in_and_slip_follow() -> None:
    session, client, person_id = open_clinic(), open_desk(Role.REGISTRAR), make_patient()
    book(client, person_id, session.slots.order_by("number")[0])
    appointment = Appointment.objects.get()
    taken = client.post(
        reverse("staff:registration_number", args=[person_id, appointment.id]), {"check_in": ""}, follow=True
    )
    encounter = Encounter.objects.get()
    assert f"Number {encounter.queue_number} taken." in taken.text
    assert encounter.state == "REGISTERED"
    client.post(reverse("staff:registration_check_in", args=[person_id, encounter.id]))
    encounter.refresh_from_db()
    assert encounter.state == "CHECKED_IN"
    board = client.get(reverse("staff:registration_queue")).text
    assert encounter.queue_number in board
    for language in ("zh", "en", "both"):
        slip = client.get(reverse("staff:registration_slip", args=[encounter.id]), {"language": language})
        assert slip["Content-Type"] == "application/pdf"
        assert slip.content.startswith(b"%PDF")


def test_a_booking_is_canceled_with_its_unpaid_fee() -> None:
    session, client, person_id = open_clinic(), open_desk(Role.REGISTRAR), make_patient()
    slot = session.slots.order_by("number")[0]
    book(client, person_id, slot)
    appointment = Appointment.objects.get()
    assert client.post(reverse("staff:registration_cancel", args=[person_id, appointment.id])).status_code == 302
    slot.refresh_from_db()
    assert (slot.taken, Charge.objects.get().state) == (0, "VOID")


def test_the_board_costs_the_same_however_full_the_day_is(django_assert_num_queries) -> None:
    session, client = open_clinic(places=12), open_desk(Role.REGISTRAR)
    slots = list(session.slots.order_by("number"))
    book(client, make_patient(), slots[0])
    few = count_queries(client, reverse("staff:registration_queue"))
    for slot in slots[1:]:
        book(client, make_patient(), slot)
    with django_assert_num_queries(few):
        client.get(reverse("staff:registration_queue"))


def test_what_a_follow_up_costs_is_said_before_a_time_is_chosen() -> None:
    session = open_clinic()
    category = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(new_item("REG-FU", "120.00", fee_class=FeeClass.CONSULTATION, service=category))
    FollowUpItem.objects.create(item_code="REG1", follow_up_item_code="REG-FU")
    visit = make_visit(state="DONE")
    RosterSession.objects.filter(pk=session.pk).update(
        clinician_id=visit.clinician_id, department_id=visit.department_id
    )
    Encounter.objects.filter(pk=visit.encounter_id).update(queue_on=session.held_on - timedelta(days=3))
    client = open_desk(Role.REGISTRAR)
    said = client.get(reverse("staff:registration_slots", args=[visit.person_id, session.id])).text
    assert "A follow-up for ¥156.00: seen on" in said  # with the surcharge of the service line
    stranger = client.get(reverse("staff:registration_slots", args=[make_patient(), session.id])).text
    assert "follow-up" not in stranger
