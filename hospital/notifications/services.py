"""Queueing and sending messages."""

import json
import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db.models import F

from hospital.accounts.api import get_account
from hospital.kernel.crypto import decrypt_field, encrypt_field
from hospital.kernel.queue import defer_task
from hospital.notifications.choices import list_choices
from hospital.notifications.models import Message
from hospital.notifications.ports import SmsRejected, SmsUnavailable, sms_sender
from hospital.notifications.types import Channel, Choice, Topic

logger = logging.getLogger(__name__)
_PLACE = "notifications_message.address"
MAX_ATTEMPTS = 8


def queue_email(*, kind: str, address: str, language: str, subject: str, body: str, now: datetime) -> UUID:
    """Stores an e-mail and the job that sends it, in the caller's transaction: a rollback takes both."""
    return _queue(
        Channel.EMAIL, kind=kind, address=address, language=language, subject=subject, body=body, created_at=now
    )


def queue_sms(*, kind: str, phone: str, language: str, values: Sequence[str], now: datetime) -> UUID:
    """Stores a text message and the job that sends it, in the caller's transaction.

    `kind` names a text that is registered with the carrier, `values` fill its places.
    """
    return _queue(
        Channel.SMS, kind=kind, address=phone, language=language, body=json.dumps(list(values)), created_at=now
    )


def notify_account(
    *,
    account_id: UUID,
    topic: Topic,
    kind: str,
    subject: str,
    body: str,
    now: datetime,
    sms_values: Sequence[str] | None = None,
) -> int:
    """Queues a message over each channel that the account has and wants for `topic`; returns how many.

    `subject` and `body` are in the account's language and hold no result and no diagnosis. Without `sms_values` there
    is no text message of this `kind`.
    """
    account = get_account(account_id=account_id)
    wanted = list_choices(account_id=account_id)
    told = 0
    if account.email and Choice(topic, Channel.EMAIL, is_wanted=True) in wanted:
        queue_email(kind=kind, address=account.email, language=account.language, subject=subject, body=body, now=now)
        told += 1
    if sms_values is not None and account.phone and Choice(topic, Channel.SMS, is_wanted=True) in wanted:
        queue_sms(kind=kind, phone=account.phone, language=account.language, values=sms_values, now=now)
        told += 1
    return told


def _queue(channel: Channel, *, kind: str, address: str, **content: object) -> UUID:
    message = Message.objects.create(
        kind=kind, channel=channel.value, address=encrypt_field(address, place=_PLACE), **content
    )
    defer_task("notifications.send_message", message_id=str(message.id))
    return message.id


def deliver_message(*, message_id: UUID, now: datetime) -> None:
    """Hands one message over. Once it was sent, or given up, its text is wiped: it may hold a code.

    A message that was sent is left alone, so a repeated job sends nothing twice. A failure is counted and raised for
    the queue to try again, at most `MAX_ATTEMPTS` times; what the carrier of text messages rejects is given up.
    """
    queued = Message.objects.filter(pk=message_id, state="QUEUED")
    message = queued.first()
    if message is None:
        return
    is_last = message.attempts + 1 >= MAX_ATTEMPTS
    try:
        _hand_over(message, at=now)
    except SmsRejected as problem:
        queued.update(attempts=F("attempts") + 1, error=str(problem)[:200], state="FAILED", subject="", body="")
        logger.warning("message %s rejected: %s", message_id, problem)
        return
    except (OSError, smtplib.SMTPException, SmsUnavailable) as problem:
        wiped = {"state": "FAILED", "subject": "", "body": ""} if is_last else {}
        queued.update(attempts=F("attempts") + 1, error=type(problem).__name__, **wiped)
        logger.warning("message %s not sent: %s", message_id, type(problem).__name__)
        raise
    queued.update(state="SENT", sent_at=now, attempts=F("attempts") + 1, subject="", body="", error="")


def _hand_over(message: Message, *, at: datetime) -> None:
    address = decrypt_field(message.address, place=_PLACE)
    if message.channel == Channel.SMS:
        sms_sender().send(
            phone=address,
            kind=message.kind,
            language=message.language,
            values=json.loads(message.body),
            reference=str(message.id),
            at=at,
        )
        return
    mail = EmailMessage(message.subject, message.body, None, [address])
    mail.extra_headers["Message-ID"] = f"<{message.id}@imc>"
    mail.send()
