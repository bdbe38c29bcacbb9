"""Shapes of sign-in and of the account."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hospital.patient_api.schemas import Line, Text


class RefreshRequest(Schema):
    """Spends a refresh token."""

    refresh_token: Line = Field(min_length=1, max_length=200)


class DeviceOut(Schema):
    """A device that is signed in."""

    id: UUID
    name: Text
    signed_in_at: datetime
    last_seen_at: datetime
    is_this_one: bool
