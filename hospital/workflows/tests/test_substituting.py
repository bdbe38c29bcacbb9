"""Another doctor holds a booked session (A04)."""

from datetime import timedelta
from typing import Any

import pytest

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.appointments.api import get_appointment
from hospital.appointments.tests.factories import make_booker
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.kernel.money import ZERO
from hospital.notifications.models import InboxMessage, Message
from hospital.payments.api import list_refund_orders
from hospital.scheduling.errors import DoctorHasSession, NotRosterClerk
from hospital.scheduling.models import RosterSession
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import make_clerk
from hospital.workflows.book import cancel_booking
from hospital.workflows.booking_terms import compute_booking_terms
from hospital.workflows.errors import NumbersTaken
from hospital.workflows.substitute_doctor import substitute_doctor
from hospital.workflows.tell_patient import tell_patient
from hospital.workflows.tests.test_booking_terms import FEE, IN_TWO_DAYS, book, catalog, fee_of, pay, place
from hospital.workflows.visit import take_visit_number

__all__ = ["catalog"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
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
    RosterSession.objects.exclude(pk=row.pk).update(is_stopped=True)
    take_visit_number(appointment_id=booked, actor=make_staff(Role.REGISTRAR), now=TEN)
    with pytest.raises(NumbersTaken):
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
