"""The account over HTTP: signing up with consent, password, WeChat, contact, notifications, own data, the end of it."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from hospital.accounts.errors import WechatCodeInvalid
from hospital.accounts.models import PatientAccount, PatientSession
from hospital.accounts.ports import WechatUser
from hospital.consents.models import Consent
from hospital.encounters.tests.clinic import TEN
from hospital.notifications.models import Message
from hospital.patient_api.tests.callers import Caller, code_of, count_statements, read_everything
from hospital.patient_api.tests.test_my_reports import sign_exam
from hospital.patients.models import AccountPerson
from hospital.workflows.copy_own_data import build_data_copy

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "W19")]
EMAIL, PHONE, PASSWORD = "oliver@example.co.uk", "+447700900123", "quiet-harbor-27"


def newest_code() -> str:
    message = Message.objects.latest("created_at", "id")
    return re.search(r"\d{6}", message.subject + message.body).group()


def sign_up(anonymous, address=EMAIL, **changes):
    assert anonymous.post("/sign-in/codes", {"address": address}).status_code == 204
    body = {"address": address, "code": newest_code(), "privacy_notice": 1} | changes
    return anonymous.post("/sign-in", {name: value for name, value in body.items() if value is not None})


@pytest.fixture
def me(anonymous, clock):
    """Somebody who has just signed up, a minute ago."""
    token = sign_up(anonymous).json()["token"]
    PatientSession.objects.update(expires_at=TEN + timedelta(days=1))
    clock.now = TEN + timedelta(minutes=1)
    return Caller(token=token)


class FakeWechat:
    """Knows the codes of two people."""

    def exchange_code(self, code):
        if code not in {"amara", "ben"}:
            raise WechatCodeInvalid
        return WechatUser(openid=f"o-{code}")


@pytest.fixture
def wechat(settings):
    """WeChat that knows two people."""
    settings.WECHAT_IDENTITY = "hospital.patient_api.tests.test_account.FakeWechat"


@pytest.mark.requirement("N14")
@pytest.mark.parametrize("version", [None, 9])
def test_a_new_account_needs_the_privacy_notice_and_the_code_stays_good(anonymous, version):
    refused = sign_up(anonymous, privacy_notice=version)
    assert (refused.status_code, code_of(refused)) == (409, "privacy_consent_needed")
    assert refused.json()["facts"] == {"version": 1}
    assert not PatientAccount.objects.exists()
    assert not Consent.objects.exists()
    body = {"address": EMAIL, "code": newest_code(), "privacy_notice": 1, "language": "zh-hant"}
    answer = anonymous.post("/sign-in", body)
    assert answer.status_code == 200
    consent = Consent.objects.get()
    assert (consent.purpose, consent.version, consent.language, consent.ip) == ("PRIVACY", 1, "zh-hant", "127.0.0.1")


def test_the_texts_are_public_in_both_languages(anonymous):
    notices = anonymous.get("/notices").json()
    purposes = ["PRIVACY", "CHILD", "CROSS_BORDER", "INSURER", "MARKETING", "PRICE"]
    assert [notice["purpose"] for notice in notices] == purposes
    privacy = anonymous.get("/notices/PRIVACY").json()
    assert privacy["title"] == {"zh": "隐私政策", "en": "Privacy notice"}
    assert code_of(anonymous.get("/notices/OTHER")) == "malformed_request"


def test_a_phone_gets_its_code_by_text_message(anonymous):
    answer = sign_up(anonymous, "+44 7700 900123")
    assert answer.status_code == 200
    message = Message.objects.get()
    assert (message.channel, message.kind, json.loads(message.body)) == ("SMS", "code", [newest_code()])
    PatientSession.objects.update(expires_at=TEN + timedelta(days=1))
    account = Caller(token=answer.json()["token"]).get("/account").json()
    assert (account["phone"], account["email"], account["privacy_notice_due"]) == (PHONE, "", None)


@pytest.mark.parametrize(
    ("address", "code"), [("13800138000", "bad_phone"), ("+44 12", "bad_phone"), ("x", "bad_address")]
)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_is_no_address_is_refused_in_the_readers_language(address, code, language):
    refused = Caller(language=language).post("/sign-in/codes", {"address": address})
    assert (refused.status_code, code_of(refused)) == (422, code)
    assert ("请" in refused.json()["detail"]) is (language == "zh-Hans")


def test_a_password_is_set_used_locked_and_reset(me, anonymous, clock):
    weak = me.put("/account/password", {"new_password": "short"})
    assert (weak.status_code, code_of(weak)) == (422, "weak_password")
    assert me.put("/account/password", {"new_password": PASSWORD}).status_code == 204
    assert "password" in Message.objects.latest("created_at", "id").subject
    again = me.put("/account/password", {"new_password": "another-harbor-28", "current_password": "guess"})
    assert code_of(again) == "wrong_current_password"
    good = {"address": EMAIL, "password": PASSWORD}
    assert anonymous.post("/sign-in/password", good).json()["is_new_account"] is False
    for _ in range(5):
        assert code_of(anonymous.post("/sign-in/password", good | {"password": "wrong"})) == "wrong_password"
    locked = anonymous.post("/sign-in/password", good)
    assert (locked.status_code, code_of(locked)) == (429, "password_locked")
    asked = anonymous.post("/sign-in/codes", {"address": EMAIL, "purpose": "RESET_PASSWORD"})
    assert asked.status_code == 204
    body = {"address": EMAIL, "code": newest_code(), "new_password": "another-harbor-28"}
    assert anonymous.post("/sign-in/password/reset", body).status_code == 200
    assert code_of(me.get("/account")) == "not_signed_in"
    assert code_of(anonymous.post("/sign-in/password/reset", body)) == "wrong_code"


def test_wechat_signs_up_with_consent_and_signs_in(anonymous, wechat):
    first = anonymous.post("/sign-in/wechat", {"code": "amara"})
    assert (first.status_code, code_of(first)) == (409, "privacy_consent_needed")
    assert not PatientAccount.objects.exists()
    second = anonymous.post("/sign-in/wechat", {"code": "amara", "privacy_notice": 1, "language": "zh-hans"})
    assert second.json()["is_new_account"] is True
    assert "session_key" not in second.content.decode()
    assert anonymous.post("/sign-in/wechat", {"code": "amara"}).json()["is_new_account"] is False
    unknown = anonymous.post("/sign-in/wechat", {"code": "x"})
    assert (unknown.status_code, code_of(unknown)) == (422, "wechat_code_invalid")
    account = Caller(token=second.json()["token"]).get("/account").json()
    assert (account["has_wechat"], account["email"], account["language"]) == (True, "", "zh-hans")


def test_wechat_is_connected_and_disconnected(me, stranger, wechat):
    assert me.put("/account/wechat", {"code": "ben"}).status_code == 204
    assert me.get("/account").json()["has_wechat"] is True
    taken = stranger.put("/account/wechat", {"code": "ben"})
    assert (taken.status_code, code_of(taken)) == (409, "wechat_taken")
    assert me.delete("/account/wechat").status_code == 204
    assert me.get("/account").json()["has_wechat"] is False


def test_profile_and_contact_change(me, stranger):
    changed = me.patch("/account", {"language": "zh-hant", "display_name": "阿普"}).json()
    assert (changed["language"], changed["display_name"]) == ("zh-hant", "阿普")
    assert code_of(me.patch("/account", {"language": "fr"})) == "malformed_request"
    assert me.post("/account/contact/codes", {"address": PHONE}).status_code == 204
    body = {"address": PHONE, "code": newest_code()}
    before = read_everything()
    assert code_of(stranger.put("/account/contact", body | {"code": "000000"})) == "wrong_code"
    changed_tables = {name for name, digest in read_everything().items() if before[name] != digest}
    assert changed_tables == {"accounts_onetimecode"}  # the try that was spent
    assert me.put("/account/contact", body).json()["phone"] == PHONE
    assert me.delete("/account/contact/email").status_code == 204
    last = me.delete("/account/contact/phone")
    assert (last.status_code, code_of(last)) == (409, "last_way_in")
    assert me.get("/account").json()["phone"] == PHONE


@pytest.mark.requirement("A17", "W39")
def test_notifications_are_chosen_by_topic_and_channel(me, stranger):
    chosen = {"topic": "APPOINTMENTS", "channel": "EMAIL", "is_wanted": False}
    assert {**chosen, "is_wanted": True} in me.get("/account/notifications").json()
    assert chosen in me.put("/account/notifications", {"choices": [chosen]}).json()
    assert {**chosen, "is_wanted": True} in stranger.get("/account/notifications").json()
    statements, rows = count_statements(me, "/account/notifications")
    assert (rows, statements < 8) == (10, True)


@pytest.mark.requirement("N14", "N15")
def test_consents_are_given_and_withdrawn_one_by_one(me, stranger):
    assert [c["is_given"] for c in me.get("/account/consents").json()] == [True, False, False, False]
    given = me.post("/account/consents/CROSS_BORDER", {"version": 1, "language": "en"}).json()
    assert [c["is_given"] for c in given] == [True, True, False, False]
    assert not any(c["is_given"] for c in stranger.get("/account/consents").json())
    outdated = me.post("/account/consents/MARKETING", {"version": 3})
    assert (outdated.status_code, code_of(outdated)) == (409, "notice_outdated")
    assert [c["is_given"] for c in me.delete("/account/consents/CROSS_BORDER").json()] == [True, False, False, False]
    needed = me.delete("/account/consents/PRIVACY")
    assert (needed.status_code, code_of(needed)) == (409, "consent_ends_with_account")


@pytest.mark.requirement("N14")
def test_the_copy_of_ones_data_holds_what_the_account_sees_and_is_taken_once(world, anonymous, stranger):
    owner = world.owner
    open_report = sign_exam(world)
    sign_exam(world, is_sensitive=True)
    asked = owner.post("/account/data-copies")
    assert (asked.status_code, asked.json()["state"]) == (201, "PREPARING")
    assert code_of(owner.post("/account/data-copies")) == "data_copy_running"
    copy_id = asked.json()["id"]
    build_data_copy(copy_id=copy_id, now=TEN)
    assert owner.get("/account/data-copies").json()[0]["state"] == "READY"
    assert code_of(stranger.post(f"/account/data-copies/{copy_id}/link")) == "unknown_data_copy"
    path = owner.post(f"/account/data-copies/{copy_id}/link").json()["path"].removeprefix("/api")
    answer = anonymous.get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("data.json"))
        assert "您的个人信息" in archive.read("README.txt").decode()
    assert [person["person"]["id"] for person in data["people"]] == [str(world.person_id)]
    assert data["appointments"][0]["id"] == world.appointment_id
    (visit,) = data["visits"]
    assert visit["paid_bills"]
    assert [report["id"] for report in visit["laboratory_reports"]] == [str(world.report_id)]
    (examined,) = visit["examination_reports"]
    assert (examined["id"], examined["text"]["impression"]["en"]) == (str(open_report), "No abnormality seen")
    assert "token_hash" not in json.dumps(data)
    assert (anonymous.get(path).status_code, code_of(anonymous.get(path))) == (404, "unknown_data_copy")


def test_a_correction_is_asked_for(me, stranger):
    asked = me.post("/account/corrections", {"text": "My family name is spelled\nMoreau, not Morreau."})
    assert (asked.status_code, asked.json()["state"]) == (201, "OPEN")
    assert len(me.get("/account/corrections").json()) == 1
    assert stranger.get("/account/corrections").json() == []
    assert code_of(me.post("/account/corrections", {"text": "x\x00y"})) == "malformed_request"


def test_an_account_is_deleted_at_once_and_the_address_is_free(me, anonymous, clock):
    told = me.get("/account/deletion").json()
    assert (told["open_bills"], told["coming_appointments"]) == (0, 0)
    assert told["masked_address"] == "ol•••@example.co.uk"
    assert all(line["zh"] != line["en"] for line in told["goes"] + told["stays"])
    assert code_of(me.post("/account/deletion", {"code": "000000"})) == "wrong_code"
    assert me.post("/account/deletion/code").status_code == 204
    assert me.post("/account/deletion", {"code": newest_code()}).status_code == 204
    assert code_of(me.get("/account")) == "not_signed_in"
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert Consent.objects.count() == 1
    assert sign_up(anonymous).json()["is_new_account"] is True


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_an_account_with_a_coming_appointment_or_an_open_bill_is_kept(booking, language):
    owner = booking.owner.speaking(language)
    told = owner.get("/account/deletion").json()
    assert (told["open_bills"], told["coming_appointments"]) == (1, 1)
    before = read_everything()
    refused = owner.post("/account/deletion", {"code": "123456"})
    assert (refused.status_code, code_of(refused)) == (409, "account_in_use")
    assert refused.json()["facts"] == {"bills": 1, "appointments": 1}
    assert read_everything() == before
    assert AccountPerson.objects.filter(removed_at=None).exists()


def test_wechat_alone_needs_an_address_before_it_can_be_deleted(anonymous, wechat):
    token = anonymous.post("/sign-in/wechat", {"code": "amara", "privacy_notice": 1}).json()["token"]
    refused = Caller(token=token).post("/account/deletion/code")
    assert (refused.status_code, code_of(refused)) == (409, "account_has_no_address")
