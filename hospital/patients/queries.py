"""Reads of people. The access check and the look-up are one statement: `visible_people`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from hospital.audit.api import record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.kernel.crypto import blind_index
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.patients.errors import NoCareRelation, NotRecorder, UnknownPerson
from hospital.patients.models import AccountPerson, Allergy, CareRelation, EmergencyAccess, Identifier, Person, Proof
from hospital.patients.rules.documents import normalize_number
from hospital.patients.rules.names import PersonName, fold_ascii
from hospital.patients.rules.relations import Relation, are_records_open, is_minor
from hospital.patients.types import (
    AllergyCard,
    EmergencyAccessCard,
    IdentifierCard,
    LinkedPerson,
    PersonCard,
    ProofCard,
    ProofKind,
    ProofState,
    RefusalReason,
)

NUMBER_PLACE: Final = "patients_identifier.number"
_CURRENT_IDENTIFIERS: Final = Prefetch(
    "identifiers", Identifier.objects.filter(ended_at=None).order_by("-is_primary", "added_at", "id")
)
_CURRENT_ALLERGIES: Final = Prefetch(
    "allergies", Allergy.objects.filter(struck_out_at=None).order_by("-is_severe", "recorded_at", "id")
)
# Staff who see a person once their campus has a part in the care.
CARE_ROLES: Final = (
    Role.DOCTOR,
    Role.NURSE,
    Role.CASHIER,
    Role.LAB_TECHNICIAN,
    Role.IMAGING_TECHNICIAN,
    Role.PHARMACIST,
    Role.COORDINATOR,
    Role.MEDICAL_AFFAIRS,
)


def visible_people(*, actor: Actor, now: datetime) -> QuerySet[Person]:
    """Everybody whom the actor may see: an account its people; staff the people in their campuses' care, those opened
    by break-glass, and for a registrar the whole index (the desk that finds and creates people); a partner the people
    in the care of its campuses."""
    people = Person.objects.all()
    if actor.kind is ActorKind.SYSTEM:
        return people
    if actor.kind is ActorKind.PATIENT:
        links = AccountPerson.objects.filter(person=OuterRef("pk"), account_id=UUID(actor.id), removed_at=None)
        return people.filter(Exists(links))
    if actor.campuses_of(Role.REGISTRAR):
        return people
    current = Q(until=None) | Q(until__gt=now)
    campuses = actor.campuses_of(*CARE_ROLES) | actor.campuses
    relations = CareRelation.objects.filter(current, person=OuterRef("pk"), campus_code__in=campuses)
    if actor.kind is ActorKind.PARTNER:
        return people.filter(Exists(relations))
    opened = EmergencyAccess.objects.filter(person=OuterRef("pk"), user_id=actor.id, expires_at__gt=now)
    return people.filter(Exists(relations) | Exists(opened))


def get_person(*, actor: Actor, person_id: UUID, now: datetime) -> PersonCard:
    """One person the actor may see; a look by staff is an entry of the audit trail (N14).

    Refuses an account with `UnknownPerson`, staff with `NoCareRelation`.
    """
    cards = _cards(visible_people(actor=actor, now=now).filter(pk=person_id))
    if not cards:
        raise _why_unseen(actor=actor, person_id=person_id)
    if actor.kind is ActorKind.STAFF:
        record_act(
            actor=actor,
            action="patients.view",
            subject_kind="person",
            subject_id=str(person_id),
            person_id=person_id,
            now=now,
        )
    return cards[0]


def get_birth_date(*, actor: Actor, person_id: UUID, now: datetime) -> date:
    """When a person whom the actor may see was born, in one statement. Refuses as `require_access`; writes no entry."""
    found = visible_people(actor=actor, now=now).filter(pk=person_id).values_list("birth_date", flat=True).first()
    if found is None:
        raise _why_unseen(actor=actor, person_id=person_id)
    return found


def require_access(*, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Refuses with `NoCareRelation` or `UnknownPerson` unless the actor may see the person."""
    if not visible_people(actor=actor, now=now).filter(pk=person_id).exists():
        raise _why_unseen(actor=actor, person_id=person_id)


