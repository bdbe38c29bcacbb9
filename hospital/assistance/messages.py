"""What the patient is told about the help that was asked for. No names of interpreters: the app shows them."""

from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.assistance.models import AssistanceRequest
from hospital.assistance.types import AssistanceKind
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.notifications.api import post_messages
from hospital.notifications.types import NewMessage
from hospital.patients.api import list_account_ids

ARRANGED: Final = {
    AssistanceKind.INTERPRETER: _("Your interpreter is arranged"),
    AssistanceKind.TRANSPORT: _("Your transport is arranged"),
    AssistanceKind.WHEELCHAIR: _("Your wheelchair is arranged"),
    AssistanceKind.ESCORT: _("Somebody will walk with you"),
}
DECLINED: Final = _("We could not arrange the help you asked for")


def tell_arranged(row: AssistanceRequest, *, now: datetime) -> None:
    """Into the inboxes of everybody who acts for the person; told again when somebody else comes."""
    when = f"{row.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    body = _both(_("%(when)s. See the details in the app."), when=when)
    _tell(row, word="arranged", title=_both(ARRANGED[AssistanceKind(row.kind)]), body=body, now=now)


def tell_declined(row: AssistanceRequest, *, now: datetime) -> None:
    """With the reason, in both languages."""
    body = BilingualText(row.end_reason_zh, row.end_reason_en)
    _tell(row, word="declined", title=_both(DECLINED), body=body, now=now)


def _tell(row: AssistanceRequest, *, word: str, title: BilingualText, body: BilingualText, now: datetime) -> None:
    post_messages(
        account_ids=list_account_ids(person_id=row.person_id),
        message=NewMessage(
            kind="assistance",
            key=f"assistance.{word}:{row.id}:{row.version}",
            title=title,
            body=body,
            person_id=row.person_id,
            target_kind="help" if row.appointment_id else "",
            target_id=str(row.appointment_id or ""),
        ),
        now=now,
    )


def _both(message: Promise, **facts: str) -> BilingualText:
    with translation.override("zh-hans"):
        zh = str(message) % facts
    with translation.override("en"):
        return BilingualText(zh, str(message) % facts)
