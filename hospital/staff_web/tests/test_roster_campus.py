"""The campus's place for check-in, days of follow-up and their fees, kept by the roster clerk (A04, A05)."""

import pytest

from hospital.audit.models import AuditEntry
from hospital.campuses.api import get_campus, list_departments
from hospital.campuses.models import Campus, Department
from hospital.campuses.types import Site
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.tests.clinic import make_campus, make_doctor
from hospital.kernel.actors import Role
from hospital.scheduling.api import find_follow_up_item
from hospital.scheduling.models import FollowUpItem
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "A05")]
PAGE = "/staff/roster/campus/"
HERE = {"latitude": "23.13", "longitude": "113.26", "radius": "250"}


@pytest.fixture
def clerk():
    """The browser of a roster clerk of the campus."""
    return open_desk(Role.ROSTER_CLERK)


def test_the_page_is_the_clerks_alone(clerk):
    assert clerk.get(PAGE).status_code == 200
    for role in (Role.REGISTRAR, Role.DOCTOR, Role.PRICE_OFFICER):
        other = open_desk(role)
        assert other.get(PAGE).status_code == 403
        assert other.post(f"{PAGE}place/", HERE).status_code == 403


def test_a_campus_is_measured_and_taken_back(clerk):
    make_campus("SOUTH")
    assert clerk.post(f"{PAGE}place/", HERE).status_code == 302
    assert get_campus(code="IMC").site == Site(latitude=23.13, longitude=113.26, radius=250)
    assert get_campus(code="SOUTH").site is None
    assert clerk.post(f"{PAGE}place/", {**HERE, "latitude": "", "longitude": ""}).status_code == 302
    assert get_campus(code="IMC").site is None
    assert Campus.objects.get(pk="IMC").check_in_radius == 250
    assert AuditEntry.objects.filter(action="campuses.place", subject_id="IMC").count() == 2


@pytest.mark.parametrize(
    "wrong", [{"latitude": ""}, {"latitude": "91"}, {"longitude": "181"}, {"radius": "10"}, {"radius": "9000"}]
)
def test_a_wrong_place_is_refused_with_what_was_typed(clerk, wrong):
    answer = clerk.post(f"{PAGE}place/", {**HERE, **wrong})
    assert answer.status_code == 422
    assert 'value="250"' in answer.text or "radius" in wrong
    assert get_campus(code="IMC").site is None
    assert not AuditEntry.objects.filter(action="campuses.place").exists()


def test_days_of_follow_up_are_set_for_departments_of_the_campus_alone(clerk):
    ours, theirs = make_department(), make_department("SOUTH")
    assert clerk.post(f"{PAGE}follow-ups/", {f"days-{ours.id}": "7"}).status_code == 302
    assert {each.id: each.follow_up_days for each in list_departments()} == {ours.id: 7, theirs.id: 14}
    for days, department in (("91", ours), ("-1", ours), ("soon", ours), ("²", ours), ("3", theirs)):
        answer = clerk.post(f"{PAGE}follow-ups/", {f"days-{department.id}": days})
        assert answer.status_code in {404, 422}
    assert {each.id: each.follow_up_days for each in list_departments()} == {ours.id: 7, theirs.id: 14}
    entry = AuditEntry.objects.get(action="campuses.set_follow_up")
    assert (entry.subject_id, entry.details) == (ours.code, {"days": 7, "before": 14})


def test_the_fee_of_follow_ups_is_chosen_changed_and_taken_away(clerk):
    first, second, third = make_fees("REG-A", "REG-B", "REG-C")
    assert list(_fees(clerk)) == [first, second, third]
    assert clerk.post(f"{PAGE}follow-up-fees/", {f"fee-{first}": second}).status_code == 302
    assert find_follow_up_item(item_code=first) == second
    assert list(_fees(clerk)) == [first, third]  # what follow-ups cost has none itself
    assert clerk.post(f"{PAGE}follow-up-fees/", {f"fee-{first}": third}).status_code == 302
    assert find_follow_up_item(item_code=first) == third
    for wrong in ({f"fee-{first}": first}, {f"fee-{first}": "NO-SUCH"}, {"fee-NO-SUCH": second}):
        assert clerk.post(f"{PAGE}follow-up-fees/", wrong).status_code == 422
    assert find_follow_up_item(item_code=first) == third
    assert clerk.post(f"{PAGE}follow-up-fees/", {f"fee-{first}": ""}).status_code == 302
    assert not FollowUpItem.objects.exists()
    assert AuditEntry.objects.filter(action="scheduling.set_follow_up_fee", subject_id=first).count() == 3


def test_more_departments_cost_no_more_statements(clerk):
    department = make_department()
    few = count_queries(clerk, PAGE)
    for number in range(5):
        Department.objects.create(campus_id="IMC", code=f"D{number}", specialty=department.specialty)
    assert count_queries(clerk, PAGE) == few


def _fees(clerk):
    for line in clerk.get(PAGE).text.split('name="fee-')[1:]:
        yield line.split('"')[0]


def make_department(campus="IMC"):
    _, clinician = make_doctor(campus=campus)
    return clinician.department


def make_fees(*codes):
    facts = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(*(new_item(code, fee_class=FeeClass.REGISTRATION, service=facts) for code in codes))
    return codes
