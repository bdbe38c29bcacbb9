"""Lock-out after repeated failures (GB/T 22239 level 3). The counting is django-axes'; its words are ours."""

from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from hospital.accounts.errors import SignInLocked, WrongSignIn
from hospital.accounts.models import User
from hospital.accounts.staff.queries import check_security_admin
from hospital.accounts.types import Lockout
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor


def check_password(*, request: HttpRequest, username: str, password: str) -> User:
    """The active member of staff with this user name and password.

    Refuses with `SignInLocked` (also the right password, while the lock lasts) or `WrongSignIn`; both count.
    """
    user = authenticate(request, username=username, password=password)
    if user is not None:
        return user
    raise _refusal(request=request, username=username)


def check_not_locked(*, request: HttpRequest, username: str) -> None:
    """Refuses with `SignInLocked` while the account waits."""
    AxesProxyHandler.update_request(request)
    if not AxesProxyHandler.is_allowed(request, {"username": username}):
        raise SignInLocked(until=_until(username=username))


def count_failure(*, request: HttpRequest, username: str) -> None:
    """Counts a wrong second factor like a wrong password; refuses with `SignInLocked` when it was one too many."""
    AxesProxyHandler.user_login_failed(sender="second_factor", credentials={"username": username}, request=request)
    check_not_locked(request=request, username=username)


def count_tries_left(*, request: HttpRequest, username: str) -> int:
    """How many wrong tries remain before the lock."""
    failures: int = AxesProxyHandler.get_failures(request, {"username": username})
    return max(0, int(settings.AXES_FAILURE_LIMIT) - failures)


def list_lockouts(*, actor: Actor, now: datetime) -> list[Lockout]:
    """Accounts that wait after too many failures, latest first; refuses with `NotSecurityAdmin`."""
    check_security_admin(actor=actor)
    rows = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=now - _pause()
    ).order_by("-attempt_time")
    return [
        Lockout(
            username=row.username or "",
            ip=str(row.ip_address or ""),
            failures=row.failures_since_start,
            since=row.attempt_time,
            until=row.attempt_time + _pause(),
        )
        for row in rows[:200]
    ]


def release_lockout(*, actor: Actor, username: str, reason: str, now: datetime) -> None:
    """Lets an account try again before its time; refuses with `NotSecurityAdmin`."""
    check_security_admin(actor=actor)
    with acting(actor=actor):
        reset(username=username)
        record_act(
            actor=actor,
            action="accounts.release_lockout",
            subject_kind="user",
            subject_id=username[:60],
            now=now,
            reason=reason,
        )


def _refusal(*, request: HttpRequest, username: str) -> SignInLocked | WrongSignIn:
    if getattr(request, "axes_locked_out", False):
        return SignInLocked(until=_until(username=username))
    return WrongSignIn()


def _pause() -> timedelta:
    return get_cool_off() or timedelta(0)


def _until(*, username: str) -> str:
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    ends = (last.attempt_time if last else timezone.now()) + _pause()
    return timezone.localtime(ends).strftime("%H:%M")
