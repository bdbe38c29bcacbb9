"""However many want a place at once, it is given as often as it exists (A04, N22)."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from hospital.appointments.api import cancel_appointment, confirm_hold, expire_holds
from hospital.appointments.errors import AlreadyBooked, SlotFull
from hospital.appointments.models import Appointment
from hospital.appointments.tests.factories import make_booker
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.events import list_events
from hospital.kernel.models import DomainEvent
from hospital.kernel.tests.threads import run_together
from hospital.patients.models import CareRelation
from hospital.scheduling.models import Slot
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.requirement("A04", "N22")
def test_of_two_hundred_requests_for_the_last_place_one_gets_it():
    slot = make_slot()
    bookers = [make_booker() for _ in range(200)]
    people = [booker.person_id for booker in bookers]
    outcomes = run_together([partial(booker.hold, slot.id) for booker in bookers], threads=40)
    refused = Counter(type(outcome) for outcome in outcomes if isinstance(outcome, Exception))
    assert refused == {SlotFull: 199}
    (held,) = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    slot.refresh_from_db()
    assert slot.taken == slot.capacity == 1
    assert [row.id for row in Appointment.objects.all()] == [held]
    assert [event.kind for event in list_events(subject_id=str(held))] == ["appointments.held"]
    assert AuditEntry.objects.filter(action="appointments.held", person_id__in=people).count() == 1
    assert [relation.source for relation in CareRelation.objects.all()] == [str(held)]


@pytest.mark.requirement("A04")
def test_a_place_for_several_is_given_that_often():
    slot = make_slot(capacity=7)
    outcomes = run_together([partial(make_booker().hold, slot.id) for _ in range(30)], threads=15)
    slot.refresh_from_db()
    assert slot.taken == 7
    assert Appointment.objects.count() == 7
    assert sum(isinstance(outcome, SlotFull) for outcome in outcomes) == 23


@pytest.mark.requirement("A04")
def test_one_patient_pressing_everywhere_at_once_has_one_booking_and_the_other_places_stay_free():
    slots = list(Slot.objects.filter(session_id=make_session(places=8)))
    booker = make_booker()
    outcomes = run_together([partial(booker.hold, slot.id) for slot in slots])
    assert sum(isinstance(outcome, AlreadyBooked) for outcome in outcomes) == 7
    assert sum(slot.taken for slot in Slot.objects.all()) == 1
    assert Appointment.objects.count() == 1
    assert CareRelation.objects.count() == 1
    assert DomainEvent.objects.filter(person_id=booker.person_id).count() == 1


def test_a_hold_is_either_booked_or_given_back_never_both():
    slot = make_slot()
    booker = make_booker()
    appointment_id = booker.hold(slot.id)
    late = TEN + timedelta(minutes=15)
    works: list[Any] = [
        partial(confirm_hold, appointment_id=appointment_id, actor=booker.actor, now=late - timedelta(seconds=1)),
        *[partial(expire_holds, actor=system_actor("test"), now=late) for _ in range(4)],
    ]
    run_together(works)
    slot.refresh_from_db()
    state = Appointment.objects.get().state
    assert (state, slot.taken) in {("BOOKED", 1), ("EXPIRED", 0)}


def test_cancelling_twice_at_once_gives_the_place_back_once():
    slot = make_slot(capacity=2)
    first, second = make_booker(), make_booker()
    appointment_id = first.book(slot.id)
    second.book(slot.id)
    cancel = partial(cancel_appointment, appointment_id=appointment_id, reason="", actor=first.actor, now=TEN)
    assert run_together([cancel] * 6) == [None] * 6
    slot.refresh_from_db()
    assert slot.taken == 1
    assert len([event for event in list_events(subject_id=str(appointment_id)) if "cancel" in event.kind]) == 1
