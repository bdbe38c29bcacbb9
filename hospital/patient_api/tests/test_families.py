"""Documents, proofs, insurance cards and claims through the API (A03, W21)."""

import json
import re
from datetime import date

import pytest

from hospital.accounts.models import PatientAccount
from hospital.consents.models import Consent
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.crypto import decrypt_field
from hospital.notifications.models import Message
from hospital.patient_api.tests.callers import Caller, code_of, count_statements, make_signed_in, read_everything
from hospital.patient_api.tests.factories import answer_of
from hospital.patient_api.tests.test_people import person
from hospital.patients.api import accept_proof, create_person
from hospital.patients.models import AccountPerson, Person, Proof
from hospital.patients.tests.conftest import sealed_folder
from hospital.patients.tests.factories import new_person
from hospital.patients.tests.pictures import jpeg

__all__ = ["sealed_folder"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03", "W21")]
CLAIM = {
    "relation": "SELF",
    "document": {"type": "PASSPORT", "number": "533100427", "issuer": "GBR"},
    "family_name": "Fraser-Whitcombe",
    "given_names": "Alistair James",
    "birth_date": "1979-03-14",
}


def at_window(**changes):
    new = new_person(document={"number": "533100427"}, **changes)
    return create_person(new=new, actor=make_staff(Role.REGISTRAR), now=TEN)[0]


def test_the_record_of_the_window_is_claimed_with_a_code(stranger):
    person_id = at_window()
    body = person(document=CLAIM["document"])
    assert code_of(stranger.post("/people", body)) == "document_taken"
    claim = answer_of(stranger.post("/people/claims", CLAIM))
    assert (claim["state"], claim["code_address"], claim["person_id"]) == ("OPEN", "a****@example.com", None)
    assert "533100427" not in str(claim)
    stranger.patch("/account", {"language": "zh-hans"})
    sent = stranger.post(f"/people/claims/{claim['id']}/code")
    assert (sent.status_code, sent.json()["is_code_sent"], sent.json()["code_sent_by"]) == (202, True, "EMAIL")
    message = Message.objects.get(kind="claim_code")
    assert decrypt_field(message.address, place="notifications_message.address") == "alistair@example.com"
    assert "验证码" in message.body
    code = re.search(r"\d{6}", message.body).group()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert code_of(stranger.post(f"/people/claims/{claim['id']}/verify", {"code": wrong})) == "wrong_claim_code"
    assert answer_of(stranger.get("/people")) == []
    made = answer_of(stranger.post(f"/people/claims/{claim['id']}/verify", {"code": code}))
    assert made["id"] == str(person_id)
    (row,) = answer_of(stranger.get("/people"))
    assert (row["id"], row["are_records_open"]) == (str(person_id), True)
    assert Person.objects.count() == 1


def test_the_code_comes_as_a_text_message_when_it_is_wanted(stranger):
    person_id = at_window()
    claim = answer_of(stranger.post("/people/claims", CLAIM))
    assert claim["code_phone"] == "+44****0123"
    sent = stranger.post(f"/people/claims/{claim['id']}/code", {"by": "PHONE"})
    assert (sent.status_code, sent.json()["code_sent_by"]) == (202, "PHONE")
    assert code_of(stranger.post(f"/people/claims/{claim['id']}/code", {"by": "EMAIL"})) == "claim_code_sent_recently"
    message = Message.objects.get(kind="claim_code")
    assert (message.channel, message.language) == ("SMS", "en")
    assert decrypt_field(message.address, place="notifications_message.address") == "+447700900123"
    (code,) = json.loads(message.body)
    made = answer_of(stranger.post(f"/people/claims/{claim['id']}/verify", {"code": code}))
    assert made["id"] == str(person_id)


def test_a_code_by_text_message_counts_with_all_others(stranger, settings):
    settings.SMS_MOST_AN_HOUR_BY_COUNTRY = {"44": 0, "*": 10}
    at_window()
    claim = answer_of(stranger.post("/people/claims", CLAIM))
    refused = stranger.post(f"/people/claims/{claim['id']}/code", {"by": "PHONE"})
    assert (refused.status_code, code_of(refused)) == (429, "too_many_texts")
    assert not Message.objects.exists()
    assert stranger.post(f"/people/claims/{claim['id']}/code").status_code == 202  # its minute was not spent


def test_a_record_whose_phone_has_no_country_gets_no_text_message(stranger):
    at_window(phone="020 8188 8888", email="")
    claim = answer_of(stranger.post("/people/claims", CLAIM))
    assert (claim["code_phone"], claim["code_address"]) == ("", "")
    assert code_of(stranger.post(f"/people/claims/{claim['id']}/code", {"by": "PHONE"})) == "no_code_possible"


def test_a_claim_that_meets_no_record_looks_like_any_other(stranger):
    at_window()
    known = answer_of(make_signed_in().post("/people/claims", CLAIM | {"birth_date": "1979-03-15"}))
    unknown = answer_of(stranger.post("/people/claims", CLAIM | {"document": {"type": "PASSPORT", "number": "99999"}}))
    alike = {"id", "opened_at", "expires_at", "masked_number", "birth_date"}
    assert {key: known[key] for key in known.keys() - alike} == {key: unknown[key] for key in unknown.keys() - alike}
    assert code_of(stranger.post(f"/people/claims/{unknown['id']}/code")) == "no_code_possible"
    assert stranger.delete(f"/people/claims/{unknown['id']}").status_code == 204
    assert answer_of(stranger.get("/people/claims")) == []


def test_many_claims_take_as_many_statements_as_few(stranger):
    def ask(number):
        body = CLAIM | {"document": {"type": "PASSPORT", "number": f"77700{number}"}}
        assert stranger.post("/people/claims", body).status_code == 201

    ask(1)
    few, _ = count_statements(stranger, "/people/claims")
    for number in range(2, 6):
        ask(number)
    assert count_statements(stranger, "/people/claims") == (few, 5)


@pytest.mark.requirement("N14")
def test_trying_documents_of_others_ends_after_ten(stranger):
    at_window()
    body = person(document=CLAIM["document"])
    codes = [code_of(stranger.post("/people", body)) for _ in range(11)]
    assert codes == ["document_taken"] * 10 + ["too_many_tries"]
    assert code_of(make_signed_in().post("/people", body)) == "document_taken"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"birth_date": "2019-07-09", "relation": "CHILD"}, "guardian_consent_needed"),
        ({"birth_date": "2010-07-09", "relation": "SELF"}, "guardian_needed"),
    ],
)
def test_a_child_is_added_with_consent_and_never_alone(stranger, changes, code):
    before = read_everything()
    assert code_of(stranger.post("/people", person(**changes))) == code
    assert read_everything() == before
    answer_of(stranger.post("/people", person(**changes | {"relation": "CHILD", "guardian_notice": 1})))
    (row,) = answer_of(stranger.get("/people"))
    assert (row["is_minor"], row["has_guardian_consent"]) == (True, True)
    (consent,) = Consent.objects.filter(purpose="CHILD")
    assert (str(consent.person_id), consent.version, consent.language) == (row["id"], 1, "en")
    assert stranger.delete(f"/people/{row['id']}").status_code == 204
    assert Consent.objects.get(purpose="CHILD").withdrawn_at is not None


