"""A called-off patient books again before others (A04)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.appointments.errors import PriorityEnded
from hospital.appointments.states import AppointmentState
from hospital.appointments.tests.factories import make_booker
from hospital.kernel.types import BilingualText
from hospital.patients.errors import UnknownPerson
from hospital.scheduling.api import stop_session
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import make_clerk
from hospital.workflows.call_off_session import call_off_session
from hospital.workflows.rebook_called_off import offer_rebooking, rebook_called_off
from hospital.workflows.tests.test_booking_terms import FEE, IN_TWO_DAYS, TEN, book, catalog, fee_of, place

__all__ = ["catalog"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
ILL = BilingualText("医生生病", "The doctor is ill")


@pytest.fixture
def called_off(catalog):
    """A patient whose booking the hospital called off, and that booking."""
    booker, slot = make_booker(), place()
    booked = book(booker, slot)
    stop_session(session_id=slot.session_id, reason=ILL, actor=make_clerk(), now=TEN)
    call_off_session(session_id=slot.session_id, now=TEN)
    return booker, booked, RosterSession.objects.get()


def next_session(clinician_id: UUID | None = None, *, days: int = 3) -> UUID:
    """A session that could take the patient."""
    session_id = make_session(starts_at=TEN + timedelta(days=days), clinician_id=clinician_id)
    RosterSession.objects.filter(pk=session_id).update(registration_item_code="REG1", service_line="NORMAL")
    return session_id


def test_the_own_doctors_next_places_come_first_then_the_departments(called_off):
    booker, booked, stopped = called_off
    other = next_session(days=3)
    own = next_session(stopped.clinician_id, days=5)
    Slot.objects.filter(session_id=own).update(pool="VIP", opens_at=IN_TWO_DAYS)
    Slot.objects.filter(session_id=own, number=1).update(taken=1)
    offer = offer_rebooking(appointment_id=booked, actor=booker.actor, now=TEN)
    assert (offer.reason, offer.used_for) == (ILL, None)
    assert [(each.session.id, each.number) for each in offer.places] == [(own, 2), (other, 1)]


def test_the_place_is_booked_and_charged_and_the_right_is_used(called_off):
    booker, booked, _ = called_off
    next_session()
    (choice,) = offer_rebooking(appointment_id=booked, actor=booker.actor, now=TEN).places
    new = rebook_called_off(appointment_id=booked, slot_id=choice.id, actor=booker.actor, now=TEN)
    assert (new.state, new.person_id, fee_of(new.id).total) == (AppointmentState.BOOKED, booker.person_id, FEE)
    assert new.pay_by is not None
    after = offer_rebooking(appointment_id=booked, actor=booker.actor, now=TEN)
    assert (after.used_for, after.places) == (new.id, ())
    with pytest.raises(PriorityEnded):
        rebook_called_off(appointment_id=booked, slot_id=choice.id, actor=booker.actor, now=TEN)


def test_nobody_else_uses_the_right_and_it_ends(called_off):
    booker, booked, _ = called_off
    session_id = next_session(days=40)
    slot = Slot.objects.filter(session_id=session_id).first()
    with pytest.raises(UnknownPerson):
        rebook_called_off(appointment_id=booked, slot_id=slot.pk, actor=make_booker().actor, now=TEN)
    late = IN_TWO_DAYS + timedelta(days=31)
    with pytest.raises(PriorityEnded):
        rebook_called_off(appointment_id=booked, slot_id=slot.pk, actor=booker.actor, now=late)
    assert Slot.objects.get(pk=slot.pk).taken == 0


def test_a_booking_that_was_not_called_off_gives_no_right(catalog):
    booker, slot = make_booker(), place()
    with pytest.raises(PriorityEnded):
        offer_rebooking(appointment_id=book(booker, slot), actor=booker.actor, now=TEN)


def test_the_offer_asks_as_much_for_many_sessions_as_for_one(called_off):
    booker, booked, _ = called_off
    counts = []
    for _ in range(2):
        next_session()
        next_session()
        with CaptureQueriesContext(connection) as asked:
            offer_rebooking(appointment_id=booked, actor=booker.actor, now=TEN)
        counts.append(len(asked))
    assert counts[0] == counts[1]
