"""Who is told what over which channel, and text messages (A17, W39)."""

import json

import pytest
from django.core import mail

from hospital.accounts.addresses import parse_address
from hospital.accounts.api import patient_actor
from hospital.accounts.models import PatientAccount
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.notifications.api import is_wanted, list_choices, notify_account, queue_sms, set_choices
from hospital.notifications.models import Message, NoticeChoice
from hospital.notifications.ports import SmsRejected, SmsUnavailable
from hospital.notifications.services import deliver_message
from hospital.notifications.types import Channel, Choice, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A17", "W39")]
PHONE = "+447700900123"


class Carrier:
    """A carrier that keeps what it was given, or refuses."""

    sent: list = []
    problem: Exception | None = None

    def send(self, **message):
        if Carrier.problem is not None:
            raise Carrier.problem
        Carrier.sent.append(message)


@pytest.fixture
def carrier(settings):
    """An empty carrier at the port."""
    settings.SMS_SENDER = "hospital.notifications.tests.test_choices.Carrier"
    Carrier.sent, Carrier.problem = [], None
    return Carrier


def account(*, email="", phone="", language="en"):
    sealed: dict[str, str] = {}
    for text in filter(None, (email, phone)):
        address = parse_address(text)
        sealed |= {address.column: address.sealed, f"{address.column}_index": address.index}
    return PatientAccount.objects.create(language=language, created_at=TEN, **sealed)


def tell(account_id, topic=Topic.APPOINTMENTS, sms_values=("10:00", "North Campus")):
    return notify_account(
        account_id=account_id,
        topic=topic,
        kind="booking_confirmed",
        subject="Booked",
        body="At ten.",
        sms_values=sms_values,
        now=TEN,
    )


def choose(row, *choices):
    set_choices(account_id=row.id, choices=choices, actor=patient_actor(row.id), now=TEN)


def test_mail_comes_by_default_and_news_only_when_asked_for():
    row = account(email="a@example.com", phone=PHONE)
    wanted = {(choice.topic, choice.channel) for choice in list_choices(account_id=row.id) if choice.is_wanted}
    assert wanted == {(topic, Channel.EMAIL) for topic in Topic if topic is not Topic.ANNOUNCEMENTS}
    assert (tell(row.id), tell(row.id, Topic.ANNOUNCEMENTS)) == (1, 0)
    assert Message.objects.get().channel == "EMAIL"


def test_an_account_without_mail_gets_text_messages_instead():
    row = account(phone=PHONE, language="zh-hant")
    assert is_wanted(account_id=row.id, topic=Topic.RESULTS, channel=Channel.SMS)
    assert tell(row.id) == 1
    message = Message.objects.get()
    assert (message.channel, message.language, json.loads(message.body)) == (
        "SMS",
        "zh-hant",
        ["10:00", "North Campus"],
    )
    assert tell(row.id, sms_values=None) == 0


def test_what_is_chosen_holds_for_that_topic_and_channel_alone():
    row = account(email="a@example.com", phone=PHONE)
    choose(row, Choice(Topic.APPOINTMENTS, Channel.EMAIL, False), Choice(Topic.APPOINTMENTS, Channel.SMS, True))
    choose(row, Choice(Topic.APPOINTMENTS, Channel.EMAIL, False))
    assert tell(row.id) == 1
    assert Message.objects.get().channel == "SMS"
    assert tell(row.id, Topic.PAYMENTS) == 1
    assert NoticeChoice.objects.count() == 2


def test_a_text_message_is_sent_once_and_wiped(carrier):
    message_id = queue_sms(kind="code", phone=PHONE, language="en", values=["123456"], now=TEN)
    assert "7700" not in Message.objects.get().address
    for _ in range(2):
        deliver_message(message_id=message_id, now=TEN)
    (sent,) = carrier.sent
    assert (sent["phone"], sent["kind"], sent["values"], sent["reference"]) == (
        PHONE,
        "code",
        ["123456"],
        str(message_id),
    )
    assert (Message.objects.get().state, Message.objects.get().body) == ("SENT", "")
    assert mail.outbox == []


def test_what_the_carrier_rejects_is_given_up_and_no_answer_is_tried_again(carrier):
    message_id = queue_sms(kind="code", phone=PHONE, language="en", values=["123456"], now=TEN)
    carrier.problem = SmsUnavailable("no answer")
    with pytest.raises(SmsUnavailable):
        deliver_message(message_id=message_id, now=TEN)
    assert (Message.objects.get().state, Message.objects.get().attempts) == ("QUEUED", 1)
    carrier.problem = SmsRejected("InvalidParameterValue.IncorrectPhoneNumber")
    deliver_message(message_id=message_id, now=TEN)
    row = Message.objects.get()
    assert (row.state, row.body, row.error) == ("FAILED", "", "InvalidParameterValue.IncorrectPhoneNumber")
    deliver_message(message_id=new_id(), now=TEN)