def test_a_consent_to_another_version_adds_nobody(stranger):
    before = read_everything()
    child = person(birth_date="2019-07-09", relation="CHILD", guardian_notice=999)
    assert code_of(stranger.post("/people", child)) == "notice_outdated"
    assert read_everything() == before


def test_a_claimed_child_comes_with_the_guardians_consent(stranger):
    person_id = at_window(birth_date=date(2019, 7, 9))
    body = CLAIM | {"birth_date": "2019-07-09", "relation": "CHILD"}
    assert code_of(stranger.post("/people/claims", body)) == "guardian_consent_needed"
    claim = answer_of(stranger.post("/people/claims", body | {"guardian_notice": 1}))
    stranger.post(f"/people/claims/{claim['id']}/code")
    code = re.search(r"\d{6}", Message.objects.get(kind="claim_code").body).group()
    answer_of(stranger.post(f"/people/claims/{claim['id']}/verify", {"code": code}))
    assert Consent.objects.get(purpose="CHILD").person_id == person_id


def test_a_person_in_full_with_document_proof_card_and_contact(stranger, sealed_folder):
    document = {"type": "PASSPORT", "number": "533401782", "valid_to": "2027-01-02"}
    made = answer_of(stranger.post("/people", person(document=document, phone="+44 7700 900123", email="o@x.com")))
    path = f"/people/{made['id']}"
    (passport,) = answer_of(stranger.get(path))["documents"]
    assert (passport["expiry"], passport["is_primary"], passport["is_checked"]) == ("SOON", True, False)
    sent = stranger.upload(f"{path}/proofs", jpeg(), kind="DOCUMENT", document_id=passport["id"])
    assert sent.status_code == 201
    card = {"insurer": "Bupa Global", "member_number": "BI44719902", "valid_to": "2026-01-01"}
    card_id = answer_of(stranger.post(f"{path}/insurance-cards", card))["id"]
    assert stranger.upload(f"{path}/insurance-cards/{card_id}/picture", jpeg()).status_code == 204
    assert stranger.patch(path, {"preferred_name": "Olly", "needs_interpreter": True}).status_code == 204
    shown = answer_of(stranger.get(path))
    assert shown["documents"][0]["proof"]["state"] == "PENDING"
    assert (shown["phone"], shown["email"], shown["preferred_name"]) == ("+44****0123", "o****@x.com", "Olly")
    (insurance,) = shown["insurance_cards"]
    assert (insurance["masked_number"], insurance["expiry"], insurance["has_picture"]) == ("****9902", "EXPIRED", True)
    picture = stranger.get(f"{path}/insurance-cards/{card_id}/picture")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    accept_proof(proof_id=Proof.objects.get().id, actor=make_staff(Role.REGISTRAR), now=TEN)
    assert answer_of(stranger.get(path))["documents"][0]["is_checked"] is True
    assert stranger.delete(f"{path}/insurance-cards/{card_id}").status_code == 204


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"<html>", 422, "upload_not_accepted"), (bytes(8 * 1_048_576 + 1), 413, "upload_too_large")],
)
def test_a_file_of_another_kind_or_size_is_refused(stranger, sealed_folder, content, status, code):
    made = answer_of(stranger.post("/people", person()))
    before = read_everything()
    answer = stranger.speaking("zh-CN").upload(f"/people/{made['id']}/proofs", content, kind="RELATION")
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert "文件" in answer.json()["detail"]
    assert read_everything() == before


