"""Writes: start, save, sign, amend, review, withdraw, void. The doctor of the visit writes, and those of its
department; the database keeps what is signed as it is."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Max

from hospital.audit.api import acting
from hospital.clinical_documents.access import find_writable_visit, require_superior
from hospital.clinical_documents.errors import (
    AmendmentReasonMissing,
    ClinicalDocumentChanged,
    ClinicalDocumentIncomplete,
    ClinicalDocumentNotSigned,
    ClinicalDocumentSigned,
    ClinicalDocumentVoided,
    NotVoidable,
    VoidReasonMissing,
)
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.ledger import (
    find_draft,
    find_newest_signed,
    lock_document,
    lock_writable,
    move_document,
    next_number,
    record_step,
)
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.rules import REST_DAYS_AT_MOST, SigningFacts, find_problems
from hospital.clinical_documents.states import ClinicalState, VersionState
from hospital.clinical_documents.types import ClinicalLanguage, Problem, Values
from hospital.clinical_documents.values import clean_line, hash_content, read_values, store_values
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.events import record_event


def start_document(
    *,
    encounter_id: UUID,
    kind: ClinicalKind,
    language: ClinicalLanguage,
    values: Values,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Opens a draft with `values` in it; returns its id. A draft of the kind that the visit has already is given back.

    Refuses what `find_writable_visit` refuses.
    """
    visit = find_writable_visit(encounter_id=encounter_id, actor=actor, now=now)
    with acting(actor=actor):
        document = ClinicalDocument(
            encounter_id=visit.id,
            person_id=visit.person_id,
            campus_id=visit.campus_code,
            kind=kind,
            language=language,
            started_at=now,
        )
        ClinicalDocument.objects.bulk_create([document], ignore_conflicts=True)
        stored = ClinicalDocument.objects.get(encounter_id=visit.id, kind=kind, state=ClinicalState.DRAFT)
        if stored.id != document.id:
            return stored.id
        DocumentVersion.objects.create(
            document=document,
            content=store_values(spec=KINDS[kind], values=values),
            written_by_id=UUID(actor.id),
            written_at=now,
        )
        record_step(document, action="start", actor=actor, now=now, details={"kind": kind.value})
        return document.id


def save_draft(*, document_id: UUID, values: Values, revision: int, actor: Actor, now: datetime) -> int:
    """Saves the draft as it is typed, complete or not; returns its new revision.

    `revision` is the one the writer saw: another is refused with `ClinicalDocumentChanged`. Also refuses
    `UnknownClinicalDocument`, `ClinicalDocumentSigned`, `ClinicalDocumentVoided`, `NotSuperior` (the draft is a review)
    and what `find_writable_visit` refuses.
    """
    with acting(actor=actor):
        document, _visit = lock_writable(document_id=document_id, actor=actor, now=now)
        draft = _draft_of(document, actor=actor)
        saved = DocumentVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT, revision=revision).update(
            content=store_values(spec=KINDS[ClinicalKind(document.kind)], values=values),
            written_by_id=UUID(actor.id),
            written_at=now,
            revision=F("revision") + 1,
        )
        if not saved:
            raise ClinicalDocumentChanged
        return revision + 1


def list_problems(*, document_id: UUID, now: datetime) -> tuple[Problem, ...]:
    """What keeps the draft from being signed, in the language of the moment; nothing where there is no draft.

    The caller has checked that the actor may see the document.
    """
    draft = DocumentVersion.objects.filter(document_id=document_id, state=VersionState.DRAFT)
    row = draft.select_related("document").first()
    if row is None:
        return ()
    visit = get_encounter(encounter_id=row.document.encounter_id)
    return _find_problems(row.document, content=row.content, visit=visit, now=now)


def sign_document(*, document_id: UUID, revision: int, actor: Actor, now: datetime) -> int:
    """Signs the draft for good; returns the version's number. A letter gets its number of the register;
    a certificate that takes a seal waits for it.

    Refuses `ClinicalDocumentIncomplete` (naming the sections), `ClinicalDocumentChanged` (what the signer saw is not
    what stands there), and what `save_draft` refuses.
    """
    with acting(actor=actor):
        document, visit = lock_writable(document_id=document_id, actor=actor, now=now)
        draft = _draft_of(document, actor=actor)
        if draft.revision != revision:
            raise ClinicalDocumentChanged
        problems = _find_problems(document, content=draft.content, visit=visit, now=now)
        if problems:
            raise ClinicalDocumentIncomplete(sections=", ".join(str(problem.heading) for problem in problems))
        digest = hash_content(kind=document.kind, language=document.language, stored=draft.content)
        DocumentVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT).update(
            state=VersionState.SIGNED, signed_by_id=UUID(actor.id), signed_at=now, content_hash=digest
        )
        if document.state == ClinicalState.DRAFT:
            spec = KINDS[ClinicalKind(document.kind)]
            document.number = next_number(now=now) if spec.is_certificate and not spec.needs_seal else ""
            move_document(document, target=ClinicalState.SIGNED, first_signed_at=now, number=document.number)
        record_step(
            document,
            action="sign",
            actor=actor,
            now=now,
            reason=draft.amend_reason,
            details={"version": draft.version, "hash": digest, "number": document.number},
        )
        record_event(
            kind="clinical_documents.signed",
            subject_id=str(document.id),
            encounter_id=document.encounter_id,
            person_id=document.person_id,
            now=now,
            facts={"kind": document.kind, "version": draft.version},
        )
        return draft.version


