"""The public directory: departments and doctors in both languages (A02, A04, N20)."""

from uuid import UUID, uuid4

import pytest

from hospital.campuses.api import (
    get_clinician,
    get_clinician_of_user,
    list_campuses,
    list_clinicians,
    list_clinicians_by_id,
    list_departments,
)
from hospital.campuses.errors import UnknownClinician
from hospital.campuses.models import Clinician, Department
from hospital.encounters.tests.clinic import make_campus, make_doctor

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N20")]


@pytest.fixture
def doctor():
    """A cardiologist who speaks English and Cantonese."""
    actor, clinician = make_doctor()
    Department.objects.filter(pk=clinician.department_id).update(
        pinyin="xinxueguanneike xxgnk", symptoms_zh="胸痛 心慌", symptoms_en="chest pain, palpitations"
    )
    Clinician.objects.filter(pk=clinician.pk).update(
        languages=["zh", "en", "yue"], pinyin="linzhiyuan lzy", expertise_zh="高血压", expertise_en="hypertension"
    )
    make_doctor(campus="NORTH")
    return actor, clinician


@pytest.mark.parametrize("text", ["心血管", "cardio", "xxgnk", "胸痛", "chest pain", "PALPITATIONS chest"])
def test_departments_are_found_by_name_pinyin_and_symptom(doctor, text):
    assert doctor[1].department_id in [card.id for card in list_departments(text=text)]


def test_every_word_must_be_found(doctor):
    assert list_departments(text="chest knee") == []
    assert list_clinicians(text="lin knee") == []
    assert len(list_departments(text="  ")) == len(list_departments()) == 2


@pytest.mark.parametrize("text", ["林志远", "志远", "lin", "Zhiyuan Lin", "lzy", "hypertension", "高血压"])
def test_doctors_are_found_by_name_pinyin_and_expertise(doctor, text):
    assert [card.id for card in list_clinicians(text=text, campus_code="IMC")] == [doctor[1].id]


@pytest.mark.parametrize("text", ["cardiology", "心血管内科", "xxgnk", "胸痛", "chest pain", "lin palpitations"])
def test_doctors_are_found_by_their_department_and_its_symptoms(doctor, text):
    assert doctor[1].id in [card.id for card in list_clinicians(text=text)]


def test_doctors_are_cut_by_campus_department_specialty_and_language(doctor):
    clinician = doctor[1]
    assert [card.id for card in list_clinicians(campus_code="IMC")] == [clinician.id]
    assert [card.id for card in list_clinicians(department_id=clinician.department_id)] == [clinician.id]
    assert [card.id for card in list_clinicians(language="yue")] == [clinician.id]
    assert len(list_clinicians(specialty="CARD")) == 2
    assert list_clinicians(specialty="NONE") == list_clinicians(language="fr") == []


def test_who_left_is_not_offered_but_still_named(doctor):
    clinician = doctor[1]
    Clinician.objects.filter(pk=clinician.pk).update(is_active=False)
    assert list_clinicians(campus_code="IMC") == []
    assert get_clinician(clinician_id=clinician.id).name.en == "LIN Zhiyuan"


def test_one_doctor_by_id_and_by_sign_in(doctor):
    actor, clinician = doctor
    assert get_clinician_of_user(user_id=UUID(actor.id)).id == clinician.id
    assert get_clinician_of_user(user_id=uuid4()) is None
    with pytest.raises(UnknownClinician):
        get_clinician(clinician_id=uuid4())


def test_lists_take_one_statement(doctor, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(list_clinicians()) == 2
    with django_assert_num_queries(1):
        assert len(list_clinicians_by_id(clinician_ids=[doctor[1].id, uuid4()])) == 1
    with django_assert_num_queries(1):
        assert len(list_departments()) == 2


def test_campuses_come_in_their_order():
    for position, code in enumerate(("SOUTH", "IMC", "NORTH")):
        campus = make_campus(code)
        campus.position = position
        campus.save()
    assert [card.code for card in list_campuses()] == ["SOUTH", "IMC", "NORTH"]


def test_a_long_question_stays_a_small_statement(doctor):
    assert list_clinicians(text="q " * 5000) == []
