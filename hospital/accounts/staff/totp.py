"""The second factor: six digits from an authenticator app (RFC 6238), never accepted twice (N14)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from django.db.models import Q

from hospital.accounts.errors import UnknownStaffUser, WrongSecondFactor
from hospital.accounts.models import User
from hospital.accounts.staff.queries import check_security_admin
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import decrypt_field, encrypt_field

_PLACE = "accounts_user.totp_secret"
STEP_SECONDS = 30
ISSUER = "International Medical Center"


@dataclass(frozen=True, slots=True)
class Enrollment:
    """What an authenticator app needs, as text to type and as the address for a QR code."""

    secret: str
    address: str


def begin_enrollment(*, user_id: UUID) -> Enrollment:
    """A secret for the authenticator; the same one while it is not confirmed, so that a reload changes nothing.

    Refuses with `UnknownStaffUser` when there is no such account or its second factor is confirmed already.
    """
    user = User.objects.filter(id=user_id, totp_confirmed_at=None).first()
    if user is None:
        raise UnknownStaffUser
    if not user.totp_secret:
        fresh = encrypt_field(pyotp.random_base32(), place=_PLACE)
        User.objects.filter(id=user_id, totp_secret="", totp_confirmed_at=None).update(totp_secret=fresh)
        user.refresh_from_db(fields=["totp_secret"])
    secret = decrypt_field(user.totp_secret, place=_PLACE)
    return Enrollment(secret, pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER))


def confirm_enrollment(*, actor: Actor, user_id: UUID, code: str, now: datetime) -> None:
    """Turns the second factor on once the app shows the right digits; refuses with `WrongSecondFactor`."""
    with acting(actor=actor):
        _use_code(user_id=user_id, code=code, now=now, is_confirmed=False)
        User.objects.filter(id=user_id).update(totp_confirmed_at=now)
        record_act(actor=actor, action="accounts.enroll_totp", subject_kind="user", subject_id=str(user_id), now=now)


def check_second_factor(*, user_id: UUID, code: str, now: datetime) -> None:
    """Uses up the digits of this half minute (or the ones beside it); refuses with `WrongSecondFactor`.

    The database holds the last step used, so the same digits open nothing twice, not even at once.
    """
    _use_code(user_id=user_id, code=code, now=now, is_confirmed=True)


def reset_second_factor(*, actor: Actor, user_id: UUID, reason: str, now: datetime) -> None:
    """Takes the second factor off somebody who lost their device; they enroll anew.

    Refuses with `NotSecurityAdmin` or `UnknownStaffUser`.
    """
    check_security_admin(actor=actor)
    with acting(actor=actor):
        if not User.objects.filter(id=user_id).update(totp_secret="", totp_confirmed_at=None):
            raise UnknownStaffUser
        record_act(
            actor=actor,
            action="accounts.reset_totp",
            subject_kind="user",
            subject_id=str(user_id),
            now=now,
            reason=reason,
        )


def _use_code(*, user_id: UUID, code: str, now: datetime, is_confirmed: bool) -> None:
    user = User.objects.filter(id=user_id, totp_confirmed_at__isnull=not is_confirmed).exclude(totp_secret="").first()
    digits = "".join(code.split())
    if user is None or not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        raise WrongSecondFactor
    step = _matching_step(secret=decrypt_field(user.totp_secret, place=_PLACE), digits=digits, now=now)
    if step is None:
        raise WrongSecondFactor
    used = User.objects.filter(Q(totp_last_step__lt=step), id=user_id).update(totp_last_step=step)
    if not used:
        raise WrongSecondFactor


def _matching_step(*, secret: str, digits: str, now: datetime) -> int | None:
    current = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if pyotp.utils.strings_equal(generator.generate_otp(step), digits):
            return step
    return None
