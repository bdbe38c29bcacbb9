"""Claims: an account asks for a record that is in the index already, such as one made at the window (A03, N10).

Never a second person, and nothing of the record before the claim is verified: by a one-time code to the contact on
file, or at the registration desk. What the account is told is the same whether a record was found or not, but for one
thing: who knows document, birth date and name of a record learns the masked address to which a code can go.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from hospital.accounts.api import AddressKind
from hospital.audit.api import acting, record_refusal
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field, keyed_hash
from hospital.patients.contacts import EMAIL_PLACE, PHONE_PLACE
from hospital.patients.errors import (
    AlreadyLinked,
    ClaimCodeSentRecently,
    ClaimEnded,
    ClaimOpen,
    IncompletePerson,
    NoCodePossible,
    SelfTaken,
    TooManyTries,
    UnknownClaim,
    WrongClaimCode,
)
from hospital.patients.identifiers import is_document_complete
from hospital.patients.links import check_relation, link_person
from hospital.patients.models import AccountPerson, Claim, Identifier
from hospital.patients.queries import NUMBER_PLACE, name_of
from hospital.patients.rules.contacts import international_phone
from hospital.patients.rules.documents import DocumentType, check_document
from hospital.patients.rules.masking import mask_document_number, mask_email, mask_phone
from hospital.patients.rules.names import PersonName, is_same_name
from hospital.patients.rules.relations import Relation
from hospital.patients.trail import trace
from hospital.patients.types import ClaimCard, ClaimState, GuardianConsent, NewClaim, RefusalReason

AfterLink = Callable[[GuardianConsent], None]
CLAIM_LIFE: Final = timedelta(days=14)
CODE_LIFE: Final = timedelta(minutes=10)
CODE_PAUSE: Final = timedelta(seconds=60)
CODE_ATTEMPTS: Final = 5
TRIES_A_DAY: Final = 5  # of one account, and for one document whoever asks
_DAY: Final = timedelta(days=1)


def open_claim(*, new: NewClaim, actor: Actor, now: datetime) -> UUID:
    """Asks for the record of a document; the answer tells nothing of it. Returns the claim.

    Refusals: `IncompletePerson`, `GuardianNeeded`, `GuardianConsentNeeded`, `SelfTaken`, `TooManyTries`, `ClaimOpen`,
    and `AlreadyLinked` for a record that the account acts for.
    """
    _check(new=new, now=now)
    account_id = UUID(actor.id)
    checked = check_document(
        document_type=DocumentType(new.document.type), number=new.document.number, on=local_day(now)
    )
    index = blind_index(checked.number, place=NUMBER_PLACE)
    issuer = (new.document.issuer or checked.issuer or "").upper()
    with acting(actor=actor):
        _count_tries(account_id=account_id, index=index, now=now)
        _expire(account_id=account_id, now=now)
        _check_links(account_id=account_id, relation=new.relation)
        person_id = _match(new=new, index=index, issuer=issuer)
        if (
            person_id
            and AccountPerson.objects.filter(account_id=account_id, person_id=person_id, removed_at=None).exists()
        ):
            raise AlreadyLinked
        with refusing({"one_open_claim": ClaimOpen()}):
            claim = Claim.objects.create(
                account_id=account_id,
                person_id=person_id,
                relation=new.relation,
                type=new.document.type,
                issuer=issuer,
                number=encrypt_field(checked.number, place="patients_claim.number"),
                number_index=index,
                masked_number=mask_document_number(checked.number, document_type=DocumentType(new.document.type)),
                family_name=new.family_name.strip(),
                given_names=new.given_names.strip(),
                chinese_name=new.chinese_name.strip(),
                birth_date=new.birth_date,
                guardian_consent_at=now if new.guardian_notice is not None else None,
                guardian_notice=new.guardian_notice,
                language=new.language,
                opened_at=now,
                expires_at=now + CLAIM_LIFE,
            )
        _trace(claim, "patients.open_claim", actor=actor, now=now)
    return claim.id


def _check(*, new: NewClaim, now: datetime) -> None:
    names = (new.family_name, new.given_names, new.chinese_name)
    faults = {
        "name": not any(name.strip() for name in names)
        or any(len(name.strip()) > longest for name, longest in zip(names, (160, 160, 80), strict=True)),
        "birth_date": new.birth_date > local_day(now) or new.birth_date.year < now.year - 130,
        "document": not is_document_complete(new.document),
    }
    if any(faults.values()):
        raise IncompletePerson(fields=", ".join(field for field, is_faulty in faults.items() if is_faulty))
    check_relation(
        relation=new.relation, born_on=new.birth_date, has_guardian_consent=new.guardian_notice is not None, now=now
    )


def _count_tries(*, account_id: UUID, index: str, now: datetime) -> None:
    """Refuses the sixth claim a day of an account or for a document. Claims of one account are counted one by one."""
    with connection.cursor() as cursor:
        for key in sorted((str(account_id), index)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    recent = Claim.objects.filter(opened_at__gt=now - _DAY)
    tried = max(recent.filter(account_id=account_id).count(), recent.filter(number_index=index).count())
    if tried >= TRIES_A_DAY:
        raise TooManyTries


def _expire(*, account_id: UUID, now: datetime) -> None:
    Claim.objects.filter(account_id=account_id, state=ClaimState.OPEN, expires_at__lte=now).update(
        state=ClaimState.EXPIRED, decided_at=now
    )


def _check_links(*, account_id: UUID, relation: str) -> None:
    own = AccountPerson.objects.filter(account_id=account_id, relation=Relation.SELF, removed_at=None)
    if relation == Relation.SELF and own.exists():
        raise SelfTaken


def _match(*, new: NewClaim, index: str, issuer: str) -> UUID | None:
    """The one record whose document, birth date and name all agree; None where none or several do."""
    identifiers = Identifier.objects.filter(
        type=new.document.type, number_index=index, person__birth_date=new.birth_date
    ).select_related("person")
    if issuer:
        identifiers = identifiers.filter(issuer=issuer)
    typed = PersonName(family=new.family_name.strip(), given=new.given_names.strip(), chinese=new.chinese_name.strip())
    found = {each.person_id for each in identifiers if is_same_name(typed, name_of(each.person))}
    return found.pop() if len(found) == 1 else None


def list_claims(*, actor: Actor, now: datetime) -> list[ClaimCard]:
    """The claims of an account that are open or ended within thirty days, newest first; one statement."""
    rows = (
        Claim.objects.filter(account_id=UUID(actor.id))
        .filter(Q(state=ClaimState.OPEN) | Q(decided_at__gt=now - timedelta(days=30)))
        .exclude(state=ClaimState.WITHDRAWN)
        .select_related("person")
        .order_by("-opened_at")
    )
    return [_card(row, now=now) for row in rows]


def get_claim(*, claim_id: UUID, actor: Actor, now: datetime) -> ClaimCard:
    """One claim of the account. Refuses with `UnknownClaim`."""
    return _card(_own(claim_id=claim_id, actor=actor), now=now)


def _own(*, claim_id: UUID, actor: Actor) -> Claim:
    row = Claim.objects.select_related("person").filter(pk=claim_id, account_id=UUID(actor.id)).first()
    if row is None:
        raise UnknownClaim
    return row


def _addresses_of(row: Claim) -> dict[AddressKind, str]:
    """Where a code can go. Records kept confidential are opened at the desk alone."""
    if row.person is None or row.person.is_confidential:
        return {}
    found = {
        AddressKind.EMAIL: decrypt_field(row.person.email, place=EMAIL_PLACE),
        AddressKind.PHONE: international_phone(decrypt_field(row.person.phone, place=PHONE_PLACE)),
    }
    return {kind: address for kind, address in found.items() if address}


def _card(row: Claim, *, now: datetime) -> ClaimCard:
    state = ClaimState(row.state)
    if state is ClaimState.OPEN and row.expires_at <= now:
        state = ClaimState.EXPIRED
    addresses = _addresses_of(row) if state is ClaimState.OPEN and row.codes_left else {}
    is_code_sent = row.code_sent_at is not None and row.code_sent_at > now - CODE_LIFE
    return ClaimCard(
        id=row.id,
        relation=row.relation,
        document_type=row.type,
        masked_number=row.masked_number,
        name=PersonName(family=row.family_name, given=row.given_names, chinese=row.chinese_name),
        birth_date=row.birth_date,
        state=state,
        reason=RefusalReason(row.reason) if row.reason else None,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        masked_email=mask_email(addresses[AddressKind.EMAIL]) if AddressKind.EMAIL in addresses else "",
        masked_phone=mask_phone(addresses[AddressKind.PHONE]) if AddressKind.PHONE in addresses else "",
        is_code_sent=is_code_sent,
        code_sent_by=row.code_sent_by if is_code_sent else "",
        person_id=row.person_id if state is ClaimState.VERIFIED else None,
    )


def create_claim_code(
    *, claim_id: UUID, actor: Actor, now: datetime, kind: AddressKind = AddressKind.EMAIL
) -> tuple[str, str]:
    """A six-digit code and the address or phone (E.164) on file to which the caller sends it.

    Three a claim and one a minute, over whichever way; a new one ends the one before.
    Refusals: `UnknownClaim`, `ClaimEnded`, `NoCodePossible`, `ClaimCodeSentRecently`.
    """
    row = _own(claim_id=claim_id, actor=actor)
    if row.state != ClaimState.OPEN or row.expires_at <= now:
        raise ClaimEnded
    address = _addresses_of(row).get(kind)
    if address is None:
        raise NoCodePossible
    code = f"{secrets.randbelow(1_000_000):06d}"
    with acting(actor=actor):
        sent = Claim.objects.filter(
            Q(code_sent_at=None) | Q(code_sent_at__lte=now - CODE_PAUSE),
            pk=row.pk,
            state=ClaimState.OPEN,
            codes_left__gt=0,
        ).update(
            code_hash=keyed_hash(f"{row.pk}:{code}"),
            code_sent_at=now,
            code_sent_by=kind.value,
            code_attempts_left=CODE_ATTEMPTS,
            codes_left=F("codes_left") - 1,
        )
        if not sent:
            raise _why_no_code(row, now=now)
        _trace(row, "patients.send_claim_code", actor=actor, now=now)
    return address, code


def _why_no_code(row: Claim, *, now: datetime) -> Exception:
    last = Claim.objects.get(pk=row.pk)
    if last.state != ClaimState.OPEN:
        return ClaimEnded()
    if last.codes_left and last.code_sent_at:
        return ClaimCodeSentRecently(seconds=max(1, ceil((last.code_sent_at + CODE_PAUSE - now).total_seconds())))
    return NoCodePossible()


def verify_claim(
    *, claim_id: UUID, code: str, actor: Actor, now: datetime, after_link: AfterLink | None = None
) -> UUID:
    """Spends a code and lets the account act for the person; returns the person.

    Each try costs one of five attempts in its own statement, so that guesses count even when they are refused: call it
    outside a transaction. `after_link` gets the guardian's consent, when there is one, in the same transaction.
    Refusals: `UnknownClaim`, `ClaimEnded`, `WrongClaimCode`, those of `link_person`.
    """
    row = _own(claim_id=claim_id, actor=actor)
    if row.state != ClaimState.OPEN or row.expires_at <= now or row.person_id is None:
        raise ClaimEnded
    if not _is_code_right(claim_id=row.pk, code=code, now=now):
        record_refusal(
            actor=actor,
            action="patients.verify_claim",
            subject_kind="claim",
            subject_id=str(row.pk),
            person_id=row.person_id,
            reason=WrongClaimCode.code,
            now=now,
        )
        raise WrongClaimCode if Claim.objects.filter(pk=row.pk, state=ClaimState.OPEN).exists() else ClaimEnded
    with acting(actor=actor):
        end_claim(row, state=ClaimState.VERIFIED, by="CODE", actor=actor, now=now)
        link_claimed(row, person_id=row.person_id, actor=actor, now=now, after_link=after_link)
        _trace(row, "patients.verify_claim", actor=actor, now=now)
    return row.person_id


def _is_code_right(*, claim_id: UUID, code: str, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE patients_claim SET code_attempts_left = code_attempts_left - 1
               WHERE id = %s AND state = 'OPEN' AND code_hash <> '' AND code_attempts_left > 0 AND code_sent_at > %s
               RETURNING code_hash""",
            [claim_id, now - CODE_LIFE],
        )
        row = cursor.fetchone()
    return row is not None and secrets.compare_digest(row[0], keyed_hash(f"{claim_id}:{code.strip()}"))


