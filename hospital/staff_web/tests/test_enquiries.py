"""The service desk answers what patients ask (A15, W30, N20)."""

import pytest
from django.utils import timezone

from hospital.accounts.models import PatientAccount
from hospital.enquiries.api import get_my_enquiry, open_enquiry
from hospital.enquiries.types import EnquiryTopic
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A15", "W30", "N20")]
DESK = "/staff/enquiries/"


def ask(number=1):
    account = PatientAccount.objects.create(
        email_index=f"mail-{new_id()}", created_at=timezone.now(), language="zh-hans"
    )
    actor = Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")
    enquiry_id = open_enquiry(
        topic=EnquiryTopic.VISIT,
        text=f"药房在哪里？ {number}",
        key=f"key-{number:06d}",
        actor=actor,
        now=timezone.now(),
    )
    return actor, enquiry_id


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_desk_shows_what_waits_and_in_which_language_to_answer(language):
    _, enquiry_id = ask()
    page = open_desk(Role.REGISTRAR, language=language).get(f"{DESK}?open={enquiry_id}").content.decode()
    assert "药房在哪里" in page
    assert {"en": "Answer, in Chinese", "zh-hans": "回复（中文）"}[language] in page


def test_taking_and_answering_reaches_the_patient():
    actor, enquiry_id = ask()
    desk = open_desk(Role.REGISTRAR)
    desk.post(f"{DESK}{enquiry_id}/", {"decision": "take"})
    assert get_my_enquiry(enquiry_id=enquiry_id, actor=actor).state == "ANSWERING"
    desk.post(f"{DESK}{enquiry_id}/", {"decision": "answer", "text": " ", "key": "key-of-answer"})
    assert get_my_enquiry(enquiry_id=enquiry_id, actor=actor).replies == ()
    for _ in range(2):
        desk.post(f"{DESK}{enquiry_id}/", {"decision": "answer", "text": "1 楼。", "key": "key-of-answer"})
    view = get_my_enquiry(enquiry_id=enquiry_id, actor=actor)
    assert (view.state, [reply.text for reply in view.replies]) == ("ANSWERED", ["1 楼。"])
    desk.post(f"{DESK}{enquiry_id}/", {"decision": "close"})
    assert get_my_enquiry(enquiry_id=enquiry_id, actor=actor).state == "CLOSED"


def test_other_roles_do_not_open_the_desk():
    _, enquiry_id = ask()
    for role in (Role.DOCTOR, Role.CASHIER, Role.NURSE):
        desk = open_desk(role)
        assert desk.get(DESK).status_code == 403
        assert desk.post(f"{DESK}{enquiry_id}/", {"decision": "close"}).status_code == 403


def test_the_list_takes_a_fixed_number_of_statements():
    ask()
    desk = open_desk(Role.REGISTRAR)
    few = count_queries(desk, DESK)
    for number in range(2, 8):
        ask(number)
    assert count_queries(desk, DESK) == few
