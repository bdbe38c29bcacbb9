"""/api/inbox: what the hospital told this account (A08, A16). Never a result."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from hospital.notifications.api import count_unread, get_message, list_messages, mark_read
from hospital.notifications.types import InboxCard
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text

router = Router(tags=["Inbox"])
PAGE = 30


class InboxMessageOut(Schema):
    """A message. `kind` is booked, changed, cancelled, called, bill, paid, refunded, report, report_held, exam_booked,
    exam_moved, exam_canceled, exam_called, exam_reminder, announcement, answer, assistance or request; it leads to
    `target_kind`: visit, bill, bills, receipt, report, examination, announcement, enquiry, help, person, claim or
    correction."""

    id: UUID
    kind: str
    title: Text
    body: Text
    person_id: UUID | None
    target_kind: str
    target_id: str
    created_at: datetime
    read_at: datetime | None


class InboxOut(Schema):
    """A page of messages, newest first; `next_before` asks for the older ones, null at the end."""

    unread: int
    messages: list[InboxMessageOut]
    next_before: UUID | None


@router.get("/inbox", response=InboxOut, summary="My messages")
def read_inbox(request: PatientRequest, before: UUID | None = None) -> InboxOut:
    """Messages of the account, newest first, 30 at a time. Refusals: `unknown_message`."""
    rows = list_messages(actor=request.auth, before_id=before, limit=PAGE + 1)
    shown = rows[:PAGE]
    return InboxOut(
        unread=count_unread(actor=request.auth),
        messages=[_message(row) for row in shown],
        next_before=shown[-1].id if len(rows) > PAGE else None,
    )


@router.get("/inbox/{uuid:message_id}", response=InboxMessageOut, summary="One message")
def read_message(request: PatientRequest, message_id: UUID) -> InboxMessageOut:
    """One message; reading it does not mark it. Refusals: `unknown_message`."""
    return _message(get_message(message_id=message_id, actor=request.auth))


@router.post("/inbox/{uuid:message_id}/read", response={204: None}, summary="Mark as read")
def mark_message_read(request: PatientRequest, message_id: UUID) -> tuple[int, None]:
    """Marks one message as read; a second time changes nothing. Refusals: `unknown_message`."""
    get_message(message_id=message_id, actor=request.auth)
    mark_read(actor=request.auth, message_id=message_id, now=timezone.now())
    return 204, None


@router.post("/inbox/read", response={204: None}, summary="Mark all as read")
def mark_all_read(request: PatientRequest) -> tuple[int, None]:
    """Marks every message of the account as read."""
    mark_read(actor=request.auth, now=timezone.now())
    return 204, None


def _message(card: InboxCard) -> InboxMessageOut:
    return InboxMessageOut(
        id=card.id,
        kind=card.kind,
        title=text(card.title),
        body=text(card.body),
        person_id=card.person_id,
        target_kind=card.target_kind,
        target_id=card.target_id,
        created_at=card.created_at,
        read_at=card.read_at,
    )