def _why_unseen(*, actor: Actor, person_id: UUID) -> Refusal:
    """Staff learn that the person exists (they may break the glass); an account learns nothing."""
    if actor.kind is ActorKind.STAFF and Person.objects.filter(pk=person_id).exists():
        return NoCareRelation()
    return UnknownPerson()


def list_people(*, actor: Actor, person_ids: Iterable[UUID], now: datetime) -> dict[UUID, PersonCard]:
    """Those of `person_ids` whom the actor may see, in a fixed number of statements."""
    return {card.id: card for card in _cards(visible_people(actor=actor, now=now).filter(pk__in=list(person_ids)))}


def list_linked_people(*, actor: Actor, now: datetime) -> list[LinkedPerson]:
    """The people an account acts for, the default first."""
    links = list(
        AccountPerson.objects.filter(account_id=UUID(actor.id), removed_at=None).order_by("-is_default", "added_at")
    )
    cards = list_people(actor=actor, person_ids=[link.person_id for link in links], now=now)
    proofs = _list_proofs(account_id=UUID(actor.id), person_ids=list(cards))
    return [
        _linked(link, card=cards[link.person_id], proofs=proofs.get(link.person_id, ()), now=now)
        for link in links
        if link.person_id in cards
    ]


def get_linked_person(*, actor: Actor, person_id: UUID, now: datetime) -> LinkedPerson:
    """One of the people an account acts for. Refuses with `UnknownPerson`."""
    link = AccountPerson.objects.filter(account_id=UUID(actor.id), person_id=person_id, removed_at=None).first()
    if link is None:
        raise UnknownPerson
    proofs = _list_proofs(account_id=UUID(actor.id), person_ids=[person_id])
    card = get_person(actor=actor, person_id=person_id, now=now)
    return _linked(link, card=card, proofs=proofs.get(person_id, ()), now=now)


def _linked(link: AccountPerson, *, card: PersonCard, proofs: Iterable[ProofCard], now: datetime) -> LinkedPerson:
    today = local_day(now)
    return LinkedPerson(
        person=card,
        relation=link.relation,
        is_default=link.is_default,
        is_minor=is_minor(card.birth_date, on=today),
        has_guardian_consent=link.guardian_consent_at is not None,
        are_records_open=are_records_open(
            Relation(link.relation),
            card.birth_date,
            proved_on=local_day(link.proved_at) if link.proved_at else None,
            on=today,
        ),
        proofs=tuple(proofs),
    )


