"""The registration desk answers what patients ask to have corrected (N14, N20)."""

import pytest
from django.utils import timezone

from hospital.accounts.api import patient_actor
from hospital.accounts.models import PatientAccount
from hospital.consents.api import list_corrections, request_correction
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14", "N20")]
DESK = "/staff/enquiries/corrections/"


def ask(text="My family name is Moreau, not Morreau."):
    account = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=timezone.now())
    card = request_correction(account_id=account.id, text=text, actor=patient_actor(account.id), now=timezone.now())
    return account.id, card.id


def state_of(account_id):
    return list_corrections(account_id=account_id)[0].state


@pytest.mark.parametrize(("language", "words"), [("en", "Answer in Chinese"), ("zh-hans", "中文答复")])
def test_the_desk_shows_what_waits(language, words):
    _, correction_id = ask()
    page = open_desk(Role.REGISTRAR, language=language).get(f"{DESK}?open={correction_id}").content.decode()
    assert "not Morreau" in page
    assert words in page


def test_a_reason_in_one_language_stays_on_the_page_and_both_are_sent():
    account_id, correction_id = ask()
    desk = open_desk(Role.REGISTRAR)
    half = desk.post(f"{DESK}{correction_id}/", {"decision": "refuse", "answer_zh": "证件如此", "answer_en": ""})
    assert (half.status_code, state_of(account_id)) == (422, "OPEN")
    assert "证件如此" in half.content.decode()
    whole = {"decision": "refuse", "answer_zh": "证件如此", "answer_en": "Your passport says so."}
    assert desk.post(f"{DESK}{correction_id}/", whole).status_code == 302
    assert state_of(account_id) == "REFUSED"
    assert desk.post(f"{DESK}{correction_id}/", whole | {"decision": "done"}).status_code == 302
    assert state_of(account_id) == "REFUSED"
    answered = desk.get(f"{DESK}?show=answered&open={correction_id}").content.decode()
    assert "Your passport says so." in answered


def test_other_roles_do_not_open_the_desk_and_an_unknown_request_is_not_found():
    account_id, correction_id = ask()
    for role in (Role.DOCTOR, Role.CASHIER, Role.EDITOR):
        desk = open_desk(role)
        assert desk.get(DESK).status_code == 403
        assert desk.post(f"{DESK}{correction_id}/", {"decision": "done"}).status_code == 403
    assert open_desk(Role.REGISTRAR).post(f"{DESK}{new_id()}/", {"decision": "done"}).status_code == 404
    assert state_of(account_id) == "OPEN"


def test_the_list_takes_a_fixed_number_of_statements():
    ask()
    desk = open_desk(Role.REGISTRAR)
    few = count_queries(desk, DESK)
    for number in range(6):
        ask(f"Number {number}")
    assert count_queries(desk, DESK) == few
