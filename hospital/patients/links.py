"""Who acts for whom in the patient app (A03): linking, leaving, and what stays closed."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from hospital.accounts.api import get_account
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.patients.errors import (
    AlreadyLinked,
    GuardianConsentNeeded,
    GuardianNeeded,
    IncompletePerson,
    RecordsClosed,
    SelfTaken,
    TooManyPeople,
    UnknownPerson,
)
from hospital.patients.models import AccountPerson, Person
from hospital.patients.queries import require_access
from hospital.patients.rules.masking import mask_email, mask_phone
from hospital.patients.rules.relations import (
    Relation,
    are_records_open,
    is_relation_possible,
    needs_guardian_consent,
)
from hospital.patients.trail import trace
from hospital.patients.types import Holder

MOST_PEOPLE: Final = 20


def check_relation(*, relation: str, born_on: date, has_guardian_consent: bool, now: datetime) -> None:
    """Refuses what age forbids: `IncompletePerson` (no such relation), `GuardianNeeded`, `GuardianConsentNeeded`."""
    if relation not in set(Relation):
        raise IncompletePerson(fields="relation")
    today = local_day(now)
    if not is_relation_possible(Relation(relation), born_on, on=today):
        raise GuardianNeeded
    if needs_guardian_consent(born_on, on=today) and not has_guardian_consent:
        raise GuardianConsentNeeded


def link_person(
    *,
    account_id: UUID,
    person_id: UUID,
    relation: str,
    actor: Actor,
    now: datetime,
    has_guardian_consent: bool = False,
    is_proved: bool = False,
) -> None:
    """Lets an account act for a person; `is_proved` when the desk or the record's own contact has said so.

    Refusals: `AlreadyLinked`, `SelfTaken`, `TooManyPeople`, `UnknownPerson`, those of `check_relation`.
    """
    with acting(actor=actor):
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise UnknownPerson
        check_relation(relation=relation, born_on=person.birth_date, has_guardian_consent=has_guardian_consent, now=now)
        linked = AccountPerson.objects.filter(account_id=account_id, removed_at=None).count()
        if linked >= MOST_PEOPLE:
            raise TooManyPeople(limit=MOST_PEOPLE)
        with refusing({"account_person_once": AlreadyLinked(), "account_self_once": SelfTaken()}):
            AccountPerson.objects.create(
                account_id=account_id,
                person_id=person_id,
                relation=relation,
                is_default=not linked,
                added_at=now,
                guardian_consent_at=now if has_guardian_consent else None,
                proved_at=now if is_proved else None,
            )
        trace(actor=actor, action="patients.link", person_id=person_id, now=now, details={"relation": relation})


def unlink_person(*, account_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends the account's right to act for a person; the record stays. Refuses with `UnknownPerson`.

    Where it was the default, the one added first takes its place.
    """
    with acting(actor=actor):
        links = AccountPerson.objects.filter(account_id=account_id, removed_at=None)
        if not links.filter(person_id=person_id).update(removed_at=now, is_default=False):
            raise UnknownPerson
        if not links.filter(is_default=True).exists():
            links.filter(pk=links.order_by("added_at").values("pk")[:1]).update(is_default=True)
        trace(actor=actor, action="patients.unlink", person_id=person_id, now=now)


def set_default_person(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Makes a person the one that the app shows first. Refuses with `UnknownPerson`."""
    with acting(actor=actor):
        links = AccountPerson.objects.filter(account_id=UUID(actor.id), removed_at=None)
        links.exclude(person_id=person_id).filter(is_default=True).update(is_default=False)
        if not links.filter(person_id=person_id).update(is_default=True):
            raise UnknownPerson
        trace(actor=actor, action="patients.set_default", person_id=person_id, now=now)


def list_holders(*, person_id: UUID, actor: Actor, now: datetime) -> list[Holder]:
    """The other accounts that act for a person, their addresses masked: for the person's own account, and for staff.

    Refusals: `UnknownPerson` (also for an account that is not the person's own), `NoCareRelation`.
    """
    _require_own(person_id=person_id, actor=actor, now=now)
    links = AccountPerson.objects.filter(person_id=person_id, removed_at=None).order_by("added_at")
    if actor.kind is ActorKind.PATIENT:
        links = links.exclude(account_id=UUID(actor.id))
    return [
        Holder(
            link_id=link.id,
            relation=link.relation,
            masked_address=masked_account(account_id=link.account_id),
            since=link.added_at,
        )
        for link in links[:MOST_PEOPLE]
    ]


def end_holder(*, person_id: UUID, link_id: UUID, actor: Actor, now: datetime) -> None:
    """A person of age ends what another account may do for them. Refuses with `UnknownPerson`."""
    _require_own(person_id=person_id, actor=actor, now=now)
    link = AccountPerson.objects.filter(pk=link_id, person_id=person_id, removed_at=None).first()
    if link is None:
        raise UnknownPerson
    unlink_person(account_id=link.account_id, person_id=person_id, actor=actor, now=now)


def _require_own(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    require_access(actor=actor, person_id=person_id, now=now)
    if actor.kind is not ActorKind.PATIENT:
        return
    own = AccountPerson.objects.filter(
        account_id=UUID(actor.id), person_id=person_id, relation=Relation.SELF, removed_at=None
    )
    if not own.exists():
        raise UnknownPerson


def require_records(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Refuses an account that may act for this adult but has not shown that they agreed (`RecordsClosed`).

    Refuses everybody who may not see the person at all like `require_access`; staff who may are let through.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    if actor.kind is not ActorKind.PATIENT:
        return
    link = AccountPerson.objects.select_related("person").get(
        account_id=UUID(actor.id), person_id=person_id, removed_at=None
    )
    proved_on = local_day(link.proved_at) if link.proved_at else None
    if not are_records_open(Relation(link.relation), link.person.birth_date, proved_on=proved_on, on=local_day(now)):
        raise RecordsClosed


def masked_account(*, account_id: UUID) -> str:
    """The address of an account as others may see it."""
    account = get_account(account_id=account_id)
    if account.email:
        return mask_email(account.email)
    return mask_phone(account.phone) if account.phone else ""
