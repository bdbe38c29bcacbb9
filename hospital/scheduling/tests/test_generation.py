"""Sessions are opened ahead of time (A04, N12)."""

from datetime import time, timedelta
from functools import partial

import pytest

from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import TEN, make_doctor
from hospital.kernel.actors import system_actor
from hospital.kernel.tests.threads import run_together
from hospital.kernel.types import BilingualText
from hospital.scheduling.api import add_day_rule, generate_sessions, list_conflicts, preview_generation
from hospital.scheduling.errors import CalendarDayTaken, NotRosterClerk
from hospital.scheduling.models import CalendarDay, RosterSession, Slot
from hospital.scheduling.tests.roster_factories import MONDAY, make_clerk, make_plan, make_room, make_template
from hospital.scheduling.types import DayRule, Pool, TemplateShare

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N12")]
SUNDAY = MONDAY + timedelta(days=6)
WORKER = system_actor("generate_sessions")
HOLIDAY = BilingualText("元旦", "New Year's Day")


def generate(weeks: int = 1) -> int:
    """Opens so many weeks from the first Monday on."""
    return generate_sessions(first=MONDAY, last=MONDAY + timedelta(days=7 * weeks - 1), actor=WORKER, now=TEN)


def test_a_session_is_opened_on_its_weekday_once():
    template = make_template(plan=make_plan(room_id=make_room()))
    assert generate(weeks=2) == 2
    sessions = list(RosterSession.objects.order_by("held_on"))
    assert [row.held_on for row in sessions] == [MONDAY, MONDAY + timedelta(days=7)]
    assert all(row.template_id == template.id and row.planned_on == row.held_on for row in sessions)
    assert [place.number for place in Slot.objects.filter(session=sessions[0]).order_by("number")] == [1, 2, 3, 4]
    assert generate(weeks=2) == 0
    assert (RosterSession.objects.count(), Slot.objects.count()) == (2, 8)


def test_places_are_dealt_to_the_pools_of_the_template():
    shares = (TemplateShare(pool=Pool.APP, places=2, opens_days=14, folds_days=1),)
    make_template(plan=make_plan(shares=shares))
    generate()
    pools = list(Slot.objects.order_by("number").values_list("pool", flat=True))
    assert sorted(pools) == ["APP", "APP", "OPEN", "OPEN"]
    assert pools not in (["APP", "APP", "OPEN", "OPEN"], ["OPEN", "OPEN", "APP", "APP"])


def test_nobody_sits_on_a_holiday_but_who_takes_none():
    emergency = make_template(plan=make_plan(), is_held_on_holidays=True)
    make_template(plan=make_plan())
    CalendarDay.objects.create(day=MONDAY, name_zh="元旦", name_en="New Year's Day")
    assert generate() == 1
    assert RosterSession.objects.get().template_id == emergency.id


def test_a_swapped_day_works_as_another_weekday():
    make_template()
    CalendarDay.objects.create(day=SUNDAY, as_weekday=1, name_zh="调休", name_en="Working day", campus_id="IMC")
    assert generate() == 2
    assert set(RosterSession.objects.values_list("held_on", flat=True)) == {MONDAY, SUNDAY}


@pytest.mark.parametrize("is_doctor", [True, False])
def test_what_cannot_be_opened_is_listed_with_what_is_in_its_way(is_doctor):
    _, doctor = make_doctor()
    room = make_room()
    make_template(weekday=1, plan=make_plan(clinician=doctor, room_id=room))
    generate()
    other = doctor if is_doctor else Clinician.objects.get(pk=make_doctor()[1].pk)
    late = make_plan(clinician=other, room_id=None if is_doctor else room, starts=time(9), ends=time(11))
    make_template(weekday=2, plan=late)
    make_template(weekday=3)
    CalendarDay.objects.create(day=MONDAY, as_weekday=2, name_zh="调休", name_en="Working day")
    days = preview_generation(first=MONDAY, last=SUNDAY, campus_code="IMC")
    assert [(day.standing, day.to_open, day.conflicts) for day in days[:4]] == [
        (0, 0, 1),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 0),
    ]
    assert generate() == 2
    (conflict,) = list_conflicts(first=MONDAY, last=SUNDAY, campus_code="IMC")
    assert (conflict.planned.held_on, conflict.is_doctor, conflict.other.clinician_id) == (MONDAY, is_doctor, doctor.id)
    RosterSession.objects.filter(held_on=MONDAY).update(is_stopped=True)
    assert generate() == 1
    assert not list_conflicts(first=MONDAY, last=SUNDAY, campus_code="IMC")


def test_only_the_clerk_of_the_campus_opens_and_marks_days():
    make_template()
    rule = DayRule(day=MONDAY, campus_code="IMC", name=HOLIDAY)
    for actor in (make_clerk("NORTH"), make_doctor()[0]):
        with pytest.raises(NotRosterClerk):
            generate_sessions(first=MONDAY, last=SUNDAY, campus_code="IMC", actor=actor, now=TEN)
        with pytest.raises(NotRosterClerk):
            add_day_rule(rule=rule, actor=actor, now=TEN)
    assert not RosterSession.objects.exists()
    clerk = make_clerk()
    add_day_rule(rule=rule, actor=clerk, now=TEN)
    with pytest.raises(CalendarDayTaken):
        add_day_rule(rule=rule, actor=clerk, now=TEN)
    assert generate_sessions(first=MONDAY, last=SUNDAY, campus_code="IMC", actor=clerk, now=TEN) == 0


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_each_session_once():
    for weekday in (1, 2, 3):
        make_template(weekday=weekday)
    outcomes = run_together([partial(generate, 2)] * 3)
    assert sum(outcomes) == 6
    assert (RosterSession.objects.count(), Slot.objects.count()) == (6, 24)
