"""Between the password and the second factor: who it is, for five minutes, without any access."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from hospital.accounts.api import get_staff_user

_KEY = "pending_sign_in"
LIFE_SECONDS = 300


def begin_pending(request: HttpRequest, *, user_id: UUID, campus_code: str, next_address: str, now: datetime) -> None:
    """Remembers who gave the right password; a new session key, so that one planted before is worth nothing."""
    request.session.cycle_key()
    request.session[_KEY] = {
        "user": str(user_id),
        "campus": campus_code,
        "next": next_address,
        "at": int(now.timestamp()),
    }


def get_pending(request: HttpRequest, *, now: datetime) -> tuple[AbstractBaseUser, str, str] | None:
    """The user, the campus and the address to go on to; None when nobody is pending or it took too long."""
    kept = cast("dict[str, str | int] | None", request.session.get(_KEY))
    if kept is None or now.timestamp() - int(kept["at"]) > LIFE_SECONDS:
        return None
    user = get_staff_user(user_id=UUID(str(kept["user"])))
    return (user, str(kept["campus"]), str(kept["next"])) if user else None


def end_pending(request: HttpRequest) -> None:
    """Forgets it."""
    request.session.pop(_KEY, None)
