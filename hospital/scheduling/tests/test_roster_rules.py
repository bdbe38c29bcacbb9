"""Which sessions the templates ask for, against a simple model (A04, N12)."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.scheduling.pools import deal_places
from hospital.scheduling.roster_rules import count_numbers, date_shares, place_plan, plan_sessions
from hospital.scheduling.types import DayRule, Pool, SessionPlan, Template, TemplateShare

pytestmark = pytest.mark.requirement("A04", "N12")
MONDAY = date(2026, 11, 30)
CAMPUSES = ("IMC", "NORTH")
days = st.integers(0, 20).map(lambda each: MONDAY + timedelta(days=each))
names = st.just(BilingualText("节", "Holiday"))


def _plan(campus: str) -> SessionPlan:
    return SessionPlan(
        clinician_id=UUID(int=1), department_id=UUID(int=2), campus_code=campus, room_id=None, part="AM",
        starts=time(8, 30), ends=time(11, 50), service_type="INTL", service_line="INTL",
        registration_item_code="REG", minutes=20,
    )  # fmt: skip


templates = st.lists(
    st.builds(
        Template,
        id=st.uuids(),
        weekday=st.integers(1, 7),
        plan=st.sampled_from(CAMPUSES).map(_plan),
        is_held_on_holidays=st.booleans(),
        valid_from=days,
        valid_until=st.none() | days.map(lambda day: day + timedelta(days=20)),
    ),
    max_size=6,
)
rules = st.lists(
    st.builds(
        DayRule,
        day=days,
        campus_code=st.sampled_from(("", *CAMPUSES)),
        as_weekday=st.none() | st.integers(1, 7),
        name=names,
    ),
    max_size=8,
    unique_by=lambda rule: (rule.day, rule.campus_code),
)


@given(templates=templates, rules=rules)
def test_a_session_comes_of_a_template_exactly_on_the_days_it_is_held(templates, rules):
    said = {(rule.day, rule.campus_code): rule for rule in rules}
    expected = set()
    for offset in range(21):
        day = MONDAY + timedelta(days=offset)
        for each in templates:
            if not each.valid_from <= day <= (each.valid_until or date.max):
                continue
            rule = said.get((day, each.plan.campus_code)) or said.get((day, ""))
            worked = day.isoweekday() if rule is None or each.is_held_on_holidays else None
            if rule is not None and rule.as_weekday is not None:
                worked = rule.as_weekday
            if worked == each.weekday:
                expected.add((each.id, day))
    planned = plan_sessions(templates=templates, rules=rules, first=MONDAY, last=MONDAY + timedelta(days=20))
    assert {(each.template_id, each.held_on) for each in planned} == expected
    assert len(planned) == len(expected)


shares = st.lists(
    st.builds(
        TemplateShare,
        pool=st.sampled_from(Pool),
        places=st.integers(0, 12),
        opens_days=st.none() | st.integers(1, 30),
        folds_days=st.none() | st.integers(0, 1),
    ),
    max_size=4,
)


@given(shares=shares, count=st.integers(1, 30))
def test_every_number_of_a_session_is_in_one_pool_however_many_the_template_names(shares, count):
    dated = date_shares(shares, day=MONDAY, count=count)
    assert sum(share.places for share in dated) == (count if shares else 0)
    assert len(deal_places(shares=dated, count=count)) == count


def test_a_share_opens_so_many_days_before_at_the_hospitals_time():
    share = TemplateShare(
        pool=Pool.APP, places=2, opens_days=14, opens_clock=time(7, 30), folds_days=1, folds_clock=time(17)
    )
    app, rest = date_shares([share], day=MONDAY, count=5)
    assert (app.pool, app.places, rest.pool, rest.places) == (Pool.APP, 2, Pool.OPEN, 3)
    assert app.opens_at == datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert app.folds_back_at == datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def test_a_plan_is_placed_at_guangzhous_hours():
    placed = place_plan(_plan("IMC"), day=MONDAY)
    assert placed.starts_at == datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    assert count_numbers(placed.plan) == 10
