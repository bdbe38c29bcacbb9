"""Queueing and sending messages."""

import logging
import smtplib
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

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


def deliver_message(*, message_id: UUID) -> None:
    """Hands one message to the mail server; once sent its body is wiped, for it may hold a code.

    A message that was sent is left alone, so a repeated job sends nothing twice. Failures are counted and raised for
    the queue to retry.
    """
    message = Message.objects.filter(pk=message_id, state="QUEUED").first()
    if message is None:
        return
    mail = EmailMessage(message.subject, message.body, None, [decrypt_field(message.address, place=_PLACE)])
    mail.extra_headers["Message-ID"] = f"<{message.id}@imc>"
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as problem:
        is_last = message.attempts + 1 >= MAX_ATTEMPTS
        Message.objects.filter(pk=message_id, state="QUEUED").update(
            attempts=F("attempts") + 1, error=type(problem).__name__, state="FAILED" if is_last else "QUEUED"
        )
        logger.warning("mail %s not sent: %s", message_id, type(problem).__name__)
        raise
    Message.objects.filter(pk=message_id, state="QUEUED").update(
        state="SENT", sent_at=timezone.now(), attempts=F("attempts") + 1, body="", error=""
    )
