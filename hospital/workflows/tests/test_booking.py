"""A held place becomes a charged booking and a visit, once, whoever presses how often (A04, A16, F45, N01)."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import translation

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.appointments.errors import HoldExpired
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.tests.factories import make_booker
from hospital.billing.models import Charge
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.encounters.models import Encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.tests.threads import run_together
from hospital.notifications.models import Message
from hospital.patients.errors import NoCareRelation, UnknownPerson
from hospital.patients.models import CareRelation
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.book import cancel_booking, confirm_booking
from hospital.workflows.book_at_window import book_at_window
from hospital.workflows.errors import NotYourCampus, NumberNotToday
from hospital.workflows.journey import NodeKind, NodeState, get_journey
from hospital.workflows.visit import check_in, take_visit_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """A place of today whose registration fee is in the catalog."""
    make_hospital_catalog()
    slot = make_slot()
    RosterSession.objects.update(registration_item_code="REG1")
    return slot


@pytest.fixture
def booker():
    """A patient with a mail address."""
    booker = make_booker()
    email = parse_address("alistair@example.com").sealed
    PatientAccount.objects.filter(pk=booker.actor.id).update(email=email)
    return booker


def confirm(booker, slot, **facts):
    return confirm_booking(appointment_id=booker.hold(slot.id), actor=booker.actor, now=TEN, **facts)


def kinds(appointment_id, actor):
    journey = get_journey(appointment_id=appointment_id, actor=actor, now=TEN)
    return {node.kind: node.state for node in journey}


@pytest.mark.requirement("A04")
def test_a_booking_is_charged_and_confirmed_by_mail_once(booker, slot):
    card = confirm(booker, slot)
    again = confirm_booking(appointment_id=card.id, actor=booker.actor, now=TEN + timedelta(hours=1))
    assert card.state is again.state is AppointmentState.BOOKED
    assert Charge.objects.count() == 1
    message = Message.objects.get()
    assert (message.kind, message.language) == ("booking_confirmed", "en")
    assert "Cardiology" in message.body
    assert "LIN Zhiyuan" in message.body


@pytest.mark.requirement("N20")
def test_the_mail_is_in_the_language_of_the_account(booker, slot):
    PatientAccount.objects.filter(pk=booker.actor.id).update(language="zh-hans")
    with translation.override("en"):
        confirm(booker, slot)
    message = Message.objects.get()
    assert message.subject == "您 2026-11-25 的预约"
    assert "心血管内科" in message.body


@pytest.mark.requirement("A04", "N22")
@pytest.mark.django_db(transaction=True)
def test_confirming_many_times_at_once_charges_and_mails_once(booker, slot):
    appointment_id = booker.hold(slot.id)
    work = partial(confirm_booking, appointment_id=appointment_id, actor=booker.actor, now=TEN)
    outcomes = run_together([work] * 5)
    assert {card.state for card in outcomes} == {AppointmentState.BOOKED}
    assert (Charge.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.requirement("A04", "A16")
@pytest.mark.django_db(transaction=True)
def test_taking_a_number_many_times_at_once_opens_one_visit(booker, slot):
    appointment_id = confirm(booker, slot).id
    work = partial(take_visit_number, appointment_id=appointment_id, actor=booker.actor, now=TEN)
    outcomes = run_together([work] * 5)
    assert Counter(card.id for card in outcomes) == {Encounter.objects.get().id: 5}


def test_a_hold_that_ran_out_charges_nothing(booker, slot):
    appointment_id = booker.hold(slot.id)
    with pytest.raises(HoldExpired):
        confirm_booking(appointment_id=appointment_id, actor=booker.actor, now=TEN + timedelta(minutes=15))
    assert (Charge.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.requirement("N14")
def test_a_stranger_can_do_nothing_with_a_booking(booker, slot):
    stranger = make_booker().actor
    card = confirm(booker, slot)
    facts = {"appointment_id": card.id, "actor": stranger, "now": TEN}
    for work in (confirm_booking, take_visit_number, get_journey, partial(cancel_booking, reason="")):
        with pytest.raises(UnknownPerson):
            work(**facts)
    assert Appointment.objects.get().state == AppointmentState.BOOKED


@pytest.mark.requirement("A16", "N01", "N14")
def test_a_visit_is_followed_from_the_booking_into_the_queue(booker, slot):
    card = confirm(booker, slot)
    assert kinds(card.id, booker.actor)[NodeKind.BOOKED] is NodeState.DONE
    visit = take_visit_number(appointment_id=card.id, actor=booker.actor, now=TEN)
    assert (visit.state, visit.queue_number, visit.service_line) == (EncounterState.REGISTERED, "A001", "INTL")
    for _ in range(2):
        assert check_in(encounter_id=visit.id, actor=booker.actor, now=TEN).state is EncounterState.CHECKED_IN
    found = kinds(card.id, booker.actor)
    assert found[NodeKind.NUMBER_TAKEN] is found[NodeKind.CHECKED_IN] is NodeState.DONE
    assert found[NodeKind.REGISTRATION_PAID] is NodeState.NOW
    doctor = make_staff(Role.DOCTOR)
    assert get_journey(appointment_id=card.id, actor=doctor, now=TEN)
    with pytest.raises(NoCareRelation):
        get_journey(appointment_id=card.id, actor=make_staff(Role.DOCTOR, campus="NORTH"), now=TEN)


def test_a_number_is_given_on_the_day_of_the_visit(booker, slot):
    card = confirm(booker, slot)
    with pytest.raises(NumberNotToday):
        take_visit_number(appointment_id=card.id, actor=booker.actor, now=TEN - timedelta(days=1))
    assert Appointment.objects.get().state == AppointmentState.BOOKED
    assert not Encounter.objects.exists()


@pytest.mark.requirement("A04", "N14")
def test_cancelling_frees_the_place_voids_the_fee_and_closes_the_record(booker, slot):
    card = confirm(booker, slot)
    for _ in range(2):
        cancelled = cancel_booking(appointment_id=card.id, reason="ill", actor=booker.actor, now=TEN)
        assert cancelled.state is AppointmentState.CANCELLED
    assert Slot.objects.get(pk=slot.id).taken == 0
    assert Charge.objects.get().state == "VOID"
    assert CareRelation.objects.get().until == TEN
    assert kinds(card.id, booker.actor)[NodeKind.CHECKED_IN] is NodeState.SKIPPED


@pytest.mark.requirement("F45")
def test_the_window_books_and_charges_in_one_go(slot):
    clerk, person = make_staff(Role.REGISTRAR), make_person()
    card = book_at_window(slot_id=slot.id, person_id=person.id, actor=clerk, now=TEN)
    assert card.state is AppointmentState.BOOKED
    assert Charge.objects.get().person_id == person.id
    assert get_journey(appointment_id=card.id, actor=make_staff(Role.CASHIER), now=TEN)


@pytest.mark.requirement("F45", "N14")
def test_a_registrar_acts_for_no_other_campus(booker, slot):
    stranger = make_staff(Role.REGISTRAR, campus="SOUTH")
    card = confirm(booker, slot)
    for work in (take_visit_number, partial(cancel_booking, reason="")):
        with pytest.raises(NotYourCampus):
            work(appointment_id=card.id, actor=stranger, now=TEN)
    assert Appointment.objects.get().state == AppointmentState.BOOKED
    visit = take_visit_number(appointment_id=card.id, actor=make_staff(Role.REGISTRAR), now=TEN)
    with pytest.raises(NotYourCampus):
        check_in(encounter_id=visit.id, actor=stranger, now=TEN)
    assert Encounter.objects.get().state == EncounterState.REGISTERED
