"""A record is linked to an account: by a code, with a guardian's consent for a child (A03, N10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import AddressKind, count_text, get_account
from hospital.consents.api import give_guardian_consent
from hospital.consents.types import ConsentFacts
from hospital.kernel.actors import Actor
from hospital.notifications.api import queue_email, queue_sms
from hospital.patients.api import create_claim_code, verify_claim
from hospital.patients.types import GuardianConsent


def send_claim_code(*, claim_id: UUID, kind: AddressKind, actor: Actor, now: datetime) -> None:
    """Sends a six-digit code to the address or phone on file of the claimed record, in the language of the account.

    Refusals: `UnknownClaim`, `ClaimEnded`, `NoCodePossible`, `ClaimCodeSentRecently`, `TooManyTexts`.
    """
    language = get_account(account_id=UUID(actor.id)).language
    with transaction.atomic(), translation.override(language):
        address, code = create_claim_code(claim_id=claim_id, kind=kind, actor=actor, now=now)
        if kind is AddressKind.PHONE:
            count_text(phone=address, ip=actor.ip, now=now)
            queue_sms(kind="claim_code", phone=address, language=language, values=[code], now=now)
            return
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


def verify_record(*, claim_id: UUID, code: str, actor: Actor, now: datetime) -> UUID:
    """Links the record that the code answers, with the guardian's consent in the ledger; returns the person.

    Refusals: those of `patients.verify_claim`, `NoticeOutdated`.
    """
    return verify_claim(
        claim_id=claim_id,
        code=code,
        actor=actor,
        now=now,
        after_link=lambda consent: record_guardian_consent(consent, actor=actor, now=now),
    )


def record_guardian_consent(consent: GuardianConsent, *, actor: Actor, now: datetime) -> None:
    """Writes a guardian's consent for a child under 14 into the ledger, in the caller's transaction (PIPL).

    Refuses with `NoticeOutdated` when another version was read than the present one.
    """
    give_guardian_consent(
        account_id=consent.account_id,
        person_id=consent.person_id,
        facts=ConsentFacts(version=consent.notice, language=consent.language, ip=actor.ip),
        actor=actor,
        now=now,
    )
