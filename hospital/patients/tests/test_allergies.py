"""Allergies: recorded by those who ask, struck out with a reason, or asked and none known (D52, N19)."""

from functools import partial

import pytest

from hospital.audit.api import list_entries, list_versions
from hospital.encounters.tests.clinic import TEN, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.tests.threads import run_together
from hospital.kernel.types import BilingualText
from hospital.patients import errors
from hospital.patients.api import (
    get_person,
    grant_care_relation,
    list_allergy_entries,
    record_allergy,
    record_no_allergies,
    strike_out_allergy,
)
from hospital.patients.models import Allergy
from hospital.patients.rules.allergens import ALLERGENS, REACTIONS
from hospital.patients.types import NewAllergy

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52")]
PENICILLIN = NewAllergy(substance="PENICILLIN", reaction="ANAPHYLAXIS")
MANGO = NewAllergy(other=BilingualText("芒果", "Mango"), reaction="SWELLING")


@pytest.fixture
def person_id():
    person = make_person()
    grant_care_relation(person_id=person.id, campus_code="IMC", source="visit", now=TEN)
    return person.id


def card(person_id):
    return get_person(person_id=person_id, actor=make_staff(Role.DOCTOR), now=TEN)


def record(person_id, new=PENICILLIN, role=Role.NURSE):
    return record_allergy(person_id=person_id, new=new, actor=make_staff(role), now=TEN)


def test_a_listed_substance_brings_its_drugs_and_a_dangerous_reaction_is_severe(person_id):
    record(person_id)
    record(person_id, MANGO, role=Role.DOCTOR)
    first, second = card(person_id).allergies
    assert (first.group, first.substance.en, first.is_severe) == ("PENICILLIN", "Penicillins", True)
    assert (second.group, second.substance.zh, second.reaction.en) == ("", "芒果", "Swollen lips or eyelids")
    assert not second.is_severe
    assert [entry.action for entry in list_entries(person_id=person_id)].count("patients.record_allergy") == 2


@pytest.mark.parametrize(
    "new",
    [
        NewAllergy(substance="PENICILLIN"),
        NewAllergy(reaction="RASH"),
        NewAllergy(substance="NO_SUCH", reaction="RASH"),
        NewAllergy(other=BilingualText("芒果", ""), reaction="RASH"),
        NewAllergy(other=BilingualText("芒" * 81, "Mango"), reaction="RASH"),
    ],
)
def test_half_of_an_allergy_is_refused(person_id, new):
    with pytest.raises(errors.BadAllergy):
        record(person_id, new)
    assert not Allergy.objects.exists()


def test_a_desk_that_does_not_ask_and_a_stranger_record_nothing(person_id):
    with pytest.raises(errors.NotRecorder):
        record(person_id, role=Role.PHARMACIST)
    with pytest.raises(errors.NoCareRelation):
        record_allergy(person_id=person_id, new=PENICILLIN, actor=make_staff(Role.DOCTOR, campus="NTH"), now=TEN)
    assert not Allergy.objects.exists()


@pytest.mark.requirement("N19")
def test_a_mistake_is_struck_out_once_and_stays_readable(person_id):
    allergy_id = record(person_id)
    doctor = make_staff(Role.DOCTOR)
    strike = partial(strike_out_allergy, person_id=person_id, allergy_id=allergy_id, actor=doctor, now=TEN)
    with pytest.raises(errors.ReasonNeeded):
        strike(reason="no")
    strike(reason="Tested in 2025: tolerated")
    with pytest.raises(errors.UnknownAllergy):
        strike(reason="Tested in 2025: tolerated")
    assert not card(person_id).allergies
    (entry,) = list_allergy_entries(person_id=person_id)
    assert entry.struck_out_reason == "Tested in 2025: tolerated"
    assert entry.struck_out_by.en == doctor.label
    assert [version.operation for version in list_versions(table_name="patients_allergy", row_id=str(allergy_id))] == [
        "INSERT",
        "UPDATE",
    ]
    record(person_id)  # the same substance may be found again
    assert len(card(person_id).allergies) == 1


def test_none_known_is_said_by_somebody_and_ends_with_the_first_allergy(person_id):
    assert card(person_id).no_allergies_at is None
    nurse = make_staff(Role.NURSE)
    record_no_allergies(person_id=person_id, actor=nurse, now=TEN)
    assert card(person_id).no_allergies_at == TEN
    allergy_id = record(person_id)
    assert card(person_id).no_allergies_at is None
    with pytest.raises(errors.HasAllergies):
        record_no_allergies(person_id=person_id, actor=nurse, now=TEN)
    strike_out_allergy(
        person_id=person_id, allergy_id=allergy_id, reason="wrong patient, see note", actor=nurse, now=TEN
    )
    assert card(person_id).no_allergies_at is None  # nobody has asked since


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_who_record_one_substance_write_it_once(person_id):
    outcomes = run_together([partial(record, person_id)] * 3)
    assert sorted(type(each).__name__ for each in outcomes) == ["AllergyKnownAlready"] * 2 + ["UUID"]
    assert Allergy.objects.count() == 1


def test_every_listed_word_stands_in_both_languages():
    texts = [each.substance for each in ALLERGENS.values()] + list(REACTIONS.values())
    assert all(text.zh and text.en for text in texts)
    assert len({text.zh for text in texts}) == len({text.en for text in texts}) == len(texts)
