"""Whatever happens in whatever order, supply and demand are what a simple model says (A04, N01).

The model knows places, who has them, and who waits. It says of every step whether it is allowed and what becomes of
the place; after each step the database must say the same: nothing oversold, nothing lost, pools as they were dealt.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hospital.accounts.models import PatientSession
from hospital.appointments.api import (
    book_at_desk,
    book_extra_at_desk,
    call_off_appointment,
    cancel_appointment,
    change_place,
    confirm_hold,
    expire_holds,
    join_session_waitlist,
    leave_waitlist,
    list_bookings_of_session,
    offer_returning_places,
    release_hold,
)
from hospital.appointments.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    HoldExpired,
    PlacesLeft,
    WaitOver,
)
from hospital.appointments.models import Appointment, WaitlistEntry
from hospital.appointments.rules import OFFER_LIFE, compute_offer_until
from hospital.appointments.tests.factories import Booker, hold, make_booker
from hospital.appointments.tests.simple_model import OWN, Booking, Model, Place
from hospital.encounters.tests.clinic import TEN, make_doctor
from hospital.kernel.actors import system_actor
from hospital.kernel.errors import Refusal
from hospital.scheduling.api import substitute_clinician
from hospital.scheduling.errors import SessionOver
from hospital.scheduling.models import ExtraPlace, RosterSession, Slot
from hospital.scheduling.places import RETURN_WITHIN
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.types import Channel, Pool, PoolShare

SYSTEM = system_actor("test")
STARTS = TEN + timedelta(days=2)
HOUR = timedelta(hours=1)
PLACES = 3
PEOPLE = 5
HOLD = timedelta(minutes=15)
SHARES = [
    PoolShare(Pool.OPEN, 1),
    PoolShare(Pool.APP, 1, opens_at=TEN + HOUR / 10),
    PoolShare(Pool.WINDOW, 1, folds_back_at=TEN + HOUR / 3),
]


class SupplyAndDemand(RuleBasedStateMachine):
    """The steps. People and places are numbers from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = TEN
        self.model = Model()

    def teardown(self) -> None:
        """Nothing of an example is seen by the next."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(is_busy=st.booleans())
    def open(self, is_busy: bool) -> None:
        """A session of three places, one of each pool, and five people; before the release or when all want it."""
        self.session_id = make_session(places=PLACES, starts_at=STARTS, shares=SHARES)
        self.slots = list(Slot.objects.filter(session_id=self.session_id).order_by("number"))
        self.model.places = {
            slot.pk: Place(slot.pk, slot.pool, slot.opens_at, slot.folds_back_at) for slot in self.slots
        }
        planned = RosterSession.objects.get(pk=self.session_id).clinician_id
        self.doctors = [make_doctor(campus="IMC")[1].id, planned]
        self.people: list[Booker] = [make_booker() for _ in range(PEOPLE)]
        PatientSession.objects.update(expires_at=STARTS, ends_at=STARTS)
        if is_busy:
            self.now = TEN + HOUR / 2
            self.rush()

    def attempt(self, expected: type[Refusal] | None, act: Any) -> Any:
        """Does it; it must be refused exactly as expected."""
        found: type[Refusal] | None
        try:
            with transaction.atomic():
                done = act()
        except Refusal as refusal:
            done, found = None, type(refusal)
        else:
            found = None
        assert found is expected
        return done

    def gave_back(self, booking: Booking, outcome: str) -> None:
        """What the model expects once a booking has ended."""
        del self.model.bookings[booking.id]
        if booking.wait is not None and booking.held_until is not None:
            self.model.ended_waits[outcome] += 1
        if booking.place is not None:
            self.came_back(self.model.places[booking.place])

    def came_back(self, place: Place) -> None:
        slot = Slot.objects.get(pk=place.id)
        if place.hidden_until <= self.now:
            if not self.model.is_full_without(place, self.now):
                assert place.opens_at <= self.now
                return
            assert self.now < slot.opens_at <= self.now + RETURN_WITHIN
            place.hidden_until = slot.opens_at
        self.offer(place)

    def offer(self, place: Place) -> None:
        """The first who waits has it now, without an instant in between."""
        if self.model.is_stopped or not self.model.is_for(place, Channel.APP, self.now):
            return
        first = next(((wait, who) for wait, who in self.model.waiting.items() if not self.model.has_booking(who)), None)
        if first is None:
            return
        wait, person = first
        row = Appointment.objects.get(slot_id=place.id, state="HELD")
        assert row.person_id == self.people[person].person_id
        until = compute_offer_until(now=self.now, starts_at=STARTS)
        assert row.held_until == until >= self.now + OFFER_LIFE
        del self.model.waiting[wait]
        self.model.bookings[row.pk] = Booking(row.pk, person, place.id, until, wait)

    @rule(person=st.integers(0, PEOPLE - 1), number=st.integers(0, PLACES - 1), channel=st.sampled_from([*OWN]))
    def take(self, person: int, number: int, channel: Channel) -> None:
        """By the app, the mini program or at the window."""
        slot, booker = self.slots[number], self.people[person]
        expected = self.model.why_not(person, self.model.places[slot.pk], channel, self.now)
        facts: dict[str, Any] = {"slot_id": slot.pk, "person_id": booker.person_id, "now": self.now}
        if channel is Channel.WINDOW:
            booked = self.attempt(expected, lambda: book_at_desk(actor=SYSTEM, **facts))
            held_until = None
        else:
            held = self.attempt(expected, lambda: hold(token_hash=booker.token_hash, channel=channel, **facts))
            booked, held_until = (held.id, self.now + HOLD) if held else (None, None)
        if booked:
            self.model.bookings[booked] = Booking(booked, person, slot.pk, held_until)

    @rule()
    def rush(self) -> None:
        """Everybody asks the app for what is left, and who finds nothing waits."""
        for person in range(PEOPLE):
            places = enumerate(self.model.places.values())
            free = [n for n, place in places if not self.model.why_not(None, place, Channel.APP, self.now)]
            if free:
                self.take(person=person, number=free[0], channel=Channel.APP)
            else:
                self.wait(person=person)

    @precondition(lambda self: self.model.bookings)
    @rule(data=st.data(), how=st.sampled_from(["confirm", "cancel", "change"]))
    def act_on(self, data: st.DataObject, how: str) -> None:
        """Somebody confirms, gives back or moves what they have."""
        booking = data.draw(st.sampled_from(list(self.model.bookings.values())))
        booker = self.people[booking.person]
        if how == "confirm":
            is_over = booking.held_until is not None and booking.held_until <= self.now
            self.attempt(
                HoldExpired if is_over else None,
                lambda: confirm_hold(appointment_id=booking.id, actor=booker.actor, now=self.now),
            )
            if booking.held_until is not None and not is_over:
                self.model.ended_waits["BOOKED"] += booking.wait is not None
                booking.held_until = None
                for wait in [key for key, person in self.model.waiting.items() if person == booking.person]:
                    del self.model.waiting[wait]
                    self.model.ended_waits["LEFT"] += 1
        elif how == "cancel":
            if booking.held_until is not None:
                release_hold(appointment_id=booking.id, actor=booker.actor, now=self.now)
            else:
                cancel_appointment(appointment_id=booking.id, reason="", actor=booker.actor, now=self.now)
            self.gave_back(booking, "DECLINED")
        elif booking.held_until is None and booking.place is not None:
            number = data.draw(st.integers(0, PLACES - 1))
            self.move(booking, self.model.places[self.slots[number].pk])

    def move(self, booking: Booking, place: Place) -> None:
        """A patient moves their booking."""
        if place.id == booking.place:
            return
        row = Appointment.objects.get(pk=booking.id)
        channel = Channel(row.channel)
        expected = self.model.why_not(None, place, channel, self.now)
        actor = self.people[booking.person].actor
        self.attempt(
            expected,
            lambda: change_place(appointment_id=booking.id, slot_id=place.id, actor=actor, now=self.now),
        )
        if expected is None:
            old = self.model.places[booking.place] if booking.place else None
            booking.place = place.id
            if old is not None:
                self.came_back(old)

    @rule(minutes=st.sampled_from([1, 5, 16, 31]))
    def pass_time(self, minutes: int) -> None:
        """Time passes; what ran out goes back, in the order in which it ran out."""
        self.now += timedelta(minutes=minutes)

    @rule()
    def expire(self) -> None:
        """The task, however late."""
        while True:
            over = [each for each in self.model.bookings.values() if each.held_until and each.held_until <= self.now]
            assert expire_holds(actor=SYSTEM, now=self.now, limit=1) == bool(over)
            if not over:
                return
            ended = set(Appointment.objects.filter(state="EXPIRED").values_list("pk", flat=True))
            (booking,) = [each for each in over if each.id in ended]
            self.gave_back(booking, "EXPIRED")

    @rule(person=st.integers(0, PEOPLE - 1))
    def wait(self, person: int) -> None:
        """Somebody joins the waitlist."""
        booker, model = self.people[person], self.model
        left = [each for each in model.places.values() if not model.is_taken(each) and each.hidden_until <= self.now]
        can_come = [
            each for each in left if each.pool != "WINDOW" or (each.folds_at is not None and each.folds_at < STARTS)
        ]
        expected: type[Refusal] | None = None
        if model.is_stopped:
            expected = WaitOver
        elif can_come:
            expected = PlacesLeft
        elif model.has_booking(person):
            expected = AlreadyBooked
        elif person in model.waiting.values():
            expected = AlreadyWaiting
        entry = self.attempt(
            expected,
            lambda: join_session_waitlist(
                person_id=booker.person_id, session_id=self.session_id, actor=booker.actor, now=self.now
            ),
        )
        if entry:
            model.waiting[entry] = person
            self.now += timedelta(seconds=1)

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """Somebody waits no more."""
        entry = data.draw(st.sampled_from(list(self.model.waiting)))
        person = self.people[self.model.waiting.pop(entry)]
        assert leave_waitlist(entry_id=entry, actor=person.actor, now=self.now) is None
        self.model.ended_waits["LEFT"] += 1

    @rule()
    def tend(self) -> None:
        """The task offers what came back before anybody waited."""
        hidden = [
            each
            for each in self.model.places.values()
            if each.hidden_until > self.now and not self.model.is_taken(each)
        ]
        offer_returning_places(now=self.now)
        for place in sorted(hidden, key=lambda each: (each.hidden_until, each.id)):
            self.offer(place)

    @rule(person=st.integers(0, PEOPLE - 1))
    def give_extra(self, person: int) -> None:
        """The doctor's word for one patient, outside the limit."""
        person_id = self.people[person].person_id
        if self.model.has_booking(person) or self.model.is_stopped:
            return
        extra = ExtraPlace.objects.create(
            session_id=self.session_id,
            person_id=person_id,
            state="GRANTED",
            number=901 + ExtraPlace.objects.count(),
            asked_by="test",
            asked_at=self.now,
            decided_by="test",
            decided_at=self.now,
            expires_at=STARTS,
        )
        booked = book_extra_at_desk(extra_id=extra.pk, person_id=person_id, actor=SYSTEM, now=self.now)
        self.model.bookings[booked] = Booking(booked, person, None, None)

    @rule()
    def substitute(self) -> None:
        """Another doctor takes the session, or the planned one after all: nobody's place or turn changes."""
        doctor = self.doctors[0]
        expected = SessionOver if self.model.is_stopped else None
        changed = self.attempt(
            expected,
            lambda: substitute_clinician(session_id=self.session_id, clinician_id=doctor, actor=SYSTEM, now=self.now),
        )
        if changed:
            self.doctors.reverse()

    @precondition(lambda self: self.now > TEN + HOUR)
    @rule()
    def stop(self) -> None:
        """The session is called off: nothing is given out any more."""
        RosterSession.objects.filter(pk=self.session_id).update(is_stopped=True)
        self.model.is_stopped = True

    @precondition(lambda self: self.model.is_stopped)
    @rule()
    def call_off(self) -> None:
        """Everybody who had a place is told; no place goes to who waits."""
        for booked in list_bookings_of_session(session_id=self.session_id):
            assert call_off_appointment(appointment_id=booked, reason="ill", actor=SYSTEM, now=self.now)
            self.gave_back(self.model.bookings[booked], "DECLINED")
        assert not self.model.bookings

    @invariant()
    def every_place_is_accounted_for(self) -> None:
        """The database says of every place what the model says."""
        if not self.model.places:
            return
        living = Appointment.objects.filter(state__in=["HELD", "BOOKED", "TAKEN"])
        assert {row.pk: row.slot_id for row in living if row.pk in self.model.bookings} == {
            row.pk: row.slot_id for row in living
        }
        assert len(living) == len(self.model.bookings)
        for slot in Slot.objects.filter(session_id=self.session_id):
            count = sum(row.slot_id == slot.pk for row in living)
            assert slot.taken == count <= slot.capacity
            if not slot.is_extra:
                place = self.model.places[slot.pk]
                assert self.model.is_taken(place) == bool(slot.taken)
                assert slot.pool == place.pool
        numbered = Slot.objects.filter(session_id=self.session_id, is_extra=False).values_list("pool", "capacity")
        assert Counter({"OPEN": 1, "APP": 1, "WINDOW": 1}) == sum(
            (Counter({pool: capacity}) for pool, capacity in numbered), Counter()
        )
        states = Counter(WaitlistEntry.objects.values_list("state", flat=True))
        offered = sum(each.wait is not None and each.held_until is not None for each in self.model.bookings.values())
        assert +states == +(self.model.ended_waits + Counter({"WAITING": len(self.model.waiting), "OFFERED": offered}))


@pytest.mark.django_db
@pytest.mark.requirement("A04", "N01", "N12")
def test_supply_and_demand_are_what_a_simple_model_says(monkeypatch):
    monkeypatch.setattr("hospital.scheduling.places.randbelow", lambda seconds: seconds // 2)  # the same when replayed
    run_state_machine_as_test(
        SupplyAndDemand,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
