"""Values of enquiries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.enquiries.states import EnquiryState
from hospital.kernel.types import BilingualText


class EnquiryTopic(StrEnum):
    """What an enquiry is about."""

    VISIT = "VISIT"
    BOOKING = "BOOKING"
    BILL = "BILL"
    REPORT = "REPORT"
    APP = "APP"
    PRAISE = "PRAISE"
    COMPLAINT = "COMPLAINT"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """One message of the thread; `author` is empty for the patient's own."""

    id: UUID
    is_from_staff: bool
    author: BilingualText
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryView:
    """An enquiry with its thread, oldest first. `language` is what its writer reads."""

    id: UUID
    number: str
    account_id: UUID
    topic: EnquiryTopic
    text: str
    language: str
    state: EnquiryState
    stars: int | None
    created_at: datetime
    updated_at: datetime
    taken_by: BilingualText
    pictures: tuple[UUID, ...]
    replies: tuple[ReplyView, ...]
