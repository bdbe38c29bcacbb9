"""The people an account books for (A03, F47): names as printed, masked documents, warnings that never block."""

import pytest

from hospital.patient_api.tests.callers import code_of, count_statements, make_signed_in, read_everything
from hospital.patient_api.tests.factories import answer_of
from hospital.patients.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N10")]


def person(**changes):
    body = {
        "relation": "SELF",
        "family_name": "Featherstonehaugh-Cholmondeley",
        "given_names": "Oliver James",
        "sex": "M",
        "birth_date": "1979-03-14",
        "nationality": "GBR",
        "document": {"type": "PASSPORT", "number": "533401782"},
        "languages": ["en"],
    }
    return body | changes


def test_a_british_patient_adds_himself(stranger):
    made = answer_of(stranger.post("/people", person()))
    assert made["warnings"] == []
    (row,) = answer_of(stranger.get("/people"))
    assert row["id"] == made["id"]
    assert (row["family_name"], row["given_names"]) == ("FEATHERSTONEHAUGH-CHOLMONDELEY", "Oliver James")
    assert row["is_default"] is True
    (document,) = row["documents"]
    assert (document["type"], document["issuer"]) == ("PASSPORT", "GBR")
    assert "533401782" not in str(row)


@pytest.mark.parametrize(("language", "words"), [("en", "check digit"), ("zh-CN", "校验码")])
def test_a_wrong_check_digit_is_a_warning_in_the_readers_language(stranger, language, words):
    card = {"type": "PRC_ID", "number": "440106197903140012"}
    made = stranger.speaking(language).post("/people", person(chinese_name="林志远", nationality="CHN", document=card))
    assert made.status_code == 201
    (warning,) = [each for each in made.json()["warnings"] if each["code"] == "CHECK_WRONG"]
    assert words in warning["text"]
    (row,) = answer_of(stranger.speaking(language).get("/people"))
    assert words in str(row["documents"][0]["warnings"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"family_name": "", "given_names": ""}, "name"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"nationality": "XQZ"}, "nationality"),
        ({"document": {"type": "LIBRARY_CARD", "number": "1"}}, "document"),
        ({"document": {"type": "PASSPORT", "number": "   "}}, "document"),
        ({"relation": "NEIGHBOR"}, "relation"),
    ],
)
def test_what_is_missing_or_impossible_is_named(stranger, changes, field):
    before = read_everything()
    answer = stranger.post("/people", person(**changes))
    assert (answer.status_code, code_of(answer)) == (422, "incomplete_person")
    assert answer.json()["facts"]["fields"] == field
    assert read_everything() == before


def test_the_same_document_makes_no_second_person(stranger):
    answer_of(stranger.post("/people", person()))
    other = make_signed_in()
    before = read_everything()
    for caller in (stranger, other):
        answer = caller.post("/people", person(given_names="Somebody Else"))
        assert (answer.status_code, code_of(answer)) == (409, "document_taken")
    assert read_everything() == before


def test_who_is_taken_off_the_list_stays_with_the_hospital(stranger):
    made = answer_of(stranger.post("/people", person()))
    assert stranger.delete(f"/people/{made['id']}").status_code == 204
    assert answer_of(stranger.get("/people")) == []
    assert Person.objects.filter(pk=made["id"]).exists()
    assert code_of(stranger.delete(f"/people/{made['id']}")) == "unknown_person"


def test_many_people_take_as_many_statements_as_few(stranger):
    for number in range(2):
        stranger.post("/people", person(relation="OTHER", document={"type": "PASSPORT", "number": f"53340178{number}"}))
    few, rows = count_statements(stranger, "/people")
    assert rows == 2
    for number in range(2, 9):
        stranger.post("/people", person(relation="OTHER", document={"type": "PASSPORT", "number": f"53340178{number}"}))
    assert count_statements(stranger, "/people") == (few, 9)
