"""Signing in and out, passwords and languages of staff. Each of these acts is an entry of the audit trail (N14)."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from hospital.accounts.addresses import STAFF_EMAIL, normalize_email
from hospital.accounts.errors import WeakPassword, WrongCurrentPassword
from hospital.accounts.models import User
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import encrypt_field

LANGUAGES = ("zh-hans", "en")


def record_sign_in(*, actor: Actor, now: datetime, has_second_factor: bool) -> None:
    """Notes that a member of staff came in."""
    record_act(
        actor=actor,
        action="accounts.sign_in",
        subject_kind="user",
        subject_id=actor.id,
        now=now,
        details={"second_factor": has_second_factor},
    )


def record_failed_sign_in(
    *, username: str, step: str, is_locked: bool, ip: str, request_id: str, now: datetime
) -> None:
    """Notes a failure at `step` (password or second_factor). The name is what was typed: no account need have it."""
    nobody = Actor(kind=ActorKind.STAFF, id="", label=username[:60], ip=ip, request_id=request_id)
    record_act(
        actor=nobody,
        action="accounts.sign_in",
        subject_kind="user",
        subject_id=username[:60],
        now=now,
        was_refused=True,
        reason="sign_in_locked" if is_locked else "wrong_sign_in",
        details={"step": step, "locked": is_locked},
    )


def record_sign_out(*, actor: Actor, now: datetime, reason: str = "") -> None:
    """Notes that a member of staff left."""
    record_act(
        actor=actor, action="accounts.sign_out", subject_kind="user", subject_id=actor.id, now=now, reason=reason
    )


def change_password(*, actor: Actor, user_id: UUID, current: str, new: str, now: datetime) -> User:
    """Sets a new password and lifts `must_change_password`; returns the user for the session's new key.

    Refuses with `WrongCurrentPassword` or `WeakPassword`; a password equal to the current one is weak.
    """
    with acting(actor=actor):
        user = User.objects.select_for_update().get(id=user_id)
        if not user.check_password(current):
            raise WrongCurrentPassword
        faults = [] if new != current else [gettext("It is the same as the current one.")]
        try:
            validate_password(new, user)
        except ValidationError as error:
            faults += error.messages
        if faults:
            raise WeakPassword(faults=" ".join(faults))
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        record_act(
            actor=actor, action="accounts.change_password", subject_kind="user", subject_id=str(user_id), now=now
        )
    return user


def set_staff_language(*, user_id: UUID, language: str) -> None:
    """Remembers in which language a member of staff reads; an unknown language changes nothing."""
    if language in LANGUAGES:
        User.objects.filter(id=user_id).exclude(language=language).update(language=language)


def set_staff_email(*, email: str, actor: Actor, now: datetime) -> None:
    """Where urgent warnings reach the actor, a member of staff; an empty text takes the address away. Refuses
    `BadAddress`."""
    clean = normalize_email(email) if email.strip() else ""
    with acting(actor=actor):
        User.objects.filter(id=actor.id).update(email=encrypt_field(clean, place=STAFF_EMAIL) if clean else "")
        record_act(
            actor=actor,
            action="accounts.set_email",
            subject_kind="user",
            subject_id=actor.id,
            now=now,
            details={"has_email": bool(clean)},
        )
