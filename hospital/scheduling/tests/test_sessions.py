"""Roster sessions and their places (A04, N12)."""

import json
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError

from hospital.encounters.tests.clinic import TEN, make_doctor
from hospital.kernel.clock import local_day
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.api import get_session, list_sessions, list_slots_by_id, read_slots_json, release_place
from hospital.scheduling.errors import ClinicianBusy, NoPlaceInSession, UnknownSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
HOUR = timedelta(hours=1)
TODAY = local_day(TEN)


def test_a_session_has_a_place_every_ten_minutes():
    session_id = make_session(places=3, capacity=2)
    places = Slot.objects.filter(session_id=session_id).order_by("number")
    assert [(place.number, place.starts_at, place.capacity, place.taken) for place in places] == [
        (number, TEN + HOUR + timedelta(minutes=10 * (number - 1)), 2, 0) for number in (1, 2, 3)
    ]
    assert get_session(session_id=session_id, now=TEN).free == 6


def test_a_doctor_sits_in_one_place_at_a_time():
    _, clinician = make_doctor()
    make_session(clinician_id=clinician.id, places=6)
    sessions = RosterSession.objects.count()
    for starts_at in (TEN + HOUR, TEN + 1.5 * HOUR, TEN + HOUR - timedelta(minutes=50)):
        with pytest.raises(ClinicianBusy):
            make_session(clinician_id=clinician.id, places=6, starts_at=starts_at, campus="NORTH")
    assert (RosterSession.objects.count(), Slot.objects.count()) == (sessions, 6)
    make_session(clinician_id=clinician.id, starts_at=TEN + 2 * HOUR)  # begins when the first ends
    RosterSession.objects.update(is_stopped=True)
    make_session(clinician_id=clinician.id, places=6)  # a stopped session stands in nobody's way


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_rosters_at_once_do_not_put_a_doctor_in_two_places():
    _, clinician = make_doctor()
    outcomes = run_together([partial(make_session, clinician_id=clinician.id)] * 4)
    assert sum(isinstance(outcome, ClinicianBusy) for outcome in outcomes) == 3
    assert (RosterSession.objects.count(), Slot.objects.count()) == (1, 3)


def test_a_session_without_room_for_a_place_is_refused():
    for places, capacity in ((0, 1), (1, 0)):
        with pytest.raises(NoPlaceInSession):
            make_session(places=places, capacity=capacity)
    assert not RosterSession.objects.exists()


def test_the_list_counts_what_can_still_be_booked(django_assert_num_queries):
    session_id = make_session(places=3)
    Slot.objects.filter(session_id=session_id, number=3).update(taken=1)
    for _ in range(3):
        make_session()
    with django_assert_num_queries(1):
        cards = list_sessions(now=TEN, first=TODAY, last=TODAY)
    assert {card.id: card.free for card in cards}[session_id] == 2
    assert len(cards) == 4
    begun = TEN + HOUR + timedelta(minutes=5)
    assert get_session(session_id=session_id, now=begun).free == 1


def test_the_list_leaves_out_what_is_over_stopped_or_on_another_day():
    session_id = make_session(places=3)
    listed = partial(list_sessions, first=TODAY, last=TODAY)
    assert listed(now=TEN + HOUR + timedelta(minutes=30)) == []
    tomorrow = TODAY + timedelta(days=1)
    assert list_sessions(now=TEN, first=tomorrow, last=tomorrow) == []
    (card,) = listed(now=TEN)
    assert listed(now=TEN, clinician_id=card.clinician_id, department_id=card.department_id, campus_code="IMC") == [
        card
    ]
    assert listed(now=TEN, campus_code="NORTH") == listed(now=TEN, clinician_id=uuid4()) == []
    RosterSession.objects.filter(pk=session_id).update(is_stopped=True)
    assert listed(now=TEN) == []


def test_an_unknown_session_is_refused_by_name():
    with pytest.raises(UnknownSession):
        get_session(session_id=uuid4(), now=TEN)


def test_the_hot_list_is_one_statement_and_shows_future_places(django_assert_num_queries):
    session_id = make_session(places=3)
    first, second, third = Slot.objects.filter(session_id=session_id).order_by("number")
    Slot.objects.filter(pk=second.id).update(taken=1)
    with django_assert_num_queries(1):
        text = read_slots_json(session_id=session_id, now=first.starts_at)
    places = json.loads(text)
    assert [(place["id"], place["number"], place["free"]) for place in places] == [(second.id, 2, 0), (third.id, 3, 1)]
    assert places[0]["starts_at"] == second.starts_at.isoformat()
    RosterSession.objects.update(is_stopped=True)
    assert read_slots_json(session_id=session_id, now=TEN) == read_slots_json(session_id=uuid4(), now=TEN) == "[]"


def test_a_place_that_nobody_has_is_not_given_back():
    slot = make_slot()
    release_place(slot_id=slot.id, now=TEN)
    slot.refresh_from_db()
    assert slot.taken == 0
    with pytest.raises(IntegrityError):
        Slot.objects.filter(pk=slot.id).update(taken=-1)


def test_places_are_read_together_in_one_statement(django_assert_num_queries):
    slots = [make_slot() for _ in range(3)]
    with django_assert_num_queries(1):
        cards = list_slots_by_id(slot_ids=[slot.id for slot in slots])
    assert [cards[slot.id].session.campus_code for slot in slots] == ["IMC"] * 3
