"""The bed desk: finding, reserving, moving, occupying, giving back, closing (N12)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.beds.models import BedStay
from hospital.beds.tests.factories import make_bed, make_room, make_ward
from hospital.beds.types import BedKind
from hospital.catalog.tests.factories import make_items, new_item
from hospital.encounters.tests.clinic import make_campus, make_person
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.patients.api import grant_care_relation
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N12")]
DESK = "/staff/beds/"


@pytest.fixture
def coordinator():
    """The browser of a coordinator of the campus."""
    make_campus("IMC")
    return open_desk(Role.COORDINATOR)


def today():
    return local_day(timezone.now())


def known(**facts):
    """Somebody in the care of the campus."""
    person = make_person(**facts)
    grant_care_relation(person_id=person.id, campus_code="IMC", source="test", now=timezone.now())
    return person


def asked(person, bed, **changes):
    return {"person": person.id, "bed": bed.id, "from": today().isoformat(), "nights": "3"} | changes


def reserve(desk, person, bed, **changes):
    answer = desk.post(f"{DESK}reserve/", asked(person, bed, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return BedStay.objects.get(person=person)


def act(desk, stay, name, **facts):
    stay.refresh_from_db()
    return desk.post(f"{DESK}stays/{stay.id}/{name}/", {"version": stay.version, **facts})


def test_the_desk_is_for_coordinators_and_nurses(coordinator):
    ward = make_ward()
    pages = ("", "wards/", f"wards/{ward.id}/", f"beds/{make_room(ward)[0].id}/close/")
    for page in pages:
        assert coordinator.get(DESK + page).status_code == 200
        assert open_desk(Role.NURSE).get(DESK + page).status_code == 200
        for role in (Role.REGISTRAR, Role.DOCTOR, Role.CASHIER):
            assert open_desk(role).get(DESK + page).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_earliest_beds_of_all_campuses_with_what_a_day_costs(language):
    make_items(new_item("BED", "800.00"))
    desk, person = open_desk(Role.COORDINATOR, language=language), known()
    here, there = make_bed("IMC"), make_bed("SOUTH")
    reserve(desk, known(), here)
    shown = desk.get(f"{DESK}?person={person.id}").text
    offers = re.findall(r'name="bed" value="([^"]+)"', shown)
    assert offers == [str(there.id), str(here.id)]
    assert shown.count("800.00") == 2
    assert ("later than asked" if language == "en" else "晚于所需日期") in shown


def test_a_bed_is_reserved_moved_and_occupied(coordinator):
    person, bed, other = known(), make_bed(), make_bed()
    stay = reserve(coordinator, person, bed)
    found = coordinator.get(f"{DESK}?stay={stay.id}").text
    assert f'name="stay" value="{stay.id}"' in found
    moved = {"stay": stay.id, "version": stay.version, "bed": other.id, "from": today().isoformat(), "nights": "2"}
    assert coordinator.post(f"{DESK}reserve/", moved).status_code == 302
    assert act(coordinator, stay, "nights", nights="5").status_code == 302
    assert act(coordinator, stay, "occupy").status_code == 302
    stay.refresh_from_db()
    assert (stay.bed_id, stay.state, (stay.ends_on - stay.starts_on).days) == (other.id, "OCCUPIED", 5)
    assert act(coordinator, stay, "free").status_code == 302
    assert act(coordinator, stay, "free").status_code == 409
    assert coordinator.get(f"{DESK}stays/{stay.id}/").status_code == 200


def test_what_is_refused_says_why_and_keeps_what_was_asked(coordinator):
    left, right = make_room(beds=2, kind=BedKind.DOUBLE)
    stay = reserve(coordinator, known(), left)
    man = known(sex="M")
    answer = coordinator.post(f"{DESK}reserve/", asked(man, right, day=today().isoformat()))
    assert answer.status_code == 409
    assert "shared with a patient of the other sex" in answer.text
    assert f'name="person" value="{man.id}"' in answer.text
    answer = act(coordinator, stay, "give-back", reason="")
    assert answer.status_code == 422
    assert act(coordinator, stay, "give-back", reason="operation postponed").status_code == 302
    assert act(coordinator, stay, "eat").status_code == 404
    assert coordinator.post(f"{DESK}reserve/", asked(man, make_bed(), nights="²")).status_code == 422
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert "This day is over" in coordinator.get(f"{DESK}?person={man.id}&day={yesterday}&nights=2").text
    assert BedStay.objects.count() == 1


def test_nobody_is_given_a_bed_whom_the_desk_may_not_see(coordinator):
    stranger, bed = make_person(), make_bed()
    assert coordinator.get(f"{DESK}?person={stranger.id}").status_code == 403
    assert coordinator.post(f"{DESK}reserve/", asked(stranger, bed)).status_code == 403
    assert not BedStay.objects.exists()


def test_a_bed_is_closed_and_used_again(coordinator):
    bed = make_bed()
    page = f"{DESK}beds/{bed.id}/close/"
    fields = {"day": today().isoformat(), "nights": "2", "reason": "air valve"}
    assert coordinator.post(page, {**fields, "reason": ""}).status_code == 422
    assert coordinator.post(page, fields).status_code == 302
    assert coordinator.post(page, fields).status_code == 422
    stay = BedStay.objects.get()
    assert "air valve" in coordinator.get(f"{DESK}wards/{bed.room.ward_id}/").text
    assert act(coordinator, stay, "free").status_code == 302


def test_more_beds_cost_no_more_statements(coordinator):
    person, ward = known(), make_ward()
    make_room(ward)
    reserve(coordinator, known(), make_room(ward)[0])
    pages = (f"{DESK}?person={person.id}", f"{DESK}wards/", f"{DESK}wards/{ward.id}/")
    few = [count_queries(coordinator, page) for page in pages]
    for _ in range(4):
        reserve(coordinator, known(), make_room(ward)[0])
    assert [count_queries(coordinator, page) for page in pages] == few
