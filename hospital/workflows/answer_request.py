"""The desk decides what an account asked for in the app, and the account is told (A03, N10, N14).

Told in the inbox, and by mail or text message as the account has chosen for its requests. The answer itself stays in
the app: who reads somebody's mail learns that there is one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hospital.accounts.api import get_account
from hospital.audit.api import acting
from hospital.consents import api as consents
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.notifications.api import notify_account, post_messages
from hospital.notifications.types import NewMessage, Topic
from hospital.patients import api as patients
from hospital.patients.types import Decision
from hospital.workflows.claim_record import record_guardian_consent

_KIND: Final = "request_answered"
_LINKED = gettext_lazy("The record was linked"), gettext_lazy("%(person)s is on your list of people now.")
_NOT_LINKED = gettext_lazy("The record was not linked"), gettext_lazy("%(person)s: %(reason)s")
_BELIEVED = gettext_lazy("Your proof was accepted"), gettext_lazy("%(person)s: the desk has checked what you sent.")
_NOT_BELIEVED = (
    gettext_lazy("Your proof was not accepted"),
    gettext_lazy("%(person)s: %(reason)s You can send another in the app."),
)
_CORRECTED = (
    gettext_lazy("We corrected what you asked for"),
    gettext_lazy("You find your request under Privacy and my data."),
)
_NOT_CORRECTED = (
    gettext_lazy("Your correction was not made"),
    gettext_lazy("You find the reason with your request under Privacy and my data."),
)
Words = tuple[str | Promise, str | Promise]


def accept_record(*, claim_id: UUID, person_id: UUID | None, actor: Actor, now: datetime) -> None:
    """The desk links the record, with the guardian's consent in the ledger; the account is told.

    Refusals: those of `patients.accept_claim`, `NoticeOutdated`.
    """
    with acting(actor=actor):
        decision = patients.accept_claim(
            claim_id=claim_id,
            person_id=person_id,
            actor=actor,
            now=now,
            after_link=lambda consent: record_guardian_consent(consent, actor=actor, now=now),
        )
        _tell_of_person(decision, words=_LINKED, key=f"claim:{claim_id}", now=now)


def refuse_record(*, claim_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """The desk does not link the record; the account is told why. Refusals: those of `patients.refuse_claim`."""
    with acting(actor=actor):
        decision = patients.refuse_claim(claim_id=claim_id, reason=reason, actor=actor, now=now)
        _tell_of_person(decision, words=_NOT_LINKED, key=f"claim:{claim_id}", now=now, leads=("claim", claim_id))


def accept_proof(*, proof_id: UUID, actor: Actor, now: datetime) -> None:
    """The desk believes a proof; the account is told. Refusals: those of `patients.accept_proof`."""
    with acting(actor=actor):
        decision = patients.accept_proof(proof_id=proof_id, actor=actor, now=now)
        _tell_of_person(decision, words=_BELIEVED, key=f"proof:{proof_id}", now=now)


def refuse_proof(*, proof_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """The desk does not believe a proof; the account is told why. Refusals: those of `patients.refuse_proof`."""
    with acting(actor=actor):
        decision = patients.refuse_proof(proof_id=proof_id, reason=reason, actor=actor, now=now)
        _tell_of_person(decision, words=_NOT_BELIEVED, key=f"proof:{proof_id}", now=now)


def answer_correction(
    *, correction_id: UUID, is_done: bool, answer: BilingualText, actor: Actor, now: datetime
) -> None:
    """The desk has corrected something, or says why not; the account is told that there is an answer.

    Refusals: those of `consents.answer_correction`.
    """
    with acting(actor=actor):
        answered = consents.answer_correction(
            correction_id=correction_id, is_done=is_done, answer=answer, actor=actor, now=now
        )
        _tell(
            account_id=answered.account_id,
            words=_CORRECTED if is_done else _NOT_CORRECTED,
            key=f"correction:{correction_id}",
            leads=("correction", correction_id),
            now=now,
        )


def _tell_of_person(
    decision: Decision, *, words: Words, key: str, now: datetime, leads: tuple[str, UUID] | None = None
) -> None:
    facts = {"person": decision.name}
    if decision.reason is not None:
        facts["reason"] = _both(patients.REFUSAL_TEXTS[decision.reason], {})
    target = leads or (("person", decision.person_id) if decision.person_id else None)
    _tell(account_id=decision.account_id, words=words, key=key, leads=target, now=now, facts=facts)


def _tell(
    *,
    account_id: UUID,
    words: Words,
    key: str,
    leads: tuple[str, UUID] | None,
    now: datetime,
    facts: Mapping[str, BilingualText] | None = None,
) -> None:
    title, body = words
    kind, target_id = leads or ("", "")
    post_messages(
        account_ids=[account_id],
        message=NewMessage(
            kind="request",
            key=f"requests.answered:{key}",
            title=_both(title, facts or {}),
            body=_both(body, facts or {}),
            target_kind=kind,
            target_id=str(target_id),
        ),
        now=now,
    )
    with translation.override(get_account(account_id=account_id).language):
        notify_account(
            account_id=account_id,
            topic=Topic.REQUESTS,
            kind=_KIND,
            subject=_("The hospital answered your request"),
            body=_(
                "The registration desk has answered a request that you made in the app. For your privacy the answer is "
                "not in this e-mail: open the app to read it."
            ),
            sms_values=(),
            now=now,
        )


def _both(message: str | Promise, facts: Mapping[str, BilingualText]) -> BilingualText:
    with translation.override("zh-hans"):
        zh = str(message) % {name: value.zh for name, value in facts.items()}
    with translation.override("en"):
        return BilingualText(zh, str(message) % {name: value.en or value.zh for name, value in facts.items()})
