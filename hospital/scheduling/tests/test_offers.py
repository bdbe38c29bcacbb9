"""Doctors are found by what patients say, with the next free place, in one statement (A04, W22)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.campuses.api import read_search, save_symptoms
from hospital.campuses.errors import SymptomIncomplete
from hospital.campuses.models import Clinician, Department, Symptom
from hospital.campuses.types import SymptomDraft
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.scheduling.api import read_days_json, read_places_json, search_offers
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.types import OfferFilter, OfferSort

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "W22")]
TODAY = local_day(TEN)
WHO = system_actor("test")


def draft(code="CHEST-PAIN", zh="胸痛", en="Chest pain", specialties=("CARD",), **facts):
    return SymptomDraft(code=code, name=BilingualText(zh, en), specialties=specialties, **facts)


@pytest.fixture
def clinic():
    """A cardiologist with three places and a skin doctor, and what their patients complain of."""
    heart = RosterSession.objects.get(pk=make_session())
    skin = RosterSession.objects.get(pk=make_session(starts_at=TEN + timedelta(days=1)))
    Department.objects.filter(pk=skin.department_id).update(
        specialty="DERM", name_zh="皮肤科", name_en="Dermatology", pinyin="pifuke pfk"
    )
    Department.objects.filter(pk=heart.department_id).update(pinyin="xinxueguanneike xxgnk")
    Clinician.objects.filter(pk=skin.clinician_id).update(
        family_zh="周", given_zh="文君", family_en="Zhou", given_en="Wenjun", pinyin="zhouwenjun zwj", sex="F",
        title="ATTENDING", languages=["zh", "fr"], expertise_en="Eczema", expertise_zh="湿疹",
    )  # fmt: skip
    Clinician.objects.filter(pk=heart.clinician_id).update(languages=["zh", "en"], pinyin="linzhiyuan lzy")
    save_symptoms(
        drafts=[
            draft(words=("胸闷", "tight chest")),
            draft("RASH", "皮疹", "Rash", ("DERM",), words=("itchy skin",)),
            draft(
                "ALARM-HEART", "胸痛伴呼吸困难", "Chest pain with trouble breathing", ("CARD",),
                words=("胸痛", "chest pain"), with_words=("气短", "short of breath"), is_alarm=True,
            ),
            draft("ALARM-STROKE", "中风", "Stroke", ("CARD",), words=("slurred speech",), is_alarm=True),
        ],
        actor=WHO,
        now=TEN,
    )  # fmt: skip
    return heart, skin


def search(text="", *, sort=OfferSort.MATCH, first=TODAY, now=TEN, offset=0, limit=20, **chosen):
    return search_offers(
        sought=read_search(text),
        chosen=OfferFilter(**chosen),
        first=first,
        last=first + timedelta(days=13),
        now=now,
        sort=sort,
        offset=offset,
        limit=limit,
    )


def names(answer):
    return [row["family_en"] for row in answer["doctors"]]


@pytest.mark.parametrize(
    "text",
    [
        *("胸痛", "chest pain", "xt", "xiongtong", "CHEST  pain!", "I have chest pain", "tight chest", "胸闷两天"),
        *("cardiology", "cardiolgy", "心血管", "xxgnk", "Lin", "林志远", "lzy", "Zhiyuan Lin", "lin chest pain"),
    ],
)
def test_a_heart_doctor_is_found(clinic, text):
    assert names(search(text)) == ["Lin"]


@pytest.mark.parametrize(
    "text", ["皮疹", "rash", "pz", "itchy skin", "eczema", "湿疹", "dermatology", "zwj", "my skin is itchy skin"]
)
def test_a_skin_doctor_is_found(clinic, text):
    assert names(search(text)) == ["Zhou"]


@pytest.mark.parametrize("text", ["knee", "膝盖", "_", "'; drop --"])
def test_what_nobody_sees_finds_nobody(clinic, text):
    assert (names(search(text)), search(text)["total"]) == ([], 0)


def test_no_words_find_everybody_and_a_campus_is_a_word_too(clinic):
    assert search()["total"] == search("IMC")["total"] == search(" % \\ ")["total"] == 2
    assert search("imc lin")["total"] == 1


@pytest.mark.parametrize(
    ("text", "alarms"),
    [
        ("chest pain", []),
        ("chest pain and short of breath", ["ALARM-HEART"]),
        ("胸痛气短", ["ALARM-HEART"]),
        ("中风", ["ALARM-STROKE"]),
        ("zhongfeng", ["ALARM-STROKE"]),
        ("his speech is slurred speech", ["ALARM-STROKE"]),
        ("str", []),
        ("short of breath", []),
    ],
)
def test_words_of_an_emergency_raise_an_alarm(clinic, text, alarms):
    assert [row["code"] for row in search(text)["alarms"]] == alarms


def test_an_alarm_that_was_withdrawn_is_raised_no_more(clinic):
    Symptom.objects.filter(code="ALARM-STROKE").update(is_active=False)
    assert search("中风")["alarms"] == []


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"language": "fr"}, ["Zhou"]),
        ({"language": "en"}, ["Lin"]),
        ({"sex": "F"}, ["Zhou"]),
        ({"title": "CHIEF"}, ["Lin"]),
        ({"specialty": "DERM"}, ["Zhou"]),
        ({"campus": "NORTH"}, []),
        ({"campus": "IMC", "sex": "M"}, ["Lin"]),
    ],
)
def test_filters_leave_who_fits(clinic, chosen, found):
    assert names(search(**chosen)) == found


def test_the_next_free_place_is_told(clinic):
    heart, skin = clinic
    first, second, _ = Slot.objects.filter(session=heart).order_by("number")
    Slot.objects.filter(pk=first.pk).update(taken=1)
    lin, zhou = search(sort=OfferSort.SOONEST)["doctors"]
    assert (lin["slot_id"], lin["session_id"], lin["item_code"]) == (second.pk, str(heart.pk), "REG-INTL")
    assert zhou["session_id"] == str(skin.pk)
    RosterSession.objects.filter(pk=heart.pk).update(is_stopped=True)
    zhou, lin = search(sort=OfferSort.SOONEST)["doctors"]
    assert (lin["family_en"], lin["slot_id"], lin["starts_at"]) == ("Lin", None, None)
    assert search(part="PM")["doctors"][0]["slot_id"] is None


def test_pages_are_cut_and_ordered(clinic):
    assert names(search(sort=OfferSort.SENIOR)) == ["Lin", "Zhou"]
    assert names(search(sort=OfferSort.SOONEST, offset=1, limit=1)) == ["Zhou"]
    assert search(offset=5)["total"] == 2
    assert [row["code"] for row in search()["specialties"]] == ["CARD", "DERM"]


def test_days_say_what_is_held_and_what_is_free(clinic):
    Slot.objects.filter(session=clinic[1]).update(taken=1)
    facts: dict[str, Any] = {"first": TODAY, "last": TODAY + timedelta(days=2), "now": TEN}
    days = json.loads(read_days_json(sought=read_search(""), chosen=OfferFilter(), **facts))
    assert [(row["sessions"], row["free"]) for row in days] == [(1, 3), (1, 0), (0, 0)]
    assert days[0]["day"] == TODAY.isoformat()
    of_rash = json.loads(read_days_json(sought=read_search("rash"), chosen=OfferFilter(), **facts))
    assert [row["sessions"] for row in of_rash] == [0, 1, 0]
    mine = json.loads(
        read_days_json(sought=read_search(""), chosen=OfferFilter(clinician=clinic[0].clinician_id), **facts)
    )
    assert [row["free"] for row in mine] == [3, 0, 0]
    late = facts | {"now": TEN + timedelta(minutes=75)}
    assert json.loads(read_days_json(sought=read_search(""), chosen=OfferFilter(), **late))[0]["free"] == 1


def test_places_of_a_day_are_all_listed(clinic):
    heart, _ = clinic
    Slot.objects.filter(session=heart, number=2).update(taken=1)
    text = read_places_json(clinician_id=heart.clinician_id, day=TODAY, now=TEN + timedelta(hours=1))
    (session,) = json.loads(text)
    assert [(row["free"], row["is_past"]) for row in session["places"]] == [(0, True), (0, False), (1, False)]
    assert json.loads(read_places_json(clinician_id=heart.clinician_id, day=TODAY + timedelta(days=1), now=TEN)) == []


def test_every_search_is_one_statement(clinic):
    with CaptureQueriesContext(connection) as statements:
        search("chest pain and short of breath cardiolgy", language="en", part="AM")
        read_days_json(sought=read_search("胸痛"), chosen=OfferFilter(), first=TODAY, last=TODAY, now=TEN)
        read_places_json(clinician_id=clinic[0].clinician_id, day=TODAY, now=TEN)
    assert len(statements) == 3


def test_a_symptom_is_written_again_under_its_code_and_never_half(clinic):
    save_symptoms(drafts=[draft("RASH", "皮疹", "Skin rash", ("CARD",))], actor=WHO, now=TEN)
    assert Symptom.objects.get(code="RASH").specialties == ["CARD"]
    with pytest.raises(SymptomIncomplete):
        save_symptoms(drafts=[draft("NEW", "新", "New"), draft("HALF", "", "Half")], actor=WHO, now=TEN)
    assert not Symptom.objects.filter(code="NEW").exists()
