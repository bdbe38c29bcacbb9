"""The shapes of what a machine does on the day of the visit: numbers, chosen lines, bills of 0.00."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hospital.partner_api.schemas import (
    AcceptedNoticeIn,
    Body,
    Line,
    Numbered,
    PatientIn,
    PatientOut,
    RegistrationOut,
    Text,
)


class QuoteIn(Body):
    """Some of a patient's open lines, by their `id`, all of one campus."""

    patient: PatientIn
    lines: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class SettleIn(Numbered):
    """A quote over 0.00: no money is taken for it."""

    quote_token: Annotated[Line, Field(min_length=1, max_length=100)]
    accepted_notices: Annotated[list[AcceptedNoticeIn], Field(max_length=4)] = []


class SettleOut(Schema):
    """A settled bill of 0.00."""

    settlement_no: str
    settled_at: datetime


class BookingsIn(Body):
    """Who stands at the machine."""

    patient: PatientIn


class BookingOut(RegistrationOut):
    """A booking of today. `state` is BOOKED, or TAKEN once its number was taken.

    `arrival`: `NO_NUMBER` and `READY` can check in, `EARLY` from `check_in_from` on, `DONE` has checked in. It has a
    `queue_number` once its number was taken.
    """

    arrival: str
    check_in_from: datetime
    queue_number: str | None


class BookingsOut(Schema):
    """Today's bookings at the partner's campuses, whoever made them."""

    patient: PatientOut
    bookings: list[BookingOut]


class NumberIn(Numbered):
    """The booking by its id, which is also the code in the app and on the slip."""

    registration_id: UUID


class CheckInOut(Schema):
    """Who has arrived. Patients wait at `place`; `before` others are called first, null once this one is called."""

    registration: RegistrationOut
    queue_number: str
    visit_no: str
    due_at: datetime | None
    place: Text
    before: int | None


class NumberOut(Schema):
    """A number that was taken. Patients wait before the place and are called by `queue_number`."""

    registration: RegistrationOut
    queue_number: str
    visit_no: str
    due_at: datetime | None
