"""Proofs that an account sends and the registration desk decides (A03)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.sealed_files import delete_sealed, read_sealed, store_sealed
from hospital.kernel.uploads import CheckedUpload, check_upload
from hospital.patients.errors import NotRegistrar, ProofDecided, ReasonUnknown, UnknownDocument, UnknownProof
from hospital.patients.models import AccountPerson, Identifier, Proof
from hospital.patients.queries import list_people, name_of, proof_card, require_access
from hospital.patients.rules.names import both_names
from hospital.patients.rules.relations import is_minor
from hospital.patients.trail import trace
from hospital.patients.types import Decision, PendingProof, ProofKind, ProofState, RefusalReason

FILE_PLACE = "patients_proof.file"


def submit_proof(
    *, person_id: UUID, kind: ProofKind, identifier_id: UUID | None, content: bytes, actor: Actor, now: datetime
) -> UUID:
    """Takes a picture or PDF for the registration desk to look at; it replaces a pending one of the same kind.

    `identifier_id` names the document for `DOCUMENT` and is left out otherwise. Refusals: `UploadTooLarge`,
    `UploadNotAccepted`, `UnknownDocument`, those of `require_access`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    if (kind is ProofKind.DOCUMENT) != (identifier_id is not None):
        raise UnknownDocument
    identifier = None
    if identifier_id is not None:
        identifier = Identifier.objects.filter(pk=identifier_id, person_id=person_id, ended_at=None).first()
        if identifier is None:
            raise UnknownDocument
    upload = check_upload(content)
    name = store_sealed(content=upload.content, place=FILE_PLACE)
    try:
        return _create_proof(
            Proof(
                account_id=UUID(actor.id),
                person_id=person_id,
                identifier=identifier,
                kind=kind,
                file=name,
                content_type=upload.content_type,
                submitted_at=now,
            ),
            actor=actor,
        )
    except BaseException:
        delete_sealed(name=name)
        raise


def _create_proof(proof: Proof, *, actor: Actor) -> UUID:
    with acting(actor=actor):
        # Two uploads at once come one after the other, and the later one stays.
        AccountPerson.objects.select_for_update().get(
            account_id=proof.account_id, person_id=proof.person_id, removed_at=None
        )
        earlier = Proof.objects.filter(
            account_id=proof.account_id,
            person_id=proof.person_id,
            kind=proof.kind,
            identifier=proof.identifier,
            state=ProofState.PENDING,
        )
        _delete_after_commit(*earlier.values_list("file", flat=True))
        earlier.update(state=ProofState.REPLACED, file="", decided_at=proof.submitted_at)
        proof.save(force_insert=True)
        trace(
            actor=actor,
            action="patients.submit_proof",
            person_id=proof.person_id,
            now=proof.submitted_at,
            details={"kind": proof.kind},
        )
    return proof.id


def _delete_after_commit(*names: str) -> None:
    for name in names:
        transaction.on_commit(lambda name=name: delete_sealed(name=name))  # type: ignore[misc]


def require_registrar(*, actor: Actor) -> None:
    """Refuses with `NotRegistrar` whoever does not work at a registration desk."""
    if not actor.campuses_of(Role.REGISTRAR):
        raise NotRegistrar


def list_pending_proofs(*, actor: Actor, now: datetime, limit: int = 50) -> list[PendingProof]:
    """What waits for the desk, oldest first; a fixed number of statements. Refuses with `NotRegistrar`."""
    require_registrar(actor=actor)
    rows = list(
        Proof.objects.filter(state=ProofState.PENDING).select_related("identifier").order_by("submitted_at")[:limit]
    )
    people = list_people(actor=actor, person_ids={row.person_id for row in rows}, now=now)
    links = {
        (link.account_id, link.person_id): link.relation
        for link in AccountPerson.objects.filter(person_id__in=list(people), removed_at=None)
    }
    return [
        PendingProof(
            proof=proof_card(row),
            person=people[row.person_id],
            relation=links.get((row.account_id, row.person_id), ""),
            content_type=row.content_type,
        )
        for row in rows
        if row.person_id in people
    ]


def read_proof_file(*, proof_id: UUID, actor: Actor, now: datetime) -> CheckedUpload:
    """The file of a pending proof for the desk; the look is an entry. Refusals: `NotRegistrar`, `UnknownProof`."""
    require_registrar(actor=actor)
    row = Proof.objects.filter(pk=proof_id, state=ProofState.PENDING).first()
    if row is None:
        raise UnknownProof
    trace(actor=actor, action="patients.view_proof", person_id=row.person_id, now=now, subject=("proof", row.id))
    return CheckedUpload(read_sealed(name=row.file, place=FILE_PLACE), row.content_type)


def accept_proof(*, proof_id: UUID, actor: Actor, now: datetime) -> Decision:
    """The desk believes a proof: a document counts as checked, an agreement opens the adult's reports to the account.

    A relation opens those of a minor until they are of age. The file is deleted. Refusals: `NotRegistrar`,
    `ProofDecided`.
    """
    with acting(actor=actor):
        row = _decide(proof_id=proof_id, state=ProofState.ACCEPTED, reason="", actor=actor, now=now)
        if row.identifier_id is not None:
            Identifier.objects.filter(pk=row.identifier_id).update(verified_by="MANUAL")
        elif row.kind == ProofKind.AGREEMENT or is_minor(row.person.birth_date, on=local_day(now)):
            AccountPerson.objects.filter(account_id=row.account_id, person_id=row.person_id, removed_at=None).update(
                proved_at=now
            )
        trace(actor=actor, action="patients.accept_proof", person_id=row.person_id, now=now, details={"kind": row.kind})
    return Decision(account_id=row.account_id, person_id=row.person_id, name=both_names(name_of(row.person)))


def refuse_proof(*, proof_id: UUID, reason: str, actor: Actor, now: datetime) -> Decision:
    """The desk does not believe a proof, and says why. Refusals: `NotRegistrar`, `ReasonUnknown`, `ProofDecided`."""
    checked = checked_refusal(reason)
    with acting(actor=actor):
        row = _decide(proof_id=proof_id, state=ProofState.REFUSED, reason=checked, actor=actor, now=now)
        trace(actor=actor, action="patients.refuse_proof", person_id=row.person_id, now=now, reason=checked)
    return Decision(
        account_id=row.account_id, person_id=row.person_id, name=both_names(name_of(row.person)), reason=checked
    )


def checked_refusal(reason: str) -> RefusalReason:
    """The listed reason of this code; refuses with `ReasonUnknown`."""
    if reason not in set(RefusalReason):
        raise ReasonUnknown
    return RefusalReason(reason)


def _decide(*, proof_id: UUID, state: ProofState, reason: str, actor: Actor, now: datetime) -> Proof:
    require_registrar(actor=actor)
    row = Proof.objects.select_related("person").filter(pk=proof_id).first()
    if row is None:
        raise UnknownProof
    decided = Proof.objects.filter(pk=proof_id, state=ProofState.PENDING).update(
        state=state, reason=reason, file="", decided_at=now, decided_by=actor.id
    )
    if not decided:
        raise ProofDecided
    _delete_after_commit(row.file)
    return row
