"""Another doctor holds a booked session (A04)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.appointments.api import get_appointment
from hospital.appointments.tests.factories import make_booker
from hospital.campuses.models import Clinician
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.api import call_next, get_encounter, list_line
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.events import list_events
from hospital.kernel.money import ZERO
from hospital.notifications.models import InboxMessage, Message
from hospital.payments.api import list_refund_orders
from hospital.payments.tests.factories import list_jobs
from hospital.scheduling.errors import DoctorHasSession, NotRosterClerk
from hospital.scheduling.models import RosterSession
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import make_clerk
from hospital.workflows.book import cancel_booking
from hospital.workflows.booking_terms import compute_booking_terms
from hospital.workflows.lower_fees import finish_substitution
from hospital.workflows.substitute_doctor import preview_substitution, substitute_doctor
from hospital.workflows.tell_patient import tell_patient
from hospital.workflows.tests.test_booking_terms import (
    FEE,
    IN_TWO_DAYS,
    book,
    catalog,
    fee_of,
    let_pay,
    pay,
    place,
    start_paying,
)
from hospital.workflows.visit import check_in, take_visit_number

__all__ = ["catalog"]
CHEAPER, DEARER = Decimal("20.00"), Decimal("80.00")
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
SOON = TEN + timedelta(minutes=30)
LATE = IN_TWO_DAYS - timedelta(hours=1)  # long after a change of mind is free


def test_patients_keep_place_and_fee_are_told_and_may_have_it_all_back(catalog):
    booker, slot = make_booker(), place()
    PatientAccount.objects.filter(pk=booker.actor.id).update(email=parse_address("a@example.com").sealed)
    booked = book(booker, slot)
    order = pay(booker, catalog)
    planned = get_appointment(appointment_id=booked).slot.session.clinician_name
    _, other = make_doctor()
    told = substitute_doctor(
        session_id=slot.session_id, clinician_id=other.id, actor=make_clerk(), now=TEN + timedelta(hours=1)
    )
    after = get_appointment(appointment_id=booked)
    assert (told, after.slot.id, after.slot.session.clinician_id) == (1, slot.pk, other.id)
    assert fee_of(booked).paid == FEE
    assert planned.en in Message.objects.get(kind="booking_substituted").body
    tell_patient(
        kind="appointments.substituted",
        subject_id=str(booked),
        person_id=booker.person_id,
        encounter_id=None,
        facts={},
        now=LATE,
    )
    assert other.name.en in InboxMessage.objects.get(target_kind="appointment").body_en
    terms = compute_booking_terms(appointment=after, fee=fee_of(booked), now=LATE)
    assert (terms.refund, terms.kept, terms.free_until) == (FEE, ZERO, terms.cancel_until)
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=LATE, expected_refund=FEE)
    assert [refund.amount for refund in list_refund_orders(order_id=order.pk)] == [FEE]


def test_who_books_the_substitute_has_the_usual_terms(catalog):
    slot = place()
    _, other = make_doctor()
    substitute_doctor(
        session_id=slot.session_id, clinician_id=other.id, actor=make_clerk(), now=TEN - timedelta(hours=1)
    )
    booker = make_booker()
    booked = book(booker, slot)
    pay(booker, catalog)
    terms = compute_booking_terms(appointment=get_appointment(appointment_id=booked), fee=fee_of(booked), now=LATE)
    assert (terms.refund, terms.kept) == (ZERO, FEE)


def test_what_is_refused_changes_nobodys_doctor(catalog):
    slot = place(starts_at=TEN + timedelta(hours=1))
    booked = book(make_booker(), slot)
    row = RosterSession.objects.get()
    _, other = make_doctor()
    facts: dict[str, Any] = {"session_id": slot.session_id, "clinician_id": other.id, "now": TEN}
    with pytest.raises(NotRosterClerk):
        substitute_doctor(**facts, actor=make_staff(Role.REGISTRAR))
    make_session(clinician_id=other.id, starts_at=row.starts_at)
    with pytest.raises(DoctorHasSession):
        substitute_doctor(**facts, actor=make_clerk())
    row.refresh_from_db()
    assert (row.clinician_id == other.id, row.substituted_at) == (False, None)
    assert not [each for each in list_events(subject_id=str(booked)) if each.kind == "appointments.substituted"]


def test_the_planned_doctor_back_again_ends_the_substitution(catalog):
    slot = place()
    planned = RosterSession.objects.get().clinician_id
    _, other = make_doctor()
    for clinician_id in (other.id, other.id, planned):
        substitute_doctor(session_id=slot.session_id, clinician_id=clinician_id, actor=make_clerk(), now=TEN)
    row = RosterSession.objects.get()
    assert (row.clinician_id, row.planned_clinician_id, row.substituted_at) == (planned, None, None)


@pytest.fixture
def fees(catalog):
    """A third fee beside 35.00 and 80.00: 20.00."""
    category = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(new_item("REG0", "20.00", fee_class=FeeClass.REGISTRATION, service=category))
    return catalog


def substitute(slot, item, *, now=SOON):
    """Another doctor with this fee, and the job that follows, twice."""
    _, other = make_doctor()
    substitute_doctor(session_id=slot.session_id, clinician_id=other.id, actor=make_clerk(), now=now, item_code=item)
    job = list_jobs("workflows.finish_substitution")[-1]
    facts = {
        "session_id": slot.session_id,
        "planned_id": UUID(job["planned_id"]),
        "substituted_at": datetime.fromisoformat(job["at"]),
        "now": now,
    }
    return other, [finish_substitution(**facts) for _ in range(2)]


def went_back(order):
    return [refund.amount for refund in list_refund_orders(order_id=order.pk)]


def test_a_lower_fee_gives_the_difference_back_once_by_the_way_it_came(fees):
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    order = pay(booker, fees)
    effect = preview_substitution(session_id=slot.session_id, item_code="REG0", now=SOON)
    assert (effect.bookings, effect.refunds, effect.refund, effect.new_fee) == (1, 1, FEE - CHEAPER, CHEAPER)
    _, runs = substitute(slot, "REG0")
    assert runs == [1, 0]
    assert went_back(order) == [FEE - CHEAPER]
    assert fee_of(booked).paid == CHEAPER
    cancel_booking(appointment_id=booked, reason="", actor=booker.actor, now=LATE, expected_refund=CHEAPER)
    assert sum(went_back(order)) == FEE
    assert preview_substitution(session_id=slot.session_id, item_code="REG0", now=SOON).bookings == 0


def test_a_third_doctor_lowers_by_what_is_left_and_a_dearer_one_by_nothing(fees):
    booker, slot = make_booker(), place(item="REG2")
    booked = book(booker, slot)
    order = pay(booker, fees)
    for item in ("REG1", "REG0", "REG2"):
        substitute(slot, item)
    assert went_back(order) == [DEARER - FEE, FEE - CHEAPER]
    assert fee_of(booked).paid == CHEAPER
    assert RosterSession.objects.get().registration_item_code == "REG2"


def test_what_is_not_paid_yet_becomes_lower_and_a_payment_under_way_loses_its_bill(fees):
    slot = place(places=2)
    bookers = [make_booker(), make_booker()]
    booked = [book(booker, each) for booker, each in zip(bookers, slot.session.slots.order_by("number"), strict=True)]
    order = start_paying(bookers[1])
    effect = preview_substitution(session_id=slot.session_id, item_code="REG0", now=SOON)
    assert (effect.refunds, effect.lowered) == (0, 2)
    _, runs = substitute(slot, "REG0")
    assert runs == [2, 0]
    assert [fee_of(each).total for each in booked] == [CHEAPER, CHEAPER]
    let_pay(fees, order, minutes=40)
    assert sum(went_back(order)) == FEE
    assert pay_later(bookers[1], fees).amount == CHEAPER
    assert fee_of(booked[1]).paid == CHEAPER


def pay_later(booker, acquirer):
    order = start_paying(booker, minutes=50)
    let_pay(acquirer, order, minutes=51)
    return order


def test_a_dearer_doctor_costs_those_who_booked_nothing_and_the_next_one_the_new_fee(fees):
    slot = place(places=2)
    first, second = slot.session.slots.order_by("number")
    booker = make_booker()
    booked = book(booker, first)
    order = pay(booker, fees)
    _, runs = substitute(slot, "REG2")
    assert (runs, went_back(order), fee_of(booked).paid) == ([0, 0], [], FEE)
    assert fee_of(book(make_booker(), second)).total == DEARER


def test_who_waits_with_a_number_goes_along_in_order_and_who_was_called_stays(fees):
    slot = place(starts_at=TEN + timedelta(hours=1), places=4)
    planned = RosterSession.objects.get().clinician_id
    slots = list(slot.session.slots.order_by("number"))
    bookers = [make_booker() for _ in slots]
    booked = [book(booker, each) for booker, each in zip(bookers, slots, strict=True)]
    orders = [pay(booker, fees) for booker in bookers]
    desk = make_staff(Role.REGISTRAR)
    visits = [take_visit_number(appointment_id=each, actor=desk, now=TEN) for each in booked[:3]]
    for visit in visits:
        check_in(encounter_id=visit.id, actor=desk, now=TEN)
    before = list_line(clinician_id=planned, day=local_day(TEN))
    doctor = Clinician.objects.get(pk=planned).user_id
    assert doctor
    call_next(clinician_user_id=doctor, actor=system_actor("test"), now=TEN)
    other, runs = substitute(slot, "REG0")
    assert list_line(clinician_id=other.id, day=local_day(TEN)) == before[1:]
    called = get_encounter(encounter_id=before[0])
    assert (called.clinician_id, called.state) == (planned, EncounterState.CALLED)
    assert runs == [3, 0]
    assert sorted(sum(went_back(order), ZERO) for order in orders) == [ZERO] + 3 * [FEE - CHEAPER]
    told = [each.kind for visit in visits for each in list_events(subject_id=str(visit.appointment_id))]
    assert told.count("encounters.transferred") == 2
