"""The inbox: what happened is told once, in both languages, to those who act for the patient, never with a result."""

import json

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.notifications.api import post_messages
from hospital.notifications.models import InboxMessage
from hospital.notifications.types import NewMessage
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import answer_of
from hospital.workflows.tasks import put_into_inbox

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "A16")]


def run_jobs():
    """What the worker would do with the events of this test."""
    for job in ProcrastinateJob.objects.filter(task_name="workflows.tell_patient").order_by("id"):
        put_into_inbox(**job.args)


def kinds_of(caller):
    return [message["kind"] for message in answer_of(caller.get("/inbox"))["messages"]]


def account_of(caller):
    return answer_of(caller.get("/account"))["id"]


def fill(caller, number):
    for each in range(number):
        post_messages(
            account_ids=[account_of(caller)],
            message=NewMessage(kind="announcement", key=f"n{each}", title=BilingualText(f"公告{each}", f"News {each}")),
            now=TEN,
        )


def test_a_visit_is_told_from_booking_to_report_without_a_value(world):
    run_jobs()
    messages = answer_of(world.owner.get("/inbox"))
    found = {message["kind"]: message for message in messages["messages"]}
    assert {"bill", "paid", "report"} <= set(found)
    assert messages["unread"] == len(messages["messages"])
    assert found["paid"]["target_kind"] == "receipt"
    assert found["paid"]["target_id"] == world.settlement_id
    assert found["report"]["target_id"] == str(world.report_id)
    assert found["report"]["title"] == {"zh": "您的报告已出", "en": "A report is ready"}
    text = json.dumps([found["report"]["title"], found["report"]["body"]])
    for value in ("6.1", "WBC", "Hemoglobin", "usual"):
        assert value not in text


def test_a_booking_is_told_with_its_time_in_both_languages(booking):
    run_jobs()
    (message,) = [each for each in answer_of(booking.owner.get("/inbox"))["messages"] if each["kind"] == "booked"]
    assert "11月25日" in message["body"]["zh"]
    assert "25 Nov 2026" in message["body"]["en"]
    assert (message["target_kind"], message["target_id"]) == ("visit", booking.appointment_id)


def test_the_same_event_is_told_once(booking):
    run_jobs()
    before = InboxMessage.objects.count()
    run_jobs()
    assert InboxMessage.objects.count() == before > 0


def test_a_booking_given_back_is_told_and_a_hold_let_go_is_not(booking):
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/cancel", {"reason": "travel"}))
    run_jobs()
    assert kinds_of(booking.owner)[0] == "cancelled"


def test_who_no_longer_acts_for_the_patient_is_told_nothing(booking):
    assert booking.owner.delete(f"/people/{booking.person_id}").status_code in {204, 409}
    from hospital.patients.models import AccountPerson

    AccountPerson.objects.update(removed_at=TEN)
    run_jobs()
    assert not InboxMessage.objects.exists()


def test_reading_marks_one_and_then_all(stranger):
    fill(stranger, 3)
    (first, *_) = answer_of(stranger.get("/inbox"))["messages"]
    assert stranger.post(f"/inbox/{first['id']}/read").status_code == 204
    assert answer_of(stranger.get(f"/inbox/{first['id']}"))["read_at"]
    assert answer_of(stranger.get("/inbox"))["unread"] == 2
    assert stranger.post("/inbox/read").status_code == 204
    assert answer_of(stranger.get("/inbox"))["unread"] == 0


def test_pages_hold_thirty_and_lead_to_the_older_ones(stranger):
    fill(stranger, 32)
    first = answer_of(stranger.get("/inbox"))
    rest = answer_of(stranger.get("/inbox", before=first["next_before"]))
    assert (len(first["messages"]), len(rest["messages"]), rest["next_before"]) == (30, 2, None)
    assert not {each["id"] for each in first["messages"]} & {each["id"] for each in rest["messages"]}


def test_the_inbox_takes_a_fixed_number_of_statements(stranger):
    fill(stranger, 1)
    few, _ = count_statements(stranger, "/inbox")
    fill(stranger, 20)
    many, _ = count_statements(stranger, "/inbox")
    assert many == few <= 4


def test_nobody_reads_a_message_of_another_account(world, stranger):
    run_jobs()
    message = InboxMessage.objects.first()
    for answer in (stranger.get(f"/inbox/{message.id}"), stranger.post(f"/inbox/{message.id}/read")):
        assert (answer.status_code, code_of(answer)) == (404, "unknown_message")
    assert stranger.get("/inbox", before=str(message.id)).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None
