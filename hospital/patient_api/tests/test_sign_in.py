"""Signing in over HTTP (A01, A03): the code goes by mail, the answer says nothing about who exists."""

import re
from datetime import timedelta

import pytest

from hospital.accounts.models import OneTimeCode, PatientAccount, PatientSession
from hospital.encounters.tests.clinic import TEN
from hospital.notifications.models import Message
from hospital.patient_api.tests.callers import Caller, code_of, make_signed_in, read_everything

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]
EMAIL = "oliver@example.co.uk"


def mailed_code() -> str:
    return re.search(r"\d{6}", Message.objects.latest("created_at").subject).group()


def ask(caller, **changes):
    return caller.post("/sign-in/codes", {"address": EMAIL, "language": "en"} | changes)


def sign_in(caller, code, **changes):
    return caller.post("/sign-in", {"address": EMAIL, "language": "en", "code": code, "privacy_notice": 1} | changes)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "sign-in code"), ("zh-hans", "登录验证码"), ("zh-hant", "登入驗證碼")]
)
def test_a_code_by_mail_opens_a_session(anonymous, language, words):
    assert ask(anonymous, language=language).status_code == 204
    assert words in Message.objects.get().subject
    answer = sign_in(anonymous, mailed_code(), language=language)
    assert answer.status_code == 200
    assert answer.json()["is_new_account"] is True
    account = Caller(token=answer.json()["token"]).get("/account").json()
    assert (account["email"], account["language"]) == (EMAIL, language)


def test_a_code_works_once(anonymous):
    ask(anonymous)
    code = mailed_code()
    assert sign_in(anonymous, code).status_code == 200
    before = read_everything()
    again = sign_in(anonymous, code)
    assert (again.status_code, code_of(again)) == (422, "wrong_code")
    assert read_everything() == before


def test_a_wrong_code_opens_nothing_and_an_old_one_is_over(anonymous, clock):
    ask(anonymous)
    right = mailed_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert code_of(sign_in(anonymous, wrong)) == "wrong_code"
    clock.now = TEN + timedelta(minutes=11)
    assert code_of(sign_in(anonymous, right)) == "wrong_code"
    assert not PatientAccount.objects.exists()
    assert not PatientSession.objects.exists()


def test_a_second_code_within_a_minute_is_refused(anonymous):
    ask(anonymous)
    before = read_everything()
    again = ask(anonymous)
    assert (again.status_code, code_of(again)) == (429, "code_sent_recently")
    assert read_everything() == before


@pytest.mark.parametrize("address", ["", "oliver", "oliver@", "a b@example.com"])
def test_what_is_no_address_is_refused(anonymous, address):
    answer = ask(anonymous, address=address)
    assert (answer.status_code, code_of(answer)) == (422, "bad_address")
    assert not OneTimeCode.objects.exists()
    assert not Message.objects.exists()


def test_the_answer_is_the_same_whether_an_account_exists(anonymous, clock):
    first = ask(anonymous)
    sign_in(anonymous, mailed_code())
    clock.now = TEN + timedelta(hours=1)
    second = ask(anonymous)
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_signing_out_ends_this_device_and_signing_out_everywhere_ends_all(stranger):
    account_id = stranger.get("/account").json()["id"]
    second = make_signed_in(account_id)
    third = make_signed_in(account_id)
    assert second.post("/sign-out").status_code == 204
    assert code_of(second.get("/account")) == "not_signed_in"
    assert third.get("/account").status_code == 200
    assert third.post("/sign-out/all").status_code == 204
    assert {code_of(caller.get("/account")) for caller in (stranger, third)} == {"not_signed_in"}


def signed_in(caller):
    ask(caller)
    return sign_in(caller, mailed_code()).json()


def refresh(caller, token):
    return caller.post("/sign-in/refresh", {"refresh_token": token})


def test_a_token_lasts_half_an_hour_and_the_refresh_token_gives_the_next(anonymous, clock):
    first = signed_in(anonymous)
    assert first["expires_in"] == 1800
    clock.now = TEN + timedelta(minutes=30)
    assert code_of(Caller(token=first["token"]).get("/account")) == "not_signed_in"
    answer = refresh(anonymous, first["refresh_token"])
    assert answer.status_code == 200
    second = answer.json()
    assert second["is_new_account"] is False
    assert {second["token"], second["refresh_token"]}.isdisjoint({first["token"], first["refresh_token"]})
    assert Caller(token=second["token"]).get("/account").status_code == 200


def test_a_refresh_token_that_comes_back_ends_the_session(anonymous, clock):
    first = signed_in(anonymous)
    second = refresh(anonymous, first["refresh_token"]).json()
    assert refresh(anonymous, first["refresh_token"]).json() == second
    clock.now = TEN + timedelta(seconds=31)
    for token in (first["refresh_token"], second["refresh_token"], "unknown"):
        assert code_of(refresh(anonymous, token)) == "not_signed_in"
    assert code_of(Caller(token=second["token"]).get("/account")) == "not_signed_in"


@pytest.mark.requirement("W19")
def test_devices_are_listed_and_each_can_be_signed_out(anonymous, stranger, clock):
    account_id = stranger.get("/account").json()["id"]
    clock.now = TEN + timedelta(minutes=1)
    other = make_signed_in(account_id, now=clock.now)
    PatientSession.objects.filter(created_at=clock.now).update(
        user_agent="Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130 Mobile MicroMessenger/8"
    )
    devices = stranger.get("/account/devices").json()
    assert [(device["is_this_one"], device["name"]["en"]) for device in devices] == [
        (True, "Unknown device"),
        (False, "WeChat on Android"),
    ]
    assert devices[1]["name"]["zh"] == "Android 上的微信"
    outsider = make_signed_in()
    before = read_everything()
    refused = outsider.delete(f"/account/devices/{devices[1]['id']}")
    assert (refused.status_code, code_of(refused)) == (404, "unknown_device")
    assert code_of(anonymous.delete(f"/account/devices/{devices[1]['id']}")) == "not_signed_in"
    assert read_everything() == before
    assert stranger.delete(f"/account/devices/{devices[1]['id']}").status_code == 204
    assert code_of(other.get("/account")) == "not_signed_in"
    assert len(stranger.get("/account/devices").json()) == 1
