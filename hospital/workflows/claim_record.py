"""A patient proves with a code that a record is theirs (A03, N10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hospital.kernel.actors import Actor
from hospital.notifications.api import queue_email
from hospital.patients.api import create_claim_code


def send_claim_code(*, claim_id: UUID, language: str, actor: Actor, now: datetime) -> None:
    """Mails a six-digit code to the address on file of the claimed record, in the reader's language.

    Refusals: `UnknownClaim`, `ClaimEnded`, `NoCodePossible`, `ClaimCodeSentRecently`.
    """
    with transaction.atomic(), translation.override(language):
        address, code = create_claim_code(claim_id=claim_id, actor=actor, now=now)
        queue_email(
            kind="claim_code",
            address=address,
            language=language,
            subject=_("%(code)s links your record") % {"code": code},
            body=_(
                "Somebody asks to see the record that the International Medical Center keeps under this address.\n\n"
                "If it is you or your family, enter this code in the app: %(code)s. It is valid for 10 minutes.\n"
                "If you did not ask for it, give it to nobody. Without the code nobody sees anything."
            )
            % {"code": code},
            now=now,
        )
