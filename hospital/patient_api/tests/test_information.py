"""What the hospital says about itself is open to all, in both languages and scripts, and kept by its tag (A02, W20)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from hospital.campuses.models import Room
from hospital.encounters.tests.clinic import TEN, make_doctor
from hospital.kernel.types import BilingualText
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of
from hospital.publications.api import add_picture, withdraw_article
from hospital.publications.tests.factories import editor, make_article, make_content, picture_bytes
from hospital.publications.types import ArticleKind, Audience

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02", "W20")]


def publish(slug: str, *, kind: ArticleKind = ArticleKind.ANNOUNCEMENT, **facts):
    return make_article(kind=kind, slug=slug, now=TEN, **{"shown": True, **facts})


def slugs(anonymous, **asked) -> list[str]:
    return [each["slug"] for each in answer_of(anonymous.get("/articles", kind="announcement", **asked))["items"]]


def test_announcements_are_listed_and_read(anonymous):
    publish("hours", content=make_content(title=BilingualText("门诊时间", "Clinic hours"), is_pinned=True))
    publish("north", campus="NORTH", is_hospital_wide=False)
    publish("families", content=make_content(audience=Audience.FAMILIES))
    assert slugs(anonymous)[0] == "hours"
    assert set(slugs(anonymous, campus="IMC")) == {"hours", "families"}
    assert set(slugs(anonymous, audience="overseas")) == {"hours", "north"}
    assert slugs(anonymous, q="clinic") == ["hours"]
    article = answer_of(anonymous.get("/articles/announcement/hours"))
    assert article["title"] == {"zh": "门诊时间", "en": "Clinic hours"}
    assert article["translation"] == "reviewed"
    (block,) = article["body"]["en"]
    assert block["kind"] == "paragraph"
    assert block["spans"][1] == {"text": "wait", "strong": True, "href": ""}


def test_what_is_not_shown_is_not_there(anonymous, clock):
    publish("tomorrow", shown=False, shown_from=TEN + timedelta(days=1))
    draft = publish("draft", shown=False)
    gone = publish("gone")
    withdraw_article(actor=editor(), article_id=gone, version=1, now=TEN, reason="over")
    assert slugs(anonymous) == []
    for slug in ("tomorrow", "draft", "gone", "never"):
        answer = anonymous.get(f"/articles/announcement/{slug}")
        assert (answer.status_code, code_of(answer)) == (404, "unknown_article")
    assert anonymous.get("/articles/help/tomorrow").status_code == 404
    clock.now = TEN + timedelta(days=1)
    assert slugs(anonymous) == ["tomorrow"]
    assert draft


def test_lists_come_in_pages(anonymous):
    for number in range(23):
        publish(f"n{number}")
    first = answer_of(anonymous.get("/articles", kind="announcement"))
    second = answer_of(anonymous.get("/articles", kind="announcement", page=2))
    assert (len(first["items"]), len(second["items"]), first["pages"], first["count"]) == (20, 3, 2, 23)
    assert not {each["slug"] for each in first["items"]} & {each["slug"] for each in second["items"]}
    assert anonymous.get("/articles", kind="announcement", page=0).status_code == 422
    assert anonymous.get("/articles", kind="doctor").status_code == 422


@pytest.mark.requirement("N20")
def test_chinese_comes_in_the_script_that_was_asked_for(anonymous):
    publish(
        "number", content=make_content(title=BilingualText("挂号须知", "Numbers"), body=BilingualText("请先挂号", "x"))
    )
    simplified = answer_of(anonymous.speaking("zh-Hans").get("/articles/announcement/number"))
    assert simplified["title"]["zh"] == "挂号须知"
    for language in ("zh-Hant", "zh-HK,zh;q=0.8,en;q=0.5", "en,zh-TW;q=0.5"):
        article = answer_of(anonymous.speaking(language).get("/articles/announcement/number"))
        assert article["title"] == {"zh": "掛號須知", "en": "Numbers"}
        assert article["body"]["zh"][0]["spans"][0]["text"] == "請先掛號"


@pytest.mark.requirement("N20")
def test_refusals_come_in_the_script_that_was_asked_for(anonymous):
    answer = anonymous.speaking("zh-Hant").get("/articles/guide/never")
    assert json.loads(answer.content)["detail"] == "沒有找到這個頁面，可能已經下線。"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "没有找到" in json.loads(anonymous.speaking("zh-Hans").get("/articles/guide/never").content)["detail"]


def test_an_unchanged_answer_is_not_sent_again(anonymous):
    publish("hours")
    answer = anonymous.get("/articles", kind="announcement")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in answer["Vary"]
    again = anonymous.client.get(
        "/api/articles?kind=announcement", headers={"If-None-Match": answer["ETag"], "Accept-Language": "en"}
    )
    assert (again.status_code, again.content) == (304, b"")
    publish("news")
    changed = anonymous.client.get(
        "/api/articles?kind=announcement", headers={"If-None-Match": answer["ETag"], "Accept-Language": "en"}
    )
    assert changed.status_code == 200
    assert "Cache-Control" not in anonymous.get("/articles/announcement/never")


def test_a_campus_says_where_it_is_and_what_is_on_which_floor(anonymous):
    _, clinician = make_doctor()
    department = clinician.department
    department.floor = "3"
    department.save()
    for floor, code in (("10", "A"), ("B1", "B"), ("3", "C")):
        Room.objects.create(campus_id="IMC", code=f"IMC-{code}", name_zh="室", name_en=f"Room {code}", floor=floor)
    publish(
        "imc",
        kind=ArticleKind.CAMPUS,
        content=make_content(
            numbers={"latitude": "23.1291", "longitude": "113.2644"},
            texts={
                "hours": BilingualText("八点到五点", "08:00 to 17:00"),
                "emergency": BilingualText("东门", "East gate"),
            },
        ),
    )
    page = answer_of(anonymous.get("/campuses/IMC"))
    assert (page["latitude"], page["longitude"]) == ("23.1291", "113.2644")
    assert page["hours"]["en"] == "08:00 to 17:00"
    assert [each["floor"] for each in page["floors"]] == ["B1", "3", "10"]
    assert page["floors"][1]["departments"][0]["name"]["en"] == "Cardiology"
    assert page["article"]["body"]["en"]
    assert code_of(anonymous.get("/campuses/NOWHERE")) == "unknown_campus"


def test_a_doctor_is_shown_with_portrait_and_education(anonymous):
    _, clinician = make_doctor()
    path = f"/doctors/{clinician.id}/profile"
    assert answer_of(anonymous.get(path))["article"] is None
    picture = add_picture(actor=editor(), campus_code="IMC", data=picture_bytes(), now=TEN)
    publish(
        "lin-zhiyuan",
        kind=ArticleKind.DOCTOR,
        clinician_id=clinician.id,
        content=make_content(
            picture_id=picture,
            picture_alt=BilingualText("林医生", "Dr Lin"),
            texts={"education": BilingualText("医学博士", "Doctor of medicine")},
        ),
    )
    page = answer_of(anonymous.get(path))
    assert page["education"]["en"] == "Doctor of medicine"
    assert page["portrait"] == page["doctor"]["portrait"] == f"/api/pictures/{picture}"
    (listed,) = answer_of(anonymous.get("/doctors"))
    assert listed["portrait"] == page["portrait"]
    shown = anonymous.get(f"/pictures/{picture}")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "immutable" in shown["Cache-Control"]
    assert code_of(anonymous.get(f"/pictures/{uuid4()}")) == "unknown_picture"
    assert code_of(anonymous.get(f"/doctors/{uuid4()}/profile")) == "unknown_clinician"


def test_a_department_is_shown_with_its_doctors(anonymous):
    _, clinician = make_doctor()
    publish("cardiology", kind=ArticleKind.DEPARTMENT, department_id=clinician.department_id)
    page = answer_of(anonymous.get(f"/departments/{clinician.department_id}"))
    assert page["department"]["name"]["en"] == "Cardiology"
    assert [each["id"] for each in page["doctors"]] == [str(clinician.id)]
    assert page["article"]["title"]["en"] == "How to take a number"
    assert code_of(anonymous.get(f"/departments/{uuid4()}")) == "unknown_department"


def test_the_hospital_is_shown_once_it_is_written(anonymous):
    assert code_of(anonymous.get("/hospital")) == "unknown_article"
    publish("hospital", kind=ArticleKind.HOSPITAL)
    assert answer_of(anonymous.get("/hospital"))["kind"] == "hospital"


@pytest.mark.requirement("A15", "W30")
def test_help_topics_are_read_without_signing_in(anonymous):
    publish("refund", kind=ArticleKind.HELP)
    listed = answer_of(anonymous.get("/articles", kind="help"))["items"]
    assert [each["slug"] for each in listed] == ["refund"]


def test_no_list_asks_once_a_row(anonymous, django_assert_num_queries):
    for number in range(5):
        publish(f"n{number}")
        make_doctor()
    with django_assert_num_queries(2):
        assert len(json.loads(anonymous.get("/articles", kind="announcement").content)["items"]) == 5
    with django_assert_num_queries(2):
        assert len(json.loads(anonymous.get("/doctors").content)) == 5
