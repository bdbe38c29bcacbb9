"""Rules of demand: so many places a day, and what missing several of them means (A04, W22)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from hospital.appointments.api import book_at_desk, confirm_hold, lift_block, list_blocks, list_missed, mark_missed
from hospital.appointments.errors import (
    BookingBlocked,
    NotBlockKeeper,
    TooManyInDepartment,
    TooManyThatDay,
    UnknownBlock,
)
from hospital.appointments.models import Appointment, BookingBlock
from hospital.appointments.rules import BLOCKED_FOR, MISSED_WITHIN, MOST_A_DAY, MOST_IN_DEPARTMENT_A_DAY
from hospital.appointments.tests.factories import Booker, hold, make_booker
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.events import list_events
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_slot
from hospital.scheduling.types import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
SYSTEM = system_actor("test")
LATER = TEN + timedelta(hours=2)


def miss(booker: Booker, *, now=LATER, **facts: Any) -> None:
    """A booking that nobody came to, marked at `now`."""
    booked = booker.book(make_slot(**facts).pk)
    assert mark_missed(appointment_id=booked, actor=SYSTEM, now=now)


def test_a_booking_is_missed_once_its_session_is_over_and_its_number_was_not_taken():
    booker, slot = make_booker(), make_slot()
    booked = booker.book(slot.pk)
    ends_at = RosterSession.objects.get().ends_at
    assert list_missed(now=ends_at - timedelta(seconds=1)) == []
    assert not mark_missed(appointment_id=booked, actor=SYSTEM, now=ends_at - timedelta(seconds=1))
    assert list_missed(now=ends_at) == [booked]
    assert [mark_missed(appointment_id=booked, actor=SYSTEM, now=ends_at) for _ in range(2)] == [True, False]
    assert (Appointment.objects.get().state, Slot.objects.get().taken) == ("NO_SHOW", 1)
    assert list_events(subject_id=str(booked))[-1].kind == "appointments.no_show"
    assert list_missed(now=ends_at) == []


def test_the_third_missed_place_closes_the_app_and_nothing_else():
    booker, other = make_booker(), make_booker()
    for _ in range(2):
        miss(booker)
    booker.book(make_slot().pk)
    miss(booker)
    (block,) = list_blocks(person_ids=[booker.person_id, other.person_id], now=LATER)
    assert (block.person_id, block.missed, block.until) == (booker.person_id, 3, LATER + BLOCKED_FOR)
    slot = make_slot(starts_at=TEN + timedelta(days=1))
    facts: dict[str, Any] = {"person_id": booker.person_id, "now": TEN}
    for channel in (Channel.APP, Channel.MINI):
        with pytest.raises(BookingBlocked) as refused:
            hold(slot_id=slot.pk, token_hash=booker.token_hash, channel=channel, **facts)
        assert refused.value.facts == {"until": "2026-12-25"}
    slot.refresh_from_db()
    assert slot.taken == 0
    book_at_desk(slot_id=slot.pk, actor=SYSTEM, **facts)
    booker.hold(make_slot(service_type="EMERGENCY").pk)
    other.hold(make_slot().pk)
    assert list_blocks(person_ids=[booker.person_id], now=LATER + BLOCKED_FOR) == []


def test_what_was_missed_long_ago_in_an_emergency_or_booked_by_the_window_does_not_count():
    booker = make_booker()
    miss(booker)
    miss(booker, service_type="EMERGENCY")
    slot = make_slot()
    booked = book_at_desk(slot_id=slot.pk, person_id=booker.person_id, actor=SYSTEM, now=TEN)
    mark_missed(appointment_id=booked, actor=SYSTEM, now=LATER)
    miss(booker)
    Appointment.objects.filter(channel="APP").update(ended_at=LATER - MISSED_WITHIN)
    for _ in range(2):
        miss(booker)
    assert not BookingBlock.objects.exists()


def test_the_desk_lifts_a_block_with_a_reason_and_each_place_counts_once():
    booker = make_booker()
    for _ in range(3):
        miss(booker)
    (block,) = list_blocks(person_ids=[booker.person_id], now=LATER)
    registrar = make_staff(Role.REGISTRAR)
    lift = partial(lift_block, block_id=block.id, now=LATER)
    for actor, reason in ((make_staff(Role.DOCTOR), "ill"), (booker.actor, "ill"), (registrar, " ")):
        with pytest.raises(NotBlockKeeper):
            lift(actor=actor, reason=reason)
    lift(actor=registrar, reason="was in hospital")
    with pytest.raises(UnknownBlock):
        lift(actor=registrar, reason="again")
    row = BookingBlock.objects.get()
    assert (row.lifted_by, row.lift_reason) == (registrar.id, "was in hospital")
    booker.book(make_slot().pk)
    later = LATER + timedelta(hours=1)
    miss(booker, now=later)
    assert list_blocks(person_ids=[booker.person_id], now=later) == []
    for _ in range(2):
        miss(booker, now=later)
    assert len(list_blocks(person_ids=[booker.person_id], now=later)) == 1


def make_department_slots(count: int) -> list[Slot]:
    """Places in as many sessions of one department on one day."""
    slots = [make_slot() for _ in range(count)]
    first = RosterSession.objects.get(pk=slots[0].session_id)
    RosterSession.objects.filter(pk__in=[slot.session_id for slot in slots]).update(department=first.department_id)
    return slots


def test_a_person_has_so_many_places_in_a_department_and_on_a_day():
    booker, other = make_booker(), make_booker()
    slots = make_department_slots(MOST_IN_DEPARTMENT_A_DAY + 1)
    for slot in slots[:-1]:
        booker.hold(slot.pk)
    with pytest.raises(TooManyInDepartment):
        booker.hold(slots[-1].pk)
    other.hold(slots[-1].pk)
    Appointment.objects.update(state="BOOKED", booked_at=TEN, held_until=None, claim=None)
    for _ in range(MOST_A_DAY - MOST_IN_DEPARTMENT_A_DAY):
        booker.book(make_slot().pk)
        Appointment.objects.update(claim=None)
    with pytest.raises(TooManyThatDay):
        booker.hold(make_slot().pk)
    booker.hold(make_slot(service_type="EMERGENCY").pk)
    booker.hold(make_slot(starts_at=TEN + timedelta(days=1)).pk)


@pytest.mark.django_db(transaction=True)
def test_however_one_presses_no_more_than_the_limit_becomes_booked():
    booker = make_booker()
    slots = make_department_slots(MOST_IN_DEPARTMENT_A_DAY + 3)
    outcomes = run_together([partial(booker.hold, slot.pk) for slot in slots], threads=5)
    held = [each for each in outcomes if not isinstance(each, Exception)]
    confirm = partial(confirm_hold, actor=booker.actor, now=TEN)
    run_together([partial(confirm, appointment_id=each) for each in held], threads=5)
    assert Appointment.objects.filter(state="BOOKED").count() == MOST_IN_DEPARTMENT_A_DAY
