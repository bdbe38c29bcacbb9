"""Examinations in the app: what to answer, the plan, booking, moving, canceling, calendar (W33)."""

import json
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN
from hospital.examinations.models import ExamBooking
from hospital.patient_api.tests.callers import code_of, make_signed_in
from hospital.workflows.keep_exam_times import remind_of_exams
from hospital.workflows.tasks import put_into_inbox
from hospital.workflows.tests.exams import make_exams

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("W33")]


@pytest.fixture
def exams(acquirer):
    return make_exams("USA", "MRB")


@pytest.fixture
def owner(exams):
    return make_signed_in(exams.patient.id)


def book(owner, exams):
    """Plans and books everything; the bookings."""
    path = f"/people/{exams.person_id}/examinations"
    answers = {"IMPLANT": False}
    lines = [str(line) for line in exams.lines.values()]
    planned = owner.post(f"{path}/plan", {"line_ids": lines, "answers": answers}).json()
    spots = [
        {"line_id": each["line_id"], "device_id": each["place"]["device_id"], "starts_at": each["starts_at"]}
        for each in planned["exams"]
    ]
    return planned, owner.post(f"{path}/book", {"spots": spots, "answers": answers})


def test_from_the_questions_to_the_calendar(owner, exams):
    found = owner.get(f"/people/{exams.person_id}/examinations").json()
    assert [question["code"] for question in found["questions"]] == ["IMPLANT"]
    assert {exam["status"] for exam in found["exams"]} == {"TO_PLAN"}
    planned, answer = book(owner, exams)
    assert [each["name"]["en"] for each in planned["exams"]] == ["Abdominal ultrasound", "MRI brain"]
    assert planned["exams"][0]["whys"][0]["zh"]
    assert planned["split"] is None
    assert answer.status_code == 200
    booked = answer.json()[0]
    assert (booked["state"], booked["can_change"], booked["place"]["sign"]) == ("BOOKED", True, "US 1 室")
    path = f"/examinations/{booked['id']}"
    calendar = owner.get(f"{path}/calendar")
    assert b"Fast for 8 hours" in calendar.content.replace(b"\r\n ", b"")
    day = (TEN + timedelta(days=2)).date().isoformat()
    times = owner.get(f"{path}/times", day=day).json()
    moved = owner.post(f"{path}/move", {"device_id": times[0]["device_id"], "starts_at": times[0]["starts_at"]}).json()
    assert (moved["starts_at"], moved["revision"]) == (times[0]["starts_at"], 1)
    assert owner.post(f"{path}/cancel", {}).json()["state"] == "CANCELLED"
    statuses = {exam["status"] for exam in owner.get(f"/people/{exams.person_id}/examinations").json()["exams"]}
    assert statuses == {"TO_PLAN", "BOOKED"}


def test_the_visit_shows_where_to_plan_and_then_time_and_place(owner, exams):
    path = f"/appointments/{Encounter.objects.get(pk=exams.story.encounter_id).appointment_id}/journey"
    nodes = [node for node in owner.get(path).json()["nodes"] if node["kind"] == "EXAM_DONE"]
    assert [(node["action"], node["target"]) for node in nodes] == [("PLAN_EXAMS", str(exams.person_id))] * 2
    _, answer = book(owner, exams)
    by_name = {each["name"]["en"]: each for each in answer.json()}
    for node in (node for node in owner.get(path).json()["nodes"] if node["kind"] == "EXAM_DONE"):
        booked = by_name[node["names"][0]["en"]]
        assert (node["action"], node["target"]) == ("OPEN_EXAM", booked["id"])
        assert (node["planned_at"], node["place"]["sign"]) == (booked["starts_at"], booked["place"]["sign"])


def test_a_doubt_is_sent_to_the_desk(owner, exams):
    path = f"/people/{exams.person_id}/examinations"
    lines = [str(line) for line in exams.lines.values()]
    planned = owner.post(f"{path}/plan", {"line_ids": lines, "answers": {"IMPLANT": True}}).json()
    assert [(each["code"], each["name"]["en"]) for each in planned["left_out"]] == [("ASK_DESK", "MRI brain")]


def test_a_stranger_finds_none_of_it(owner, exams):
    _, answer = book(owner, exams)
    booked = answer.json()[0]["id"]
    stranger = make_signed_in()
    before = list(ExamBooking.objects.values_list("state", "starts_at"))
    for method, path in (("GET", ""), ("GET", "/times"), ("GET", "/calendar"), ("POST", "/cancel")):
        address = f"/examinations/{booked}{path}"
        refused = stranger.get(address) if method == "GET" else stranger.post(address, {})
        assert (refused.status_code, code_of(refused)) == (404, "unknown_person")
    assert list(ExamBooking.objects.values_list("state", "starts_at")) == before


def test_the_evening_before_a_message_says_how_to_prepare(owner, exams):
    book(owner, exams)
    assert remind_of_exams(now=TEN + timedelta(hours=8)) == 2
    assert remind_of_exams(now=TEN + timedelta(hours=9)) == 0
    told = [
        job.args
        for job in ProcrastinateJob.objects.filter(task_name="workflows.tell_patient")
        if job.args["kind"] == "examinations.reminded"
    ]
    assert len(told) == 2
    for args in told:
        put_into_inbox(**args)
        put_into_inbox(**args)
    messages = owner.get("/inbox").json()["messages"]
    assert {message["target_kind"] for message in messages} == {"examination"}
    assert len(messages) == 2
    assert any("Fast for 8 hours." in message["body"]["en"] for message in messages)
    assert json.dumps(messages, ensure_ascii=False).count("空腹8小时。") == 1
