"""A place that comes back is offered to those who wait, in their order, and to nobody else meanwhile (A04, W22)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.appointments.api import (
    cancel_appointment,
    close_waits,
    confirm_hold,
    expire_holds,
    get_wait,
    join_doctor_waitlist,
    join_session_waitlist,
    leave_waitlist,
    list_waits,
    offer_returning_places,
    release_hold,
)
from hospital.appointments.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    PlacesLeft,
    SlotFull,
    TooManyWaits,
    UnknownWait,
    WaitOver,
)
from hospital.appointments.models import Appointment, WaitlistEntry
from hospital.appointments.rules import MOST_WAITS, OFFER_LIFE, compute_offer_until
from hospital.appointments.tests.factories import Booker, make_booker
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.events import list_events
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.types import Pool, PoolShare

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
TOMORROW = TEN + timedelta(days=1)
SYSTEM = system_actor("test")


def full_session(places: int = 1, **facts: Any) -> tuple[UUID, list[tuple[Booker, UUID]]]:
    """A session of tomorrow whose places are all booked, and by whom."""
    session_id = make_session(places=places, starts_at=TOMORROW, **facts)
    slots = Slot.objects.filter(session_id=session_id).order_by("number")
    return session_id, [(booker := make_booker(), booker.book(slot.pk)) for slot in slots]


def wait_for(session_id: UUID, *, now: datetime = TEN) -> tuple[Booker, UUID]:
    """A new patient who waits for the session."""
    booker = make_booker()
    entry = join_session_waitlist(person_id=booker.person_id, session_id=session_id, actor=booker.actor, now=now)
    return booker, entry


def give_back(booking: tuple[Booker, UUID], *, now: datetime = TEN) -> None:
    """Cancels a booking."""
    booker, appointment_id = booking
    cancel_appointment(appointment_id=appointment_id, reason="", actor=booker.actor, now=now)


def states() -> list[str]:
    """What became of everybody, in the order of joining."""
    return list(WaitlistEntry.objects.order_by("joined_at", "pk").values_list("state", flat=True))


def test_the_first_is_offered_the_place_and_nobody_else_can_take_it():
    session_id, (booking,) = full_session()
    first, entry = wait_for(session_id)
    wait_for(session_id, now=TEN + timedelta(seconds=1))
    give_back(booking)
    offer = Appointment.objects.get(person_id=first.person_id)
    assert (offer.state, offer.held_until, offer.account_id) == ("HELD", TEN + OFFER_LIFE, UUID(first.actor.id))
    assert states() == ["OFFERED", "WAITING"]
    card = get_wait(entry_id=entry)
    assert (card.appointment_id, card.offered_until, card.rank) == (offer.id, TEN + OFFER_LIFE, None)
    slot = Slot.objects.get()
    assert slot.taken == 1
    with pytest.raises(SlotFull):
        make_booker().hold(slot.pk, now=TEN + RETURN_WITHIN)
    assert [event.kind for event in list_events(subject_id=str(offer.id))] == ["appointments.offered"]
    confirm_hold(appointment_id=offer.id, actor=first.actor, now=TEN + RETURN_WITHIN)
    assert (states(), Slot.objects.get().taken) == (["BOOKED", "WAITING"], 1)


@pytest.mark.parametrize("how", ["lapses", "declined", "left"])
def test_an_offer_that_is_not_taken_goes_to_the_next_and_then_to_everybody(how):
    session_id, (booking,) = full_session()
    waiting = [wait_for(session_id, now=TEN + timedelta(seconds=number)) for number in range(2)]
    give_back(booking, now=TEN + timedelta(minutes=1))
    now = TEN + timedelta(minutes=1)
    for number, (booker, entry) in enumerate(waiting):
        offer = Appointment.objects.get(person_id=booker.person_id)
        assert states()[number] == "OFFERED"
        if how == "lapses":
            now += OFFER_LIFE
            assert expire_holds(actor=SYSTEM, now=now) == 1
        elif how == "left":
            assert leave_waitlist(entry_id=entry, actor=booker.actor, now=now) == offer.id
            release_hold(appointment_id=offer.id, actor=booker.actor, now=now)
        else:
            release_hold(appointment_id=offer.id, actor=booker.actor, now=now)
    assert states() == (["EXPIRED"] if how == "lapses" else ["DECLINED"]) * 2
    slot = Slot.objects.get()
    assert (slot.taken, slot.is_returning, slot.opens_at > now) == (0, True, True)
    assert not Appointment.objects.filter(state="HELD").exists()


def test_a_place_is_offered_only_where_the_session_is_full():
    session_id, (first, second) = full_session(places=2)
    booker, _ = wait_for(session_id)
    give_back(first)
    assert Appointment.objects.filter(person_id=booker.person_id, state="HELD").exists()
    other, _ = wait_for(session_id)
    Slot.objects.filter(session_id=session_id, number=1).update(taken=0, opens_at=TEN)
    give_back(second)
    assert not Appointment.objects.filter(person_id=other.person_id).exists()


def test_who_waits_for_a_doctor_is_offered_any_session_of_their_days():
    session_id, (booking,) = full_session()
    clinician_id = RosterSession.objects.get(pk=session_id).clinician_id
    join = partial(join_doctor_waitlist, clinician_id=clinician_id, now=TEN)
    late, in_time = make_booker(), make_booker()
    day = local_day(TOMORROW)
    join(person_id=late.person_id, first_on=day + timedelta(days=1), last_on=day + timedelta(days=3), actor=late.actor)
    join(person_id=in_time.person_id, first_on=day, last_on=day, actor=in_time.actor)
    give_back(booking)
    assert [row.person_id for row in Appointment.objects.filter(state="HELD")] == [in_time.person_id]
    with pytest.raises(WaitOver):
        join(person_id=late.person_id, first_on=day, last_on=local_day(TEN) - timedelta(days=1), actor=late.actor)
    with pytest.raises(WaitOver):
        join(person_id=late.person_id, first_on=day, last_on=day + timedelta(days=40), actor=late.actor)


def test_places_that_are_not_for_patients_are_not_offered_to_them():
    session_id, (booking,) = full_session()
    booker, _ = wait_for(session_id)
    Slot.objects.update(pool="VIP")
    give_back(booking)
    assert states() == ["WAITING"]
    Slot.objects.update(folds_back_at=TEN)
    assert offer_returning_places(now=TEN) == 1
    assert Appointment.objects.filter(person_id=booker.person_id, state="HELD").exists()


def test_the_task_offers_what_came_back_before_anybody_waited_and_runs_again_for_nothing():
    session_id, (booking,) = full_session()
    give_back(booking)
    wait_for(session_id)
    assert [offer_returning_places(now=TEN) for _ in range(2)] == [1, 0]
    assert states() == ["OFFERED"]


def test_who_may_not_wait_is_refused_by_name():
    session_id, ((booked, _),) = full_session()
    free = make_session(places=1, starts_at=TOMORROW)
    coming = make_session(
        places=1, starts_at=TOMORROW, shares=[PoolShare(Pool.APP, 1, opens_at=TEN + timedelta(hours=1))]
    )
    booker, entry = wait_for(session_id)
    join = partial(join_session_waitlist, now=TEN)
    cases: tuple[tuple[type[Refusal], dict[str, Any]], ...] = (
        (AlreadyBooked, {"person_id": booked.person_id, "session_id": session_id, "actor": booked.actor}),
        (AlreadyWaiting, {"person_id": booker.person_id, "session_id": session_id, "actor": booker.actor}),
        (PlacesLeft, {"person_id": booker.person_id, "session_id": free, "actor": booker.actor}),
        (PlacesLeft, {"person_id": booker.person_id, "session_id": coming, "actor": booker.actor}),
    )
    for refusal, facts in cases:
        with pytest.raises(refusal):
            join(**facts)
    RosterSession.objects.filter(pk=session_id).update(is_stopped=True)
    with pytest.raises(WaitOver):
        join(person_id=make_booker().person_id, session_id=session_id, actor=booker.actor)
    assert states() == ["WAITING"]
    for _ in range(2):
        assert leave_waitlist(entry_id=entry, actor=booker.actor, now=TEN) is None
    assert states() == ["LEFT"]


def test_a_person_waits_for_a_few_things_at_once():
    booker, day = make_booker(), local_day(TOMORROW)
    for number in range(MOST_WAITS + 1):
        clinician_id = RosterSession.objects.get(pk=make_session()).clinician_id
        join = partial(
            join_doctor_waitlist, clinician_id=clinician_id, first_on=day, last_on=day, actor=booker.actor, now=TEN
        )
        if number < MOST_WAITS:
            join(person_id=booker.person_id)
    with pytest.raises(TooManyWaits):
        join(person_id=booker.person_id)
    assert len(states()) == MOST_WAITS


def test_ones_place_in_the_line_counts_who_waits_for_the_same(django_assert_num_queries):
    session_id, _ = full_session()
    waiting = [wait_for(session_id, now=TEN + timedelta(seconds=number)) for number in range(3)]
    clinician_id, day = RosterSession.objects.get(pk=session_id).clinician_id, local_day(TOMORROW)
    booker = make_booker()
    facts: dict[str, Any] = {"person_id": booker.person_id, "clinician_id": clinician_id, "actor": booker.actor}
    join_doctor_waitlist(first_on=day, last_on=day, now=TEN + timedelta(seconds=5), **facts)
    people = [booker.person_id, *(each.person_id for each, _ in waiting)]
    with django_assert_num_queries(3):
        cards = list_waits(person_ids=people)
    assert [card.rank for card in cards] == [1, 2, 3, 4]
    leave_waitlist(entry_id=waiting[0][1], actor=waiting[0][0].actor, now=TEN)
    assert [card.rank for card in list_waits(person_ids=people)] == [1, 2, 3]


def test_who_got_a_place_another_way_is_not_offered_one():
    session_id, (booking, _) = full_session(places=2)
    booker, _ = wait_for(session_id)
    other, _ = wait_for(session_id, now=TEN + timedelta(seconds=1))
    Slot.objects.filter(session_id=session_id, number=2).update(capacity=2)
    booker.book(Slot.objects.get(session_id=session_id, number=2).pk)
    assert states() == ["LEFT", "WAITING"]
    give_back(booking)
    assert Appointment.objects.filter(person_id=other.person_id, state="HELD").exists()


def test_waiting_ends_with_what_was_waited_for():
    session_id, _ = full_session()
    over, _ = full_session()
    wait_for(session_id)
    wait_for(over)
    RosterSession.objects.filter(pk=over).update(is_stopped=True)
    assert [close_waits(now=TEN) for _ in range(2)] == [1, 0]
    assert sorted(states()) == ["EXPIRED", "WAITING"]
    assert close_waits(now=TOMORROW + timedelta(hours=1)) == 1


def test_an_unknown_wait_is_refused_by_name():
    for ask in (get_wait, partial(leave_waitlist, actor=SYSTEM, now=TEN)):
        with pytest.raises(UnknownWait):
            ask(entry_id=uuid4())


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)), st.integers(1, 3000))
def test_an_offer_is_open_half_an_hour_of_the_day(since, minutes):
    now = TEN + since
    until = compute_offer_until(now=now, starts_at=now + timedelta(minutes=minutes))
    assert now < until <= now + timedelta(minutes=minutes)
    if until < now + timedelta(minutes=minutes):
        hour = until.astimezone(SHANGHAI).hour
        assert until >= now + OFFER_LIFE
        assert 7 <= hour < 23


@pytest.mark.django_db(transaction=True)
def test_of_many_who_give_back_wait_and_poll_at_once_each_place_has_one():
    """Six places come back at once, four wait, and twelve others ask for them all the time."""
    session_id, bookings = full_session(places=6)
    waiting = [wait_for(session_id, now=TEN + timedelta(seconds=number)) for number in range(4)]
    slots = list(Slot.objects.filter(session_id=session_id).values_list("pk", flat=True))
    polling = [make_booker() for _ in range(12)]
    works: list[Any] = [partial(give_back, booking) for booking in bookings]
    works += [partial(offer_returning_places, now=TEN) for _ in range(3)]
    works += [partial(booker.hold, slots[number % 6]) for number, booker in enumerate(polling)]
    outcomes = run_together(works, threads=8)
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)} <= {SlotFull}
    offer_returning_places(now=TEN)
    held = Appointment.objects.filter(state="HELD")
    assert sum(slot.taken for slot in Slot.objects.all()) == held.count() <= 6
    assert states().count("OFFERED") == held.filter(person_id__in=[each.person_id for each, _ in waiting]).count()
