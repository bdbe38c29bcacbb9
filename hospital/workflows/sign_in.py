"""A patient signs in: a code is made and mailed in one transaction (A01, A03)."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import create_code, normalize_email
from hospital.notifications.api import queue_email


def send_sign_in_code(*, email: str, language: str, now: datetime) -> None:
    """Mails a six-digit code in the reader's language. Refusals: `BadAddress`, `CodeSentRecently`.

    The answer is the same whether an account exists or not.
    """
    address = normalize_email(email)
    with transaction.atomic(), translation.override(language):
        code = create_code(email=address, now=now)
        queue_email(
            kind="sign_in_code",
            address=address,
            language=language,
            subject=_("%(code)s is your sign-in code") % {"code": code},
            body=_(
                "Your code for the International Medical Center is %(code)s.\n\n"
                "It is valid for 10 minutes and works once. We never ask for it by phone.\n"
                "If you did not ask for a code, you can ignore this message."
            )
            % {"code": code},
            now=now,
        )