def test_a_new_passport_becomes_the_first_document(stranger):
    made = answer_of(stranger.post("/people", person()))
    path = f"/people/{made['id']}/documents"
    new = {"type": "PASSPORT", "number": "601", "issuer": "GBR", "is_primary": True}
    assert [each["code"] for each in answer_of(stranger.post(path, new))["warnings"]] == ["FORMAT_UNEXPECTED"]
    first, second = answer_of(stranger.get(f"/people/{made['id']}"))["documents"]
    assert (first["is_primary"], second["is_primary"]) == (True, False)
    assert stranger.post(f"{path}/{second['id']}/primary").status_code == 204
    assert stranger.delete(f"{path}/{first['id']}").status_code == 204
    assert code_of(stranger.delete(f"{path}/{second['id']}")) == "last_document"


def test_one_who_is_of_age_ends_what_others_may(stranger):
    account = PatientAccount.objects.create(email_index="a-parent", created_at=TEN)
    made = answer_of(stranger.post("/people", person()))
    AccountPerson.objects.create(account=account, person_id=made["id"], relation="CHILD", added_at=TEN)
    parent = make_signed_in(account.id)
    (row,) = answer_of(parent.get("/people"))
    assert row["are_records_open"] is False
    assert code_of(parent.get(f"/people/{made['id']}/holders")) == "unknown_person"
    (holder,) = answer_of(stranger.get(f"/people/{made['id']}/holders"))
    assert stranger.delete(f"/people/{made['id']}/holders/{holder['id']}").status_code == 204
    assert answer_of(parent.get("/people")) == []


def test_a_document_is_checked_while_it_is_typed_without_signing_in():
    nobody = Caller()
    body = {"type": "PRC_ID", "number": "11010519491231002X", "birth_date": "1949-12-30", "sex": "M"}
    checked = answer_of(nobody.post("/documents/check", body))
    assert (checked["birth_date"], checked["sex"], checked["nationality"]) == ("1949-12-31", "F", "CHN")
    assert {each["code"] for each in checked["warnings"]} == {"BIRTH_DIFFERS", "SEX_DIFFERS"}
    assert "性别" in str(answer_of(nobody.speaking("zh-CN").post("/documents/check", body)))
    answer = nobody.post("/documents/check", body | {"type": "LIBRARY_CARD"})
    assert (answer.status_code, code_of(answer)) == (422, "incomplete_person")


def test_a_code_line_fills_the_form():
    nobody = Caller()
    zone = "P<NGAOKAFOR<<IFEANYI<JOHN<<<<<<<<<<<<<<<<<<<\nA012345678NGA8603120M3105191<<<<<<<<<<<<<<<8"
    read = answer_of(nobody.post("/documents/code-line", {"text": zone}))
    assert (read["is_read"], read["is_passport"], read["warnings"]) == (True, True, [])
    assert (read["family_name"], read["given_names"], read["number"]) == ("OKAFOR", "IFEANYI JOHN", "A01234567")
    assert (read["birth_date"], read["valid_to"], read["issuer"]) == ("1986-03-12", "2031-05-19", "NGA")
    broken = answer_of(nobody.post("/documents/code-line", {"text": "P<NGA"}))
    assert (broken["is_read"], [each["code"] for each in broken["warnings"]]) == (False, ["MRZ_SHAPE_WRONG"])


def test_countries_come_in_both_languages():
    rows = answer_of(Caller().get("/documents/countries"))
    assert {"code": "NGA", "name": {"zh": "尼日利亚", "en": "Nigeria"}} in rows
    assert len(rows) > 240
    assert [row["name"]["en"] for row in rows] == sorted(row["name"]["en"] for row in rows)
