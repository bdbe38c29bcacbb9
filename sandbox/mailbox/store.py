"""The mail received, in memory; the newest thousand are kept."""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as default_policy
from email.utils import parseaddr

MOST_MESSAGES = 1000


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message as received, with its texts decoded."""

    id: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[str, ...]
    language: str


class MailStore:
    """Messages, newest first."""

    def __init__(self) -> None:
        self._mails: deque[Mail] = deque(maxlen=MOST_MESSAGES)

    def add(self, *, sender: str, recipients: list[str], content: bytes, at: datetime) -> Mail:
        """Keep a message; whatever it is made of, something readable is kept."""
        message = BytesParser(policy=default_policy).parsebytes(content)
        mail = Mail(
            id=uuid.uuid4().hex,
            received_at=at,
            sender=str(message.get("From", sender)),
            recipients=tuple(address.lower() for address in recipients),
            subject=str(message.get("Subject", "")),
            text=_part(message, "plain"),
            html=_part(message, "html"),
            attachments=tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments()),
            language=str(message.get("Content-Language", "")),
        )
        self._mails.appendleft(mail)
        return mail

    def add_text(self, *, sender: str, recipient: str, text: str, language: str, at: datetime) -> Mail:
        """Keep a text message to a phone."""
        mail = Mail(
            id=uuid.uuid4().hex,
            received_at=at,
            sender=sender,
            recipients=(recipient,),
            subject=text,
            text=text,
            html="",
            attachments=(),
            language=language,
        )
        self._mails.appendleft(mail)
        return mail

    def list(self, *, recipient: str = "") -> list[Mail]:
        """Messages to this address (all without one), newest first."""
        wanted = parseaddr(recipient)[1].lower() or recipient.strip().lower()
        return [mail for mail in self._mails if not wanted or any(wanted in one for one in mail.recipients)]

    def get(self, mail_id: str) -> Mail | None:
        """One message or None."""
        return next((mail for mail in self._mails if mail.id == mail_id), None)

    def clear(self) -> None:
        """Throw everything away."""
        self._mails.clear()


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
