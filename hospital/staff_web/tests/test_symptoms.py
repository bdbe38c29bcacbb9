"""Editors keep the words with which patients look for a doctor (A04, N20)."""

import pytest
from django.utils import timezone

from hospital.audit.api import list_entries
from hospital.campuses.api import (
    add_symptom,
    change_symptom,
    get_edited_symptom,
    list_edited_symptoms,
    list_symptoms,
    save_symptoms,
)
from hospital.campuses.errors import (
    NotDirectoryEditor,
    SymptomChanged,
    SymptomIncomplete,
    SymptomTaken,
    UnknownDepartment,
    UnknownSymptom,
)
from hospital.campuses.models import Symptom
from hospital.campuses.types import SymptomDraft
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.types import BilingualText
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N20")]
DESK = "/staff/publications/symptoms/"


@pytest.fixture(autouse=True)
def specialty():
    """A department of cardiology and one symptom that it sees."""
    _, clinician = make_doctor()
    code = clinician.department.specialty
    draft = SymptomDraft(
        code="FEVER",
        name=BilingualText("发热", "Fever"),
        specialties=(code,),
        words=("发烧", "high temperature"),
        position=0,
    )
    save_symptoms(drafts=[draft], actor=system_actor("test"), now=TEN)
    return code


def fields(specialty, **changes):
    values = {
        "name_zh": "头痛",
        "name_en": "Headache",
        "words_zh": "头疼\n 偏头痛 ",
        "words_en": "Migraine\nhead hurts",
        "first": specialty,
        "is_active": "on",
    }
    return values | changes


def test_a_new_symptom_is_found_at_once_by_its_words_and_pinyin(specialty):
    desk = open_desk(Role.EDITOR)
    assert desk.post(f"{DESK}new/", fields(specialty)).status_code == 302
    row = Symptom.objects.get(code="HEADACHE")
    assert row.phrases == ["头痛", " headache ", "头疼", "偏头痛", " migraine ", " head hurts "]
    assert (" toutong" in row.search_text, row.position, row.specialties) == (True, 1, [specialty])
    assert [each.code for each in list_symptoms()] == ["FEVER", "HEADACHE"]
    assert len(list_entries(action="campuses.add_symptom")) == 1


def test_what_is_not_changed_stays_as_it_was(specialty):
    before = Symptom.objects.values().get(code="FEVER")
    desk = open_desk(Role.EDITOR)
    form = desk.get(f"{DESK}FEVER/").context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not False}
    assert (form.initial["words_zh"], form.initial["words_en"]) == ("发烧", "high temperature")
    assert desk.post(f"{DESK}FEVER/", sent).status_code == 302
    after = Symptom.objects.values().get(code="FEVER")
    assert after | {"version": 1} == before
    assert after["version"] == 2


def test_two_editors_do_not_overwrite_each_other(specialty):
    desk = open_desk(Role.EDITOR)
    mine = fields(specialty, name_zh="发热", name_en="Fever", version="1", position="0")
    assert desk.post(f"{DESK}FEVER/", mine | {"words_en": "chills"}).status_code == 302
    late = desk.post(f"{DESK}FEVER/", mine | {"words_en": "hot"})
    assert late.status_code == 422
    assert "hot" in late.content.decode()
    assert " chills " in Symptom.objects.get().phrases
    again = late.context["form"]["version"].value()
    assert desk.post(f"{DESK}FEVER/", mine | {"words_en": "hot", "version": again}).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"name_en": ""},
        {"name_zh": ""},
        {"name_zh": "Headache"},
        {"first": ""},
        {"first": "NOWHERE"},
        {"name_en": "fever"},
        {"name_en": "头痛"},
        {"words_en": "x" * 121},
    ],
)
def test_what_is_incomplete_or_there_already_is_not_saved(specialty, changes):
    refused = open_desk(Role.EDITOR).post(f"{DESK}new/", fields(specialty) | changes)
    assert refused.status_code == 422
    assert Symptom.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_marks_gaps_and_a_word_narrows_it(specialty, language):
    desk = open_desk(Role.EDITOR, language=language)
    desk.post(f"{DESK}new/", fields(specialty, words_en=""))
    gap = {"en": "No other English words", "zh-hans": "缺少其他英文词"}[language]
    page = desk.get(DESK).content.decode()
    assert page.count(gap) == 2  # the filter and the row
    narrowed = desk.get(f"{DESK}?q=temperature").content.decode()
    assert ("FEVER" in narrowed, "HEADACHE" in narrowed) == (True, False)
    assert "FEVER" not in desk.get(f"{DESK}?gap=en").content.decode()


def test_only_editors_open_it(specialty):
    for role in (Role.REGISTRAR, Role.DOCTOR, Role.SECURITY_ADMIN):
        desk = open_desk(role)
        assert desk.get(DESK).status_code == 403
        assert desk.post(f"{DESK}new/", fields(specialty)).status_code == 403
    draft = get_edited_symptom(code="FEVER", actor=make_staff(Role.EDITOR)).draft
    clerk = make_staff(Role.REGISTRAR)
    with pytest.raises(NotDirectoryEditor):
        add_symptom(draft=draft, actor=clerk, now=timezone.now())
    with pytest.raises(NotDirectoryEditor):
        list_edited_symptoms(actor=clerk)
    assert Symptom.objects.count() == 1


def test_the_directory_refuses_by_name(specialty):
    editor, now = make_staff(Role.EDITOR), timezone.now()
    good = SymptomDraft(code="", name=BilingualText("咳嗽", "Cough"), specialties=(specialty,))
    for draft, refusal in (
        (SymptomDraft(code="", name=BilingualText("咳嗽", ""), specialties=(specialty,)), SymptomIncomplete),
        (SymptomDraft(code="", name=good.name, specialties=("NOWHERE",)), UnknownDepartment),
        (SymptomDraft(code="", name=BilingualText("发热", "Pyrexia"), specialties=(specialty,)), SymptomTaken),
    ):
        with pytest.raises(refusal):
            add_symptom(draft=draft, actor=editor, now=now)
    with pytest.raises(UnknownSymptom):
        change_symptom(
            draft=SymptomDraft(code="NONE", name=good.name, specialties=(specialty,)), version=1, actor=editor, now=now
        )
    with pytest.raises(SymptomChanged):
        change_symptom(
            draft=SymptomDraft(code="FEVER", name=good.name, specialties=(specialty,)), version=9, actor=editor, now=now
        )
    assert Symptom.objects.get().name == BilingualText("发热", "Fever")


def test_the_list_takes_a_fixed_number_of_statements(specialty):
    desk = open_desk(Role.EDITOR)
    few = count_queries(desk, DESK)
    for number in range(6):
        desk.post(f"{DESK}new/", fields(specialty, name_zh=f"头痛{number}", name_en=f"Headache {number}"))
    assert count_queries(desk, DESK) == few
