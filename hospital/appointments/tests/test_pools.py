"""A place is given to the channels for which it is kept, from its release on (A04, N01)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from hospital.appointments.api import book_at_desk, cancel_appointment, change_place, hold_at_machine
from hospital.appointments.errors import AlreadyBooked, KeptForOthers, NotReleased, SlotFull
from hospital.appointments.models import Appointment
from hospital.appointments.tests.factories import hold, make_booker
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.models import Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.types import Channel, Pool, PoolShare

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N01")]
SOON = timedelta(minutes=10)
TOMORROW = TEN + timedelta(days=1)
DESK = system_actor("test")


def make_place(pool: Pool, *, opens_at=TEN, folds_back_at=None) -> Slot:
    """The only place of a session, of a pool."""
    share = PoolShare(pool, 1, opens_at=opens_at, folds_back_at=folds_back_at)
    return Slot.objects.get(session_id=make_session(places=1, starts_at=TOMORROW, shares=[share]))


def take(slot: Slot, channel: Channel, now=TEN) -> None:
    """Takes the place by a channel."""
    booker = make_booker()
    facts: dict[str, Any] = {"slot_id": slot.pk, "person_id": booker.person_id, "now": now}
    if channel is Channel.WINDOW:
        book_at_desk(actor=DESK, **facts)
    elif channel is Channel.PARTNER:
        hold_at_machine(actor=DESK, **facts)
    else:
        hold(token_hash=booker.token_hash, channel=channel, **facts)


WAYS = (Channel.APP, Channel.MINI, Channel.WINDOW, Channel.PARTNER)
KEPT_FOR = {Channel.APP: Pool.APP, Channel.MINI: Pool.MINI, Channel.WINDOW: Pool.WINDOW, Channel.PARTNER: Pool.KIOSK}


@pytest.mark.parametrize("channel", WAYS)
def test_a_channel_takes_its_own_and_the_open_places_and_what_folded_back(channel):
    for pool in (KEPT_FOR[channel], Pool.OPEN):
        take(make_place(pool), channel)
    other = make_place(Pool.VIP, folds_back_at=TEN + SOON)
    with pytest.raises(KeptForOthers):
        take(other, channel)
    assert Appointment.objects.count() == 2
    take(other, channel, now=TEN + SOON)
    assert {each.channel for each in Appointment.objects.all()} == {channel.value}


@pytest.mark.parametrize("channel", WAYS)
def test_before_the_release_the_refusal_says_when_it_is(channel):
    slot = make_place(KEPT_FOR[channel], opens_at=TEN + SOON)
    with pytest.raises(NotReleased) as refused:
        take(slot, channel, now=TEN + SOON - timedelta(seconds=1))
    assert refused.value.facts == {"opens": "2026-11-25 10:10"}
    assert not Appointment.objects.exists()
    take(slot, channel, now=TEN + SOON)


def test_a_change_of_place_goes_to_the_pools_of_the_booking():
    kept, own, booker = make_place(Pool.MINI), make_place(Pool.APP), make_booker()
    booked = booker.book(make_place(Pool.OPEN).pk)
    change = partial(change_place, appointment_id=booked, actor=booker.actor, now=TEN)
    with pytest.raises(KeptForOthers):
        change(slot_id=kept.pk)
    change(slot_id=own.pk)
    assert Appointment.objects.get().slot_id == own.pk


def test_a_place_given_back_in_a_full_session_is_hidden_for_minutes_and_in_another_one_is_not():
    first, second = Slot.objects.filter(session_id=make_session(places=2, starts_at=TOMORROW)).order_by("number")
    booker, other = make_booker(), make_booker()
    give_back = partial(cancel_appointment, reason="", now=TEN)
    give_back(appointment_id=booker.book(first.pk), actor=booker.actor)
    kept = other.book(second.pk)
    again = booker.book(first.pk)  # there was another place: this one was free at once
    give_back(appointment_id=kept, actor=other.actor)
    second.refresh_from_db()
    assert (second.taken, second.is_returning) == (0, True)
    assert TEN < second.opens_at <= TEN + RETURN_WITHIN
    with pytest.raises(SlotFull):  # not when it comes back
        make_booker().hold(second.pk)
    make_booker().hold(second.pk, now=second.opens_at)
    second.refresh_from_db()
    give_back(appointment_id=again, actor=booker.actor)


def test_a_place_is_not_hidden_when_its_time_is_near():
    slot = Slot.objects.get(session_id=make_session(places=1, starts_at=TEN + RETURN_WITHIN))
    booker = make_booker()
    cancel_appointment(appointment_id=booker.book(slot.pk), reason="", actor=booker.actor, now=TEN)
    make_booker().hold(slot.pk)


def test_when_a_place_comes_back_cannot_be_guessed():
    slots = Slot.objects.filter(session_id=make_session(places=12, starts_at=TOMORROW)).order_by("number")
    bookers = [(booker := make_booker(), booker.book(slot.pk)) for slot in slots]
    for booker, booked in bookers:
        Slot.objects.filter(is_returning=True).update(taken=1)  # full again
        cancel_appointment(appointment_id=booked, reason="", actor=booker.actor, now=TEN)
    assert len(set(Slot.objects.filter(is_returning=True).values_list("opens_at", flat=True))) > 6


def test_a_change_within_a_session_says_why_the_place_is_not_given():
    shares = [PoolShare(Pool.OPEN, 1), PoolShare(Pool.VIP, 1), PoolShare(Pool.APP, 1, opens_at=TEN + SOON)]
    session_id = make_session(places=3, starts_at=TOMORROW, shares=shares)
    places = {slot.pool: slot.pk for slot in Slot.objects.filter(session_id=session_id)}
    booker = make_booker()
    booked = booker.book(places["OPEN"])
    for pool, refusal in (("VIP", KeptForOthers), ("APP", NotReleased)):
        with pytest.raises(refusal):
            change_place(appointment_id=booked, slot_id=places[pool], actor=booker.actor, now=TEN)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_a_release_gives_each_place_once_and_every_refusal_is_the_right_one():
    """Forty people want six places: one round comes too early, the next two at the release."""
    share = PoolShare(Pool.APP, 6, opens_at=TEN + SOON)
    slots = list(Slot.objects.filter(session_id=make_session(places=6, starts_at=TOMORROW, shares=[share])))
    bookers = [make_booker() for _ in range(40)]
    early = run_together([partial(booker.hold, slots[n % 6].pk) for n, booker in enumerate(bookers[:12])], threads=12)
    assert {type(outcome) for outcome in early} == {NotReleased}
    works = [
        partial(booker.hold, slots[(n + turn) % 6].pk, now=TEN + SOON)
        for turn in range(2)
        for n, booker in enumerate(bookers)
    ]
    outcomes = run_together(works, threads=16)
    refused = {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}
    assert refused <= {SlotFull, AlreadyBooked}
    assert Appointment.objects.values("person_id").distinct().count() == Appointment.objects.count() == 6
    assert [slot.taken for slot in Slot.objects.all()] == [1] * 6
