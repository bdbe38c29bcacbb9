"""Codes are found in Chinese, pinyin, pinyin initials, English and by code."""

from uuid import UUID

import pytest

from hospital.encounters.tests.clinic import TEN, make_visit
from hospital.records import api
from hospital.records.rules import looks_like_code, split_query
from hospital.records.tests.factories import make_terms


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fy", "J18.9"),
        ("肺炎", "J18.9"),
        ("xi jun", "J15.9"),
        ("zhiqiguan", "J18.0"),
        ("hypertension", "I10"),
        ("PNEU bact", "J15.9"),
        ("i20", "I20.9"),
        ("J18.0", "J18.0"),
    ],
)
@pytest.mark.django_db
@pytest.mark.requirement("N20")
def test_the_term_is_found_first(text, first):
    make_terms()
    assert api.search_icd10(text=text, now=TEN)[0].code == first


@pytest.mark.django_db
def test_every_word_must_be_found():
    make_terms()
    assert api.search_icd10(text="pneumonia hypertension", now=TEN) == []
    assert api.search_icd10(text="   ", now=TEN) == []


@pytest.mark.django_db
def test_what_the_doctor_signs_often_comes_first():
    make_terms()
    assert [hit.code for hit in api.search_icd10(text="feiyan", now=TEN)][-1] == "J18.9"
    scene = make_visit()
    doctor = UUID(scene.doctor.id)
    api.save_note(encounter_id=scene.encounter_id, complaint="c", findings="f", plan="", actor=scene.doctor, now=TEN)
    api.add_diagnosis(encounter_id=scene.encounter_id, code="J18.9", actor=scene.doctor, now=TEN)
    api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    hits = api.search_icd10(text="feiyan", now=TEN, user_id=doctor)
    assert (hits[0].code, hits[0].uses) == ("J18.9", 1)


@pytest.mark.django_db
def test_a_search_is_two_statements_whatever_it_finds(django_assert_num_queries):
    make_terms()
    scene = make_visit()
    with django_assert_num_queries(2):
        api.search_icd10(text="f", now=TEN, user_id=UUID(scene.doctor.id))


@pytest.mark.parametrize(("text", "expected"), [("J18.9", True), ("j1", True), ("fy", False), ("肺炎", False)])
def test_codes_are_told_from_terms(text, expected):
    assert looks_like_code(text) is expected


def test_words_are_split_at_any_space():
    assert split_query("  Fei\u3000Yan ") == ["fei", "yan"]
