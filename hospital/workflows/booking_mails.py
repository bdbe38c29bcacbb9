"""What is mailed about a booking, in the language of the account that booked it."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import get_account
from hospital.appointments.api import get_priority
from hospital.appointments.types import AppointmentCard
from hospital.kernel.clock import SHANGHAI
from hospital.notifications.api import notify_account
from hospital.notifications.types import Topic
from hospital.scheduling.api import get_planned_clinician, get_stop_reason
from hospital.workflows.readers import in_script


def mail_booking(*, kind: str, appointment: AppointmentCard, now: datetime) -> None:
    """Queues the message of one step in the caller's transaction, over the channels that the account has chosen for
    appointments; nothing for a booking made at a desk. A confirmation comes as a text message too. Kinds:
    `booking_confirmed`, `booking_changed`, `booking_cancelled`, `booking_returned`, `booking_called_off`,
    `booking_substituted`.
    """
    if appointment.account_id is None:
        return
    session = appointment.slot.session
    with translation.override(get_account(account_id=appointment.account_id).language):
        subject, beginning, ending = _TEXTS[kind](appointment)
        notify_account(
            account_id=appointment.account_id,
            topic=Topic.APPOINTMENTS,
            kind=kind,
            subject=subject % {"day": session.held_on.isoformat()},
            body="\n\n".join(part for part in (beginning, _place(appointment), ending) if part),
            sms_values=[_instant(appointment.slot.starts_at), in_script(session.campus_name)]
            if kind == "booking_confirmed"
            else None,
            now=now,
        )


def _place(appointment: AppointmentCard) -> str:
    session = appointment.slot.session
    return _(
        "Doctor: %(doctor)s\nDepartment: %(department)s\nWhen: %(when)s (Guangzhou time)\nWhere: %(campus)s, "
        "%(location)s\n%(address)s"
    ) % {
        "doctor": in_script(session.shown_name),
        "department": in_script(session.department_name),
        "when": _instant(appointment.slot.starts_at),
        "campus": in_script(session.campus_name),
        "location": in_script(session.department_location),
        "address": in_script(session.campus_address),
    }


def _instant(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _what_to_do(appointment: AppointmentCard) -> str:
    parts = []
    if appointment.follows_id is not None:
        parts.append(_("This is a follow-up visit: you pay the lower fee of a follow-up."))
    if appointment.pay_by is not None:
        parts.append(
            _("Please pay by %(when)s (Guangzhou time). After that the place goes to somebody else.")
            % {"when": _instant(appointment.pay_by)}
        )
    if appointment.terms is not None:
        parts.append(
            _("You can change or cancel free of charge until %(when)s (Guangzhou time).")
            % {"when": _instant(appointment.terms.free_until)}
        )
    parts.append(
        _("Bring the identity document you registered with. Take your number in the app on the day of your visit.")
    )
    return "\n\n".join(parts)


def _confirmed(appointment: AppointmentCard) -> tuple[str, str, str]:
    return _("Your appointment on %(day)s"), _("Your appointment is booked."), _what_to_do(appointment)


def _changed(appointment: AppointmentCard) -> tuple[str, str, str]:
    return (
        _("Your appointment was changed to %(day)s"),
        _("Your appointment was changed. This is the new time; the old one is free for others."),
        _what_to_do(appointment),
    )


def _cancelled(_appointment: AppointmentCard) -> tuple[str, str, str]:
    return (
        _("Your appointment on %(day)s was canceled"),
        _("Your appointment was canceled. If money goes back to you, you find it under your bills."),
        "",
    )


def _returned(_appointment: AppointmentCard) -> tuple[str, str, str]:
    return (
        _("Your appointment on %(day)s was not paid for in time"),
        _(
            "This appointment was not paid for in time, so its place is free for others again. Nothing was charged. "
            "You can book again in the app."
        ),
        "",
    )


def _called_off(appointment: AppointmentCard) -> tuple[str, str, str]:
    reason = get_stop_reason(session_id=appointment.slot.session.id)
    right = get_priority(appointment_id=appointment.id)
    return (
        _("Your appointment on %(day)s cannot take place"),
        _("We are sorry: the hospital had to call off this session. Reason: %(reason)s")
        % {"reason": in_script(reason)},
        _(
            "What you paid goes back to you in full, the way you paid. Until %(day)s you can book once before others: "
            "open this appointment in the app."
        )
        % {"day": right.valid_until.isoformat() if right else ""},
    )


def _substituted(appointment: AppointmentCard) -> tuple[str, str, str]:
    planned = get_planned_clinician(session_id=appointment.slot.session.id)
    return (
        _("Another doctor sees you on %(day)s"),
        _(
            "%(doctor)s cannot be there; another doctor sees you. Your place and its time stay, and you pay no more. "
            "If this doctor costs less, what you paid too much goes back to you."
        )
        % {"doctor": in_script(planned) if planned else ""},
        _("If you would rather not come, cancel in the app before it begins: what you paid goes back to you in full."),
    )


_TEXTS: dict[str, Callable[[AppointmentCard], tuple[str, str, str]]] = {
    "booking_confirmed": _confirmed,
    "booking_changed": _changed,
    "booking_cancelled": _cancelled,
    "booking_returned": _returned,
    "booking_called_off": _called_off,
    "booking_substituted": _substituted,
}
