"""An account adds a person it books for, or takes one off its list (A03)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hospital.audit.api import acting, list_entries, record_refusal
from hospital.consents.api import withdraw_consent
from hospital.consents.types import Purpose
from hospital.kernel.actors import Actor
from hospital.patients.api import create_person, link_person, unlink_person
from hospital.patients.errors import DocumentTaken, TooManyTries
from hospital.patients.types import GuardianConsent, NewPerson
from hospital.workflows.claim_record import record_guardian_consent

_TRIES_A_DAY: Final = 10
_TAKEN: Final = "patients.try_document"


def add_person(*, new: NewPerson, relation: str, actor: Actor, now: datetime) -> tuple[UUID, tuple[str, ...]]:
    """Creates the person and lets the account act for them, both or neither.

    Returns the id and the document's warnings. An account that has tried ten documents of others within a day is
    refused with `TooManyTries`: who is on file is nobody's business. Call it outside a transaction, so that the try is
    recorded. Refusals: `IncompletePerson`, `DocumentTaken`, `NoticeOutdated`, those of `link_person`.
    """
    tries = list_entries(
        actor_id=actor.id, action=_TAKEN, since=now - timedelta(days=1), is_refused=True, limit=_TRIES_A_DAY
    )
    if len(tries) >= _TRIES_A_DAY:
        raise TooManyTries
    try:
        with acting(actor=actor):
            person_id, warnings = create_person(new=new, actor=actor, now=now)
            link_person(
                account_id=UUID(actor.id),
                person_id=person_id,
                relation=relation,
                actor=actor,
                now=now,
                has_guardian_consent=new.guardian_notice is not None,
            )
            if new.guardian_notice is not None:
                record_guardian_consent(
                    GuardianConsent(
                        account_id=UUID(actor.id),
                        person_id=person_id,
                        notice=new.guardian_notice,
                        language=new.language,
                    ),
                    actor=actor,
                    now=now,
                )
    except DocumentTaken as refusal:
        record_refusal(
            actor=actor, action=_TAKEN, subject_kind="account", subject_id=actor.id, reason=refusal.code, now=now
        )
        raise
    return person_id, warnings


def remove_person(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a person off the account's list; a guardian's consent ends with it. Refuses with `UnknownPerson`."""
    account_id = UUID(actor.id)
    with acting(actor=actor):
        unlink_person(account_id=account_id, person_id=person_id, actor=actor, now=now)
        withdraw_consent(account_id=account_id, purpose=Purpose.CHILD, person_id=person_id, actor=actor, now=now)