def amend_document(*, document_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Opens a new version with the content of the signed one, which stays; returns the version's number.

    Refuses `AmendmentReasonMissing`, `ClinicalDocumentNotSigned` (there is a draft), `ClinicalDocumentVoided` and what
    `find_writable_visit` refuses.
    """
    reason = clean_line(reason)
    if not reason:
        raise AmendmentReasonMissing
    with acting(actor=actor):
        document, _visit = lock_writable(document_id=document_id, actor=actor, now=now)
        amendment = _open_version(document, actor=actor, now=now, amend_reason=reason)
        record_step(document, action="amend", actor=actor, now=now, reason=reason)
        return amendment.version


def review_document(*, document_id: UUID, actor: Actor, now: datetime) -> int:
    """Opens a review of the signed version by a superior doctor, who changes what has to be and signs beside the one
    who wrote it; returns the new version's number. The version under review stays (domain brief 10).

    Refuses `NotSuperior`, and what `amend_document` refuses but for the reason.
    """
    with acting(actor=actor):
        document, _visit = lock_writable(document_id=document_id, actor=actor, now=now)
        signed = find_newest_signed(document)
        require_superior(signer_id=signed.signed_by_id if signed else None, actor=actor)
        review = _open_version(document, actor=actor, now=now, reviews=signed)
        record_step(document, action="review", actor=actor, now=now, details={"version": review.version})
        return review.version


def _open_version(document: ClinicalDocument, *, actor: Actor, now: datetime, **more: object) -> DocumentVersion:
    """A new version with the content of the one signed last."""
    signed = find_newest_signed(document)
    if signed is None or find_draft(document) is not None:
        raise ClinicalDocumentNotSigned
    last = document.versions.aggregate(last=Max("version"))["last"]
    return DocumentVersion.objects.create(
        document=document,
        version=last + 1,
        content=signed.content,
        written_by_id=UUID(actor.id),
        written_at=now,
        **more,
    )


def withdraw_draft(*, document_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives up a draft: a document that nobody signed goes with it, a signed one stands as it was.

    Refuses what `save_draft` refuses.
    """
    with acting(actor=actor):
        document, _visit = lock_writable(document_id=document_id, actor=actor, now=now)
        draft = _draft_of(document, actor=actor)
        DocumentVersion.objects.filter(pk=draft.pk).update(state=VersionState.WITHDRAWN)
        if document.state == ClinicalState.DRAFT:
            move_document(document, target=ClinicalState.WITHDRAWN)
        record_step(document, action="withdraw", actor=actor, now=now, details={"version": draft.version})


def void_document(*, document_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Voids a signed document with every version of it; returns how many there are. An amendment in the making is given
    up.

    The doctor who signed it may, and the medical affairs office of its campus. Refuses `VoidReasonMissing`,
    `NotVoidable`, `ClinicalDocumentNotSigned`, `ClinicalDocumentVoided`, `UnknownClinicalDocument`.
    """
    reason = clean_line(reason)
    if not reason:
        raise VoidReasonMissing
    with acting(actor=actor):
        document = lock_document(document_id)
        _require_voiding(document, actor=actor)
        move_document(
            document, target=ClinicalState.VOIDED, voided_by_id=UUID(actor.id), voided_at=now, void_reason=reason
        )
        DocumentVersion.objects.filter(document=document, state=VersionState.DRAFT).update(state=VersionState.WITHDRAWN)
        record_step(document, action="void", actor=actor, now=now, reason=reason)
        return document.versions.count()


def _require_voiding(document: ClinicalDocument, *, actor: Actor) -> None:
    if document.state == ClinicalState.VOIDED:
        raise ClinicalDocumentVoided
    if document.state != ClinicalState.SIGNED:
        raise ClinicalDocumentNotSigned
    if actor.has_role(Role.MEDICAL_AFFAIRS, document.campus_id):
        return
    signers = document.versions.filter(state=VersionState.SIGNED).values_list("signed_by_id", flat=True)
    if actor.id not in {str(signer) for signer in signers}:
        raise NotVoidable


def _draft_of(document: ClinicalDocument, *, actor: Actor) -> DocumentVersion:
    """The draft, for the actor to change: a review is a superior's."""
    draft = find_draft(document)
    if draft is None:
        raise ClinicalDocumentSigned
    if draft.reviews is not None:
        require_superior(signer_id=draft.reviews.signed_by_id, actor=actor)
    return draft


def _find_problems(
    document: ClinicalDocument, *, content: dict[str, object], visit: EncounterCard, now: datetime
) -> tuple[Problem, ...]:
    spec = KINDS[ClinicalKind(document.kind)]
    facts = SigningFacts(
        visit_on=visit.queue_on,
        signed_on=local_day(now),
        rest_cap=REST_DAYS_AT_MOST[visit.visit_type],
    )
    return find_problems(spec=spec, values=read_values(spec=spec, stored=content), facts=facts)
