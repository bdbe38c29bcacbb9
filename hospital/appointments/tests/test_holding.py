"""Holding a place: who may, which places, and that a refusal changes nothing (A04)."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from hospital.accounts.errors import NotSignedIn
from hospital.accounts.models import PatientAccount, PatientSession
from hospital.appointments.api import hold_slot, mark_paid, release_hold
from hospital.appointments.errors import (
    AlreadyBooked,
    NotHeld,
    SessionStopped,
    SlotFull,
    SlotPast,
    TooManyUnpaid,
    UnknownSlot,
)
from hospital.appointments.models import Appointment
from hospital.appointments.rules import MOST_CLAIMS
from hospital.appointments.tests.factories import hold, make_booker
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_person
from hospital.kernel.errors import Refusal
from hospital.kernel.models import DomainEvent
from hospital.kernel.tests.threads import run_together
from hospital.patients.api import unlink_person
from hospital.patients.errors import UnknownPerson
from hospital.patients.models import CareRelation
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = pytest.mark.django_db


def state_of_the_database() -> object:
    """Everything that holding a place writes."""
    tables = (Slot, Appointment, CareRelation, DomainEvent, AuditEntry)
    return [sorted(map(str, table.objects.values())) for table in tables]


def assert_refused(refusal: type[Refusal], **facts: Any) -> None:
    """Holding is refused by that name and leaves the database as it was."""
    before = state_of_the_database()
    with pytest.raises(refusal):
        hold(**facts)
    assert state_of_the_database() == before


@pytest.mark.requirement("A04")
def test_a_place_is_held_for_fifteen_minutes_for_a_person_of_the_account():
    slot, booker = make_slot(), make_booker()
    held = hold(slot_id=slot.id, person_id=booker.person_id, token_hash=booker.token_hash, now=TEN)
    row = Appointment.objects.get(pk=held.id)
    assert (row.state, row.person_id, str(row.account_id)) == ("HELD", booker.person_id, booker.actor.id)
    assert row.held_until == held.held_until == TEN + timedelta(minutes=15)
    entry = AuditEntry.objects.get(subject_id=str(held.id))
    assert (entry.actor_id, entry.person_id, entry.ip) == (booker.actor.id, booker.person_id, "127.0.0.1")


@pytest.mark.requirement("A04", "N14")
def test_nobody_holds_a_place_without_a_session():
    slot, booker = make_slot(), make_booker()
    facts: dict[str, Any] = {"slot_id": slot.id, "person_id": booker.person_id}
    assert_refused(NotSignedIn, **facts, token_hash=b"x" * 32, now=TEN)
    assert_refused(NotSignedIn, **facts, token_hash=booker.token_hash, now=TEN + timedelta(days=30))
    PatientSession.objects.update(revoked_at=TEN)
    assert_refused(NotSignedIn, **facts, token_hash=booker.token_hash, now=TEN)
    PatientSession.objects.update(revoked_at=None)
    PatientAccount.objects.update(is_active=False)
    assert_refused(NotSignedIn, **facts, token_hash=booker.token_hash, now=TEN)


@pytest.mark.requirement("A04", "N14")
def test_an_account_holds_places_for_its_own_people_only():
    slot, booker, stranger = make_slot(), make_booker(), make_booker()
    facts: dict[str, Any] = {"slot_id": slot.id, "token_hash": stranger.token_hash, "now": TEN}
    assert_refused(UnknownPerson, **facts, person_id=booker.person_id)
    assert_refused(UnknownPerson, **facts, person_id=make_person().id)
    assert_refused(UnknownPerson, **facts, person_id=uuid4())
    unlink_person(account_id=UUID(stranger.actor.id), person_id=stranger.person_id, actor=stranger.actor, now=TEN)
    assert_refused(UnknownPerson, **facts, person_id=stranger.person_id)


@pytest.mark.requirement("A04")
def test_full_past_stopped_and_unknown_places_are_refused_by_name():
    slot, booker, other = make_slot(starts_at=TEN + timedelta(minutes=5)), make_booker(), make_booker()
    facts: dict[str, Any] = {"person_id": booker.person_id, "token_hash": booker.token_hash}
    assert_refused(UnknownSlot, **facts, slot_id=slot.id + 1, now=TEN)
    assert_refused(SlotPast, **facts, slot_id=slot.id, now=slot.starts_at)
    other.hold(slot.id)
    assert_refused(SlotFull, **facts, slot_id=slot.id, now=TEN)
    RosterSession.objects.update(is_stopped=True)
    assert_refused(SessionStopped, **facts, slot_id=slot.id, now=TEN)


@pytest.mark.requirement("A04")
def test_a_second_booking_in_one_session_is_refused_and_gives_its_place_back():
    first, second, _ = Slot.objects.filter(session_id=make_session(places=3)).order_by("number")
    booker = make_booker()
    booker.hold(first.id)
    facts: dict[str, Any] = {"person_id": booker.person_id, "token_hash": booker.token_hash, "now": TEN}
    assert_refused(AlreadyBooked, **facts, slot_id=second.id)
    second.refresh_from_db()
    assert second.taken == 0
    booker.hold(make_slot().id)  # another session is another matter


@pytest.mark.requirement("A04")
def test_holding_is_one_statement(django_assert_num_queries):
    slot, booker = make_slot(), make_booker()
    facts: dict[str, Any] = {"person_id": booker.person_id, "token_hash": booker.token_hash, "now": TEN}
    with django_assert_num_queries(1):
        hold_slot(slot_id=slot.id, ip="", request_id="", **facts)


@pytest.mark.requirement("A04", "W22")
def test_an_account_has_five_places_at_once_that_are_not_paid_for():
    booker = make_booker()
    facts: dict[str, Any] = {"person_id": booker.person_id, "token_hash": booker.token_hash, "now": TEN}
    kept = [booker.hold(make_slot().id) for _ in range(4)]
    kept.append(booker.book(make_slot().id))  # booked and not paid for counts as held
    tomorrow = TEN + timedelta(days=1)
    sixth = make_slot(starts_at=tomorrow)
    assert_refused(TooManyUnpaid, **facts, slot_id=sixth.id)
    sixth.refresh_from_db()
    assert sixth.taken == 0
    make_booker().hold(make_slot().id)  # another account is another matter
    mark_paid(appointment_ids=kept[4:])
    booker.hold(sixth.id)
    release_hold(appointment_id=kept[0], actor=booker.actor, now=TEN)
    booker.hold(make_slot(starts_at=tomorrow).id)
    assert_refused(TooManyUnpaid, **facts, slot_id=make_slot(starts_at=tomorrow).id)


@pytest.mark.requirement("A04", "W22")
@pytest.mark.django_db(transaction=True)
def test_however_an_account_presses_it_has_five_places():
    booker = make_booker()
    slots = [make_slot().id for _ in range(12)]
    outcomes = run_together([partial(booker.hold, slot_id) for slot_id in slots], threads=6)
    assert sum(isinstance(outcome, TooManyUnpaid) for outcome in outcomes) == 7
    assert Appointment.objects.count() == sum(slot.taken for slot in Slot.objects.all()) == MOST_CLAIMS == 5


@pytest.mark.requirement("A04")
def test_a_released_hold_is_free_and_a_booking_is_not_released():
    slot, booker = make_slot(), make_booker()
    held = booker.hold(slot.id)
    for _ in range(2):
        release_hold(appointment_id=held, actor=booker.actor, now=TEN)
    slot.refresh_from_db()
    assert (slot.taken, Appointment.objects.get().state) == (0, "CANCELLED")
    booked = booker.book(slot.id, now=TEN + RETURN_WITHIN)
    with pytest.raises(NotHeld):
        release_hold(appointment_id=booked, actor=booker.actor, now=TEN)
    slot.refresh_from_db()
    assert (slot.taken, Appointment.objects.get(pk=booked).state) == (1, "BOOKED")
