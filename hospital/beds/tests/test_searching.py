"""The earliest suitable bed over all campuses, against the obvious way to find it (N12)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hospital.beds.api import find_beds
from hospital.beds.models import Bed, BedStay
from hospital.beds.states import TAKING, StayState
from hospital.beds.tests.factories import make_bed, make_room, make_ward
from hospital.beds.types import AHEAD, BedKind, BedWanted
from hospital.encounters.tests.clinic import TEN, make_campus, make_person
from hospital.kernel.clock import local_day

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N12")]
TODAY = local_day(TEN)
WANTED = BedWanted(sex="F", from_day=TODAY, nights=3)


def take(bed, *, day=0, nights=3, sex="F"):
    """Somebody has the bed."""
    return BedStay.objects.create(
        bed=bed,
        room=bed.room,
        person=make_person(sex=sex) if sex else None,
        sex=sex,
        starts_on=TODAY + timedelta(days=day),
        ends_on=TODAY + timedelta(days=day + nights),
        state=StayState.RESERVED if sex else StayState.CLOSED,
        reason="" if sex else "leak",
        booked_by="test",
        created_at=TEN,
    )


def days_of(offers):
    return {each.bed.id: (each.day - TODAY).days for each in offers}


def test_the_earliest_day_comes_first_then_the_nearer_campus():
    for code in ("IMC", "NORTH", "SOUTH"):
        make_campus(code)
    here, north, south = make_bed("IMC"), make_bed("NORTH"), make_bed("SOUTH")
    take(here, nights=2)
    offers = find_beds(wanted=replace(WANTED, near=("IMC", "SOUTH", "NORTH")))
    assert [(each.bed.id, (each.day - TODAY).days) for each in offers] == [(south.id, 0), (north.id, 0), (here.id, 2)]
    only = find_beds(wanted=replace(WANTED, campuses=frozenset({"IMC"})))
    assert days_of(only) == {here.id: 2}


def test_kind_and_specialty_are_kept_and_the_specialtys_own_ward_goes_first():
    general, heart, child = make_ward(), make_ward(specialties=["CARD"]), make_ward(specialties=["PED"])
    (suite,) = make_room(general, kind=BedKind.SUITE)
    (single,) = make_room(general)
    (own,) = make_room(heart)
    make_room(child)
    offers = find_beds(wanted=replace(WANTED, specialty="CARD"))
    assert [(each.bed.id, each.is_own) for each in offers] == [(own.id, True), (suite.id, False), (single.id, False)]
    assert days_of(find_beds(wanted=replace(WANTED, kinds=frozenset({BedKind.SUITE})))) == {suite.id: 0}


def test_nobody_is_offered_a_room_with_the_other_sex():
    left, right = make_room(beds=2, kind=BedKind.DOUBLE)
    take(left, nights=5, sex="M")
    take(right, day=6, nights=2, sex="M")
    assert days_of(find_beds(wanted=WANTED)) == {left.id: 8, right.id: 8}
    assert days_of(find_beds(wanted=replace(WANTED, nights=1))) == {left.id: 5, right.id: 5}
    assert days_of(find_beds(wanted=replace(WANTED, sex="M"))) == {left.id: 5, right.id: 0}


def test_more_beds_and_stays_cost_no_more_statements(django_assert_num_queries):
    make_bed()
    with django_assert_num_queries(2):
        find_beds(wanted=WANTED)
    for number in range(6):
        take(make_bed(), day=number)
    with django_assert_num_queries(2):
        find_beds(wanted=WANTED)


STAYS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 6), st.sampled_from(["F", "M", ""])), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(stays=STAYS, nights=st.integers(1, 5), sex=st.sampled_from(["F", "M"]))
def test_it_finds_what_trying_every_day_finds(stays, nights, sex):
    BedStay.objects.all().delete()
    beds = list(Bed.objects.order_by("pk"))
    beds = beds or [*make_room(beds=2, kind=BedKind.DOUBLE), make_bed(), make_bed("SOUTH")]
    for number, day, length, who in stays:
        if not _clashes(beds[number], day, length, who):
            take(beds[number], day=day, nights=length, sex=who)
    expected = {bed.id: next(day for day in range(AHEAD) if not _clashes(bed, day, nights, sex)) for bed in beds}
    assert days_of(find_beds(wanted=replace(WANTED, nights=nights, sex=sex))) == expected


def _clashes(bed, day, nights, sex):
    first, last = TODAY + timedelta(days=day), TODAY + timedelta(days=day + nights)
    for row in BedStay.objects.filter(state__in=TAKING, starts_on__lt=last, ends_on__gt=first):
        if row.bed_id == bed.id or (row.room_id == bed.room_id and sex and row.sex not in ("", sex)):
            return True
    return False
