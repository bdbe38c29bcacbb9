"""E-mails: written with their cause, sent once, wiped afterwards (A17, N14)."""

import smtplib

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.notifications.api import queue_email
from hospital.notifications.models import Message
from hospital.notifications.services import MAX_ATTEMPTS, deliver_message

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]


def queue():
    return queue_email(
        kind="sign_in_code",
        address="alistair@example.com",
        language="zh-hans",
        subject="您的登录验证码",
        body="验证码 123456",
        now=TEN,
    )


@pytest.fixture
def broken_server(monkeypatch):
    """A mail server that takes nothing."""

    def refuse(*_, **__):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_a_message_and_its_job_are_written_together_or_not_at_all():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)
    message_id = queue()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("notifications.send_message", {"message_id": str(message_id)})


def test_a_message_is_sent_once_and_its_text_is_wiped():
    message_id = queue()
    assert "alistair" not in Message.objects.get().address
    for _ in range(2):
        deliver_message(message_id=message_id, now=TEN)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["alistair@example.com"], "您的登录验证码", "验证码 123456")
    assert sent.extra_headers["Message-ID"] == f"<{message_id}@imc>"
    row = Message.objects.get()
    assert (row.state, row.sent_at, row.subject, row.body) == ("SENT", TEN, "", "")


def test_a_failure_is_tried_again_and_at_last_given_up(broken_server):
    message_id = queue()
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert Message.objects.get().body
        with pytest.raises(smtplib.SMTPServerDisconnected):
            deliver_message(message_id=message_id, now=TEN)
        row = Message.objects.get()
        assert (row.attempts, row.state) == (attempt, "FAILED" if attempt == MAX_ATTEMPTS else "QUEUED")
    assert (row.error, row.subject, row.body, row.sent_at) == ("SMTPServerDisconnected", "", "", None)
    deliver_message(message_id=message_id, now=TEN)  # given up: nothing is tried any more


def test_an_unknown_message_is_no_failure():
    deliver_message(message_id=new_id(), now=TEN)
    assert mail.outbox == []
