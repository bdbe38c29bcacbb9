"""Shapes of sign-in and of the account."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hospital.consents.types import Purpose
from hospital.notifications.types import Channel, Topic
from hospital.patient_api.schemas import Line, Text

# How people read: the app has Traditional Chinese too, in which nobody writes to them.
AppLanguage = Literal["en", "zh-hans", "zh-hant"]


class AddressIn(Schema):
    """An e-mail address, or a phone that starts with + and its country code."""

    address: Line = Field(max_length=254)


class CodeRequest(AddressIn):
    """Asks for a code."""

    language: AppLanguage = "en"
    purpose: Literal["SIGN_IN", "RESET_PASSWORD"] = "SIGN_IN"


class NewAccountIn(Schema):
    """What the first sign-in needs: `privacy_notice` is the version that was accepted."""

    language: AppLanguage = "en"
    privacy_notice: int | None = Field(default=None, ge=1, le=1000)


class SignInRequest(AddressIn, NewAccountIn):
    """Spends a code."""

    code: Line = Field(min_length=4, max_length=12)


class PasswordSignIn(AddressIn):
    """Signs in with a password."""

    password: str = Field(min_length=1, max_length=128)


class PasswordReset(AddressIn):
    """Sets a new password with a code of purpose RESET_PASSWORD."""

    code: Line = Field(min_length=4, max_length=12)
    new_password: str = Field(min_length=1, max_length=128)


class WechatSignIn(NewAccountIn):
    """Signs in with what `wx.login` gave."""

    code: Line = Field(min_length=1, max_length=200)


class SignedInAnswer(Schema):
    """A session; `token` goes into `Authorization: Bearer` for `expires_in` seconds, `refresh_token` makes the next."""

    token: str
    refresh_token: str
    expires_in: int
    is_new_account: bool


class RefreshRequest(Schema):
    """Spends a refresh token."""

    refresh_token: Line = Field(min_length=1, max_length=200)


class AccountAnswer(Schema):
    """The signed-in account. `privacy_notice_due` is the version to accept where the notice has changed."""

    id: UUID
    email: str
    phone: str
    language: AppLanguage
    display_name: str
    has_password: bool
    has_wechat: bool
    privacy_notice_due: int | None
    created_at: datetime


class ProfileIn(Schema):
    """What changes; the rest stays."""

    language: AppLanguage | None = None
    display_name: Line | None = Field(default=None, max_length=60)


class PasswordIn(Schema):
    """A new password, and the one in use where there is one."""

    new_password: str = Field(min_length=1, max_length=128)
    current_password: str = Field(default="", max_length=128)


class AccountContactIn(AddressIn):
    """An address with the code that was sent there."""

    code: Line = Field(min_length=4, max_length=12)


class WechatIn(Schema):
    """What `wx.login` gave."""

    code: Line = Field(min_length=1, max_length=200)


class DeviceOut(Schema):
    """A device that is signed in."""

    id: UUID
    name: Text
    signed_in_at: datetime
    last_seen_at: datetime
    is_this_one: bool


class ChoiceShape(Schema):
    """Whether a topic comes over a channel. The inbox of the app holds everything anyway."""

    topic: Topic
    channel: Channel
    is_wanted: bool


class ChoicesIn(Schema):
    """What was chosen; the rest stays."""

    choices: list[ChoiceShape] = Field(min_length=1, max_length=40)


class NoticeOut(Schema):
    """A text to agree to. `body` has headings (`## `), paragraphs and list lines (`- `)."""

    purpose: Purpose
    version: int
    valid_from: date
    title: Text
    summary: Text
    body: Text
    hash: str


class ConsentOut(Schema):
    """How a consent stands. `is_due`: it was given to an older version and is asked for again."""

    purpose: Purpose
    notice: NoticeOut
    is_given: bool
    is_due: bool
    is_required: bool
    given_version: int | None
    given_at: datetime | None
    withdrawn_at: datetime | None


class ConsentIn(Schema):
    """Which version was read, in which language."""

    version: int = Field(ge=1, le=1000)
    language: AppLanguage = "en"


class DataCopyOut(Schema):
    """A copy of one's data: PREPARING, READY, TAKEN, FAILED or EXPIRED. `size` in bytes."""

    id: UUID
    state: Literal["PREPARING", "READY", "TAKEN", "FAILED", "EXPIRED"]
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    size: int


class DownloadLinkOut(Schema):
    """Where the copy is, once and for ten minutes, without a token."""

    path: str


class CorrectionIn(Schema):
    """What is wrong, and what would be right."""

    text: str = Field(min_length=3, max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")


class CorrectionOut(Schema):
    """A request to correct something: OPEN, DONE or REFUSED."""

    id: UUID
    text: str
    state: Literal["OPEN", "DONE", "REFUSED"]
    answer: Text | None
    requested_at: datetime
    answered_at: datetime | None


class DeletionOut(Schema):
    """What deleting the account means: what is in the way, what goes, what the law keeps."""

    open_bills: int
    coming_appointments: int
    masked_address: str
    goes: list[Text]
    stays: list[Text]


class DeletionIn(Schema):
    """The code that was sent to the account's own address."""

    code: Line = Field(min_length=4, max_length=12)
