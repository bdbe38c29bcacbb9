"""Queueing and sending messages."""

import logging
import smtplib
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db.models import F

from hospital.kernel.crypto import decrypt_field, encrypt_field
from hospital.kernel.queue import defer_task
from hospital.notifications.models import Message

logger = logging.getLogger(__name__)
_PLACE = "notifications_message.address"
MAX_ATTEMPTS = 8


def queue_email(*, kind: str, address: str, language: str, subject: str, body: str, now: datetime) -> UUID:
    """Stores an e-mail and the job that sends it, in the caller's transaction: a rollback takes both."""
    message = Message.objects.create(
        kind=kind,
        address=encrypt_field(address, place=_PLACE),
        language=language,
        subject=subject,
        body=body,
        created_at=now,
    )
    defer_task("notifications.send_message", message_id=str(message.id))
    return message.id


def deliver_message(*, message_id: UUID, now: datetime) -> None:
    """Hands one message to the mail server. Once it was sent, or given up, its text is wiped: it may hold a code.

    A message that was sent is left alone, so a repeated job sends nothing twice. A failure is counted and raised for
    the queue to try again, at most `MAX_ATTEMPTS` times.
    """
    queued = Message.objects.filter(pk=message_id, state="QUEUED")
    message = queued.first()
    if message is None:
        return
    mail = EmailMessage(message.subject, message.body, None, [decrypt_field(message.address, place=_PLACE)])
    mail.extra_headers["Message-ID"] = f"<{message.id}@imc>"
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as problem:
        wiped = {"state": "FAILED", "subject": "", "body": ""} if message.attempts + 1 >= MAX_ATTEMPTS else {}
        queued.update(attempts=F("attempts") + 1, error=type(problem).__name__, **wiped)
        logger.warning("mail %s not sent: %s", message_id, type(problem).__name__)
        raise
    queued.update(state="SENT", sent_at=now, attempts=F("attempts") + 1, subject="", body="", error="")
