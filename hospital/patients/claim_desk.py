"""Claims at the registration desk: who asks for which record, accepted or refused with a reason (A03, N10)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.claims import AfterLink, end_claim, link_claimed
from hospital.patients.errors import ClaimEnded, RecordNotChosen, UnknownClaim
from hospital.patients.links import masked_account
from hospital.patients.models import Claim, Identifier, Person
from hospital.patients.proofs import checked_refusal, require_registrar
from hospital.patients.queries import list_people
from hospital.patients.rules.names import PersonName, both_names, fold_ascii
from hospital.patients.trail import trace
from hospital.patients.types import ClaimState, Decision, PendingClaim, PersonCard

MOST_CANDIDATES = 6


def list_open_claims(*, actor: Actor, now: datetime, limit: int = 50) -> list[PendingClaim]:
    """Open claims, oldest first, with the records that have the document or birth date and name.

    A fixed number of statements. Refuses with `NotRegistrar`.
    """
    require_registrar(actor=actor)
    rows = list(Claim.objects.filter(state=ClaimState.OPEN, expires_at__gt=now).order_by("opened_at")[:limit])
    candidates = _list_candidates(rows)
    people = list_people(actor=actor, person_ids={each for ids in candidates.values() for each in ids}, now=now)
    return [_pending(row, ids=candidates[row.id], people=people) for row in rows]


def _pending(row: Claim, *, ids: list[UUID], people: dict[UUID, PersonCard]) -> PendingClaim:
    return PendingClaim(
        id=row.id,
        relation=row.relation,
        document_type=row.type,
        issuer=row.issuer,
        masked_number=row.masked_number,
        name=PersonName(family=row.family_name, given=row.given_names, chinese=row.chinese_name),
        birth_date=row.birth_date,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        matching_id=row.person_id,
        candidates=tuple(people[each] for each in ids if each in people)[:MOST_CANDIDATES],
    )


def _list_candidates(rows: list[Claim]) -> dict[UUID, list[UUID]]:
    """By claim: the matching record, those with the number, those with the birth date and a word of the name."""
    by_number: dict[str, list[UUID]] = {}
    for index, person_id in Identifier.objects.filter(number_index__in={row.number_index for row in rows}).values_list(
        "number_index", "person_id"
    ):
        by_number.setdefault(index, []).append(person_id)
    born = Person.objects.filter(birth_date__in={row.birth_date for row in rows}).values_list(
        "id", "birth_date", "name_key", "chinese_name"
    )
    likely = list(born[:500])
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        alike = [
            person_id
            for person_id, born_on, key, chinese in likely
            if born_on == row.birth_date and _is_alike(row, key=key, chinese=chinese)
        ]
        matching = [row.person_id] if row.person_id else []
        found[row.id] = list(dict.fromkeys([*matching, *by_number.get(row.number_index, []), *alike]))
    return found


def _is_alike(row: Claim, *, key: str, chinese: str) -> bool:
    words = set(fold_ascii(f"{row.family_name} {row.given_names}").split())
    return bool(words & set(key.split())) or (bool(chinese) and chinese == row.chinese_name)


def get_claimant(*, claim_id: UUID, actor: Actor) -> str:
    """The masked address of the account that asks. Refusals: `NotRegistrar`, `UnknownClaim`."""
    return masked_account(account_id=_row(claim_id=claim_id, actor=actor).account_id)


def accept_claim(
    *,
    claim_id: UUID,
    person_id: UUID | None,
    actor: Actor,
    now: datetime,
    after_link: AfterLink | None = None,
) -> Decision:
    """The desk has seen the document: the account may act for the chosen record. `after_link` as in `verify_claim`.

    Refusals: `NotRegistrar`, `UnknownClaim`, `RecordNotChosen`, `ClaimEnded`, those of `link_person`.
    """
    row = _row(claim_id=claim_id, actor=actor)
    if person_id is None or not Person.objects.filter(pk=person_id).exists():
        raise RecordNotChosen
    if row.expires_at <= now:
        raise ClaimEnded
    with acting(actor=actor):
        end_claim(row, state=ClaimState.VERIFIED, by="DESK", actor=actor, now=now, person_id=person_id)
        link_claimed(row, person_id=person_id, actor=actor, now=now, after_link=after_link)
        trace(actor=actor, action="patients.accept_claim", person_id=person_id, now=now, subject=("claim", row.id))
    return Decision(account_id=row.account_id, person_id=person_id, name=_typed_name(row))


def refuse_claim(*, claim_id: UUID, reason: str, actor: Actor, now: datetime) -> Decision:
    """The desk does not give the record, and says why.

    Refusals: `NotRegistrar`, `UnknownClaim`, `ReasonUnknown`, `ClaimEnded`.
    """
    row = _row(claim_id=claim_id, actor=actor)
    checked = checked_refusal(reason)
    with acting(actor=actor):
        end_claim(row, state=ClaimState.REFUSED, by="", reason=checked, actor=actor, now=now)
        trace(
            actor=actor,
            action="patients.refuse_claim",
            person_id=row.person_id,
            now=now,
            reason=checked,
            subject=("claim", row.id),
        )
    # Of the record that did not become theirs the account learns nothing.
    return Decision(account_id=row.account_id, person_id=None, name=_typed_name(row), reason=checked)


def _typed_name(row: Claim) -> BilingualText:
    """The name as the account wrote it."""
    name = PersonName(family=row.family_name, given=row.given_names, chinese=row.chinese_name)
    return both_names(name)


def _row(*, claim_id: UUID, actor: Actor) -> Claim:
    require_registrar(actor=actor)
    row = Claim.objects.filter(pk=claim_id).first()
    if row is None:
        raise UnknownClaim
    return row
