"""Values of the accounts context."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a device keeps of its session: `access` for requests, for `life`; `refresh` for the next pair, once."""

    account_id: UUID
    access: str
    refresh: str
    life: timedelta


@dataclass(frozen=True, slots=True)
class StaffContact:
    """Where and in which language a member of staff is reached; `email` is empty where they gave none."""

    user_id: UUID
    language: str
    email: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session."""

    account_id: UUID
    tokens: TokenPair
    is_new_account: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A device that is signed in."""

    id: UUID
    user_agent: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class AccountCard:
    """A patient account as its owner sees it. We write to them in the language of their app: `en`, `zh-hans` or
    `zh-hant`.
    """

    id: UUID
    email: str
    phone: str
    language: str
    display_name: str
    has_password: bool
    has_wechat: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where somebody signs in."""

    user_agent: str = ""
    ip: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A member of staff as a security administrator sees them."""

    id: UUID
    username: str
    staff_no: str
    name: BilingualText
    is_active: bool
    has_second_factor: bool
    must_change_password: bool
    last_login: datetime | None
    grants: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class Lockout:
    """An account that waits after too many wrong tries."""

    username: str
    ip: str
    failures: int
    since: datetime
    until: datetime