def _list_proofs(*, account_id: UUID, person_ids: list[UUID]) -> dict[UUID, list[ProofCard]]:
    """The latest proof of each kind and document that an account sent, by person."""
    rows = (
        Proof.objects.filter(account_id=account_id, person_id__in=person_ids)
        .exclude(state=ProofState.REPLACED)
        .order_by("person_id", "kind", "identifier_id", "-submitted_at")
        .distinct("person_id", "kind", "identifier_id")
    )
    found: dict[UUID, list[ProofCard]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(proof_card(row))
    return found


def proof_card(row: Proof) -> ProofCard:
    """A proof as it is shown."""
    return ProofCard(
        id=row.id,
        kind=ProofKind(row.kind),
        identifier_id=row.identifier_id,
        state=ProofState(row.state),
        reason=RefusalReason(row.reason) if row.reason else None,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
    )


def search_people(*, actor: Actor, text: str, now: datetime, limit: int = 20) -> list[PersonCard]:
    """People the actor may see whose name (Latin, Chinese, pinyin), record number or document number matches.

    Every word of a Latin name must be found. A fixed number of statements; each way of matching has its own index.
    """
    text = text.strip()[:100]
    if not text:
        return []
    ways = [
        Person.objects.filter(chinese_name__contains=text),
        Person.objects.filter(pinyin__contains=text.lower()),
        Person.objects.filter(local_numbers__mrn=text.upper()),
    ]
    words = fold_ascii(text).split()
    if words:
        ways.append(Person.objects.filter(*(Q(name_key__contains=word) for word in words)))
    index = blind_index(normalize_number(text), place=NUMBER_PLACE)
    if index:
        ways.append(Person.objects.filter(identifiers__number_index=index))
    matching = ways[0].values("pk").union(*(way.values("pk") for way in ways[1:]))
    people = visible_people(actor=actor, now=now).filter(pk__in=matching)
    return _cards(people.order_by("name_key", "id")[:limit])


def find_people_by_document(*, number: str) -> list[UUID]:
    """Whose document has this number, whatever its type and issuer, by the blind index; tells nothing else.

    Two countries may have given one number: the caller must not take the only one found for the right one.
    """
    index = blind_index(normalize_number(number), place=NUMBER_PLACE)
    return list(Identifier.objects.filter(number_index=index).values_list("person_id", flat=True).distinct())


def list_emergency_accesses(*, limit: int = 100) -> list[EmergencyAccessCard]:
    """Break-glass openings, newest first, for the audit desk."""
    return [
        EmergencyAccessCard(
            id=row.id,
            person_id=row.person_id,
            user_id=row.user_id,
            reason=row.reason,
            opened_at=row.opened_at,
            expires_at=row.expires_at,
        )
        for row in EmergencyAccess.objects.order_by("-opened_at")[:limit]
    ]


def has_emergency_access(*, actor: Actor, person_id: UUID, now: datetime) -> bool:
    """Whether the actor sees this person by break-glass now, which the banner must say."""
    return EmergencyAccess.objects.filter(person_id=person_id, user_id=actor.id, expires_at__gt=now).exists()


def require_recorder(*, actor: Actor, person_id: UUID, now: datetime) -> None:
    """For what prescribing has to know: a doctor or a nurse who may see the person.

    Refuses `NotRecorder`, and what `require_access` refuses.
    """
    if not (actor.has_role(Role.DOCTOR) or actor.has_role(Role.NURSE)):
        raise NotRecorder
    require_access(actor=actor, person_id=person_id, now=now)


def name_of(row: Person) -> PersonName:
    """The name parts of a row."""
    return PersonName(
        family=row.family_name, given=row.given_names, chinese=row.chinese_name, preferred=row.preferred_name
    )


def _cards(rows: QuerySet[Person]) -> list[PersonCard]:
    return [
        PersonCard(
            id=row.id,
            name=name_of(row),
            sex=row.sex,
            birth_date=row.birth_date,
            nationality=row.nationality,
            languages=tuple(row.languages),
            needs_interpreter=row.needs_interpreter,
            mrns={number.campus_id: number.mrn for number in row.local_numbers.all()},
            identifiers=tuple(_identifier(item) for item in row.identifiers.all()),
            allergies=tuple(
                AllergyCard(
                    group=item.group,
                    substance=BilingualText(item.substance_zh, item.substance_en),
                    reaction=BilingualText(item.reaction_zh, item.reaction_en),
                    is_severe=item.is_severe,
                    recorded_at=item.recorded_at,
                    id=item.id,
                )
                for item in row.allergies.all()
            ),
            no_allergies_at=row.no_allergies_at,
        )
        for row in rows.prefetch_related("local_numbers", _CURRENT_IDENTIFIERS, _CURRENT_ALLERGIES)
    ]


def _identifier(row: Identifier) -> IdentifierCard:
    return IdentifierCard(
        id=row.id,
        type=row.type,
        issuer=row.issuer,
        masked_number=row.masked_number,
        valid_to=row.valid_to,
        verified_by=row.verified_by,
        warnings=tuple(row.warnings),
        is_primary=row.is_primary,
    )
