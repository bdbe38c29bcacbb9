"""The roster clerk adds and moves single sessions (A04, N12)."""

from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest

from hospital.encounters.tests.clinic import TEN, make_doctor
from hospital.kernel.clock import local_day
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.api import add_session, get_roster_session, list_roster, move_session, stop_session
from hospital.scheduling.errors import (
    DoctorHasSession,
    NotRosterClerk,
    RoomHasSession,
    SessionHasBookings,
    SessionOver,
    UnknownSession,
)
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import MONDAY, make_clerk, make_plan, make_room
from hospital.scheduling.tests.test_generation import HOLIDAY as REASON

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N12")]
TUESDAY = MONDAY + timedelta(days=1)


def week(campus: str = "IMC") -> list:
    return list_roster(campus_code=campus, first=MONDAY, last=MONDAY + timedelta(days=6))


def test_a_session_is_added_with_its_places():
    session_id = add_session(plan=make_plan(capacity=2), day=MONDAY, actor=make_clerk(), now=TEN)
    (card,) = week()
    assert (card.session.id, card.places, card.taken, card.stop_reason) == (session_id, 8, 0, None)
    with pytest.raises(UnknownSession):
        get_roster_session(campus_code="NORTH", session_id=session_id)


@pytest.mark.parametrize(("is_doctor", "refusal"), [(True, DoctorHasSession), (False, RoomHasSession)])
def test_a_doctor_or_room_that_is_taken_is_refused_with_what_is_in_the_way(is_doctor, refusal):
    room, (_, doctor) = make_room(), make_doctor()
    clerk = make_clerk()
    add_session(plan=make_plan(clinician=doctor, room_id=room), day=MONDAY, actor=clerk, now=TEN)
    second = make_plan(clinician=doctor) if is_doctor else make_plan(room_id=room)
    with pytest.raises(refusal) as refused:
        add_session(plan=second, day=MONDAY, actor=clerk, now=TEN)
    assert "2026-11-30 08:00–10:00" in str(refused.value)
    assert doctor.name.en in str(refused.value)
    assert RosterSession.objects.count() == 1


def test_an_unbooked_session_moves_with_its_places_and_stays_its_templates():
    session_id = make_session(starts_at=TEN + timedelta(days=5), places=2)
    Slot.objects.filter(session_id=session_id).update(pool="APP", opens_at=TEN, folds_back_at=TEN + timedelta(days=4))
    row = RosterSession.objects.get()
    moved = move_session(
        session_id=session_id,
        clinician_id=row.clinician_id,
        room_id=make_room(),
        day=TUESDAY,
        starts=time(14),
        actor=make_clerk(),
        now=TEN,
    )
    (card,) = week()
    assert (card.session.id, card.session.held_on, card.session.part, card.places) == (moved, TUESDAY, "PM", 2)
    places = list(Slot.objects.filter(session_id=moved).order_by("number"))
    assert [(each.pool, each.opens_at) for each in places] == [("APP", TEN + timedelta(days=1))] * 2
    assert places[0].starts_at == card.session.starts_at


def test_a_booked_session_takes_another_room_and_nothing_else():
    session_id, room, clerk = make_session(starts_at=TEN + timedelta(days=5)), make_room(), make_clerk()
    Slot.objects.filter(session_id=session_id, number=1).update(taken=1)
    row = RosterSession.objects.get()
    move = partial(move_session, session_id=session_id, room_id=room, actor=clerk, now=TEN)
    same: dict[str, Any] = {"clinician_id": row.clinician_id, "day": row.held_on, "starts": time(10)}
    changes: list[dict[str, Any]] = [
        {"day": TUESDAY},
        {"starts": time(11)},
        {"clinician_id": make_doctor()[1].id},
    ]
    for change in changes:
        with pytest.raises(SessionHasBookings):
            move(**same | change)
    assert move(**same) == session_id
    assert RosterSession.objects.get().room_id == room


def test_what_is_over_stopped_or_anothers_is_not_moved():
    session_id, clerk = make_session(), make_clerk()
    row = RosterSession.objects.get()
    move = partial(
        move_session, session_id=session_id, clinician_id=row.clinician_id, room_id=None, starts=time(11), actor=clerk
    )
    with pytest.raises(NotRosterClerk):
        move(day=MONDAY, now=TEN, actor=make_clerk("NORTH"))
    with pytest.raises(SessionOver):
        move(day=local_day(TEN) - timedelta(days=1), now=TEN)
    with pytest.raises(SessionOver):
        move(day=MONDAY, now=TEN + timedelta(days=1))
    stop_session(session_id=session_id, reason=REASON, actor=clerk, now=TEN)
    with pytest.raises(SessionOver):
        move(day=MONDAY, now=TEN)
    assert RosterSession.objects.count() == 1


def test_the_week_is_one_statement_however_many_sessions(django_assert_num_queries):
    clerk = make_clerk()
    for weekday in range(3):
        add_session(plan=make_plan(), day=MONDAY + timedelta(days=weekday), actor=clerk, now=TEN)
    with django_assert_num_queries(1):
        assert len(week()) == 3


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_give_a_room_to_one_session():
    room, clerk = make_room(), make_clerk()
    works = [partial(add_session, plan=make_plan(room_id=room), day=MONDAY, actor=clerk, now=TEN) for _ in range(3)]
    outcomes = run_together(works)
    assert sum(isinstance(each, RoomHasSession) for each in outcomes) == 2