def end_claim(
    row: Claim,
    *,
    state: ClaimState,
    by: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    person_id: UUID | None = None,
) -> None:
    """Ends an open claim, whoever is first. Refuses with `ClaimEnded`."""
    changes = {"person_id": person_id} if person_id else {}
    if not Claim.objects.filter(pk=row.pk, state=ClaimState.OPEN).update(
        state=state, verified_by=by, reason=reason, decided_at=now, decided_by=actor.id, code_hash="", **changes
    ):
        raise ClaimEnded


def link_claimed(
    row: Claim, *, person_id: UUID, actor: Actor, now: datetime, after_link: AfterLink | None = None
) -> None:
    """Gives the account of a verified claim the person, as one who has agreed."""
    link_person(
        account_id=row.account_id,
        person_id=person_id,
        relation=row.relation,
        actor=actor,
        now=now,
        has_guardian_consent=row.guardian_consent_at is not None,
        is_proved=True,
    )
    if after_link is not None and row.guardian_notice is not None:
        after_link(
            GuardianConsent(
                account_id=row.account_id, person_id=person_id, notice=row.guardian_notice, language=row.language
            )
        )


def withdraw_claim(*, claim_id: UUID, actor: Actor, now: datetime) -> None:
    """The account asks no longer. Refusals: `UnknownClaim`, `ClaimEnded`."""
    row = _own(claim_id=claim_id, actor=actor)
    with acting(actor=actor):
        end_claim(row, state=ClaimState.WITHDRAWN, by="", actor=actor, now=now)
        _trace(row, "patients.withdraw_claim", actor=actor, now=now)


def _trace(row: Claim, action: str, *, actor: Actor, now: datetime) -> None:
    trace(actor=actor, action=action, person_id=row.person_id, now=now, subject=("claim", row.pk))
