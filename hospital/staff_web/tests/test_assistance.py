"""The coordinator's desk and what every desk's banner shows of it (N03, N20)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.assistance.api import get_assistance, get_preferences
from hospital.assistance.models import AssistanceRequest
from hospital.assistance.tests.factories import ask, make_interpreter
from hospital.billing.models import Charge
from hospital.billing.tests.factories import make_desk
from hospital.encounters.tests.clinic import make_patient, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N03", "N20")]
DESK = "/staff/assistance/"


@pytest.fixture
def visit():
    return make_desk().visit


def soon(person_id, *, hours=1, **facts):
    now = timezone.now()
    patient = make_patient(person_id)
    return ask(person_id, actor=patient, now=now, starts_at=now + timedelta(hours=hours), **facts)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["To arrange", "Huang Jiamin", "French"]), ("zh-hans", ["待安排", "黄嘉敏", "法语"])],
)
def test_the_desk_shows_whom_it_is_for_and_who_could_come(visit, language, words):
    make_interpreter("fr")
    request_id = soon(visit.person_id)
    page = open_desk(Role.COORDINATOR, language=language).get(f"{DESK}?open={request_id}").content.decode()
    assert [word for word in words if word not in page] == []


def test_arranged_from_the_page_it_stands_in_the_banner_of_other_desks(visit):
    desk, interpreter, request_id = open_desk(Role.COORDINATOR), make_interpreter("fr"), soon(visit.person_id)
    refused = desk.post(f"{DESK}{request_id}/", {"decision": "arrange", "version": "0", "words_en": "By the entrance"})
    assert (refused.status_code, "By the entrance" in refused.content.decode()) == (422, True)
    answer = desk.post(f"{DESK}{request_id}/", {"decision": "arrange", "version": "0", "interpreter": str(interpreter)})
    assert answer.status_code == 302
    banner = open_desk(Role.REGISTRAR).get(f"/staff/registration/people/{visit.person_id}/").content.decode()
    assert "Huang Jiamin" in banner
    assert desk.post(f"{DESK}{request_id}/", {"decision": "cancel"}).status_code == 302
    assert AssistanceRequest.objects.get().state == "CANCELLED"


def test_done_without_a_visit_keeps_the_request_open(visit):
    interpreter = make_interpreter("fr", fee_item_code="CBC")
    desk, request_id = open_desk(Role.COORDINATOR), soon(visit.person_id)
    desk.post(f"{DESK}{request_id}/", {"decision": "arrange", "version": "0", "interpreter": str(interpreter)})
    refused = desk.post(f"{DESK}{request_id}/", {"decision": "charge", "version": "1", "ended": "23:59"})
    assert refused.status_code == 409
    assert (AssistanceRequest.objects.get().state, Charge.objects.count()) == ("ARRANGED", 0)
    assert desk.post(f"{DESK}{request_id}/", {"decision": "done", "version": "1"}).status_code == 302
    assert AssistanceRequest.objects.get().state == "DONE"


def test_wishes_are_kept_and_asking_keeps_what_was_typed(visit):
    desk, address = open_desk(Role.COORDINATOR), f"{DESK}people/{visit.person_id}/"
    wishes = {"mobility": "WHEELCHAIR", "clinician_sex": "FEMALE", "diet": "HALAL", "note": "Prays at noon"}
    assert desk.post(f"{address}preferences/", wishes).status_code == 302
    kept = get_preferences(person_id=visit.person_id, actor=visit.doctor, now=timezone.now())
    assert (kept.mobility, kept.clinician_sex, kept.diet, kept.note) == tuple(wishes.values())
    assert "Prays at noon" in desk.get(address).content.decode()
    asked = {"kind": "TRANSPORT", "day": "2030-01-05", "begins": "09:00", "ends": "10:00", "to_place": "East gate"}
    refused = desk.post(f"{address}ask/", asked)
    assert (refused.status_code, "East gate" in refused.content.decode()) == (422, True)
    assert desk.post(f"{address}ask/", asked | {"from_place": "Baiyun Airport T2"}).status_code == 302
    card = get_assistance(request_id=AssistanceRequest.objects.get().id, actor=make_staff(Role.COORDINATOR))
    assert (card.from_place, card.starts_at.isoformat()) == ("Baiyun Airport T2", "2030-01-05T01:00:00+00:00")


def test_other_roles_do_not_open_the_desk(visit):
    request_id = soon(visit.person_id)
    for role in (Role.DOCTOR, Role.CASHIER, Role.PRICE_OFFICER):
        desk = open_desk(role)
        assert desk.get(DESK).status_code == 403
        assert desk.post(f"{DESK}{request_id}/", {"decision": "cancel"}).status_code == 403
    assert AssistanceRequest.objects.get().state == "REQUESTED"


def test_more_requests_take_no_more_queries(visit):
    desk = open_desk(Role.COORDINATOR)
    soon(visit.person_id)
    few = count_queries(desk, DESK)
    for hours in range(2, 7):
        soon(make_person().id, hours=hours)
    assert count_queries(desk, DESK) == few
