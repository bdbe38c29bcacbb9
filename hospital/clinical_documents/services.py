"""Writes: start, save, sign, amend, withdraw, void. Only the doctor of the visit writes; the database keeps what is
signed as it is."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Max

from hospital.audit.api import acting, record_act
from hospital.clinical_documents.errors import (
    AmendmentReasonMissing,
    ClinicalDocumentChanged,
    ClinicalDocumentIncomplete,
    ClinicalDocumentNotSigned,
    ClinicalDocumentSigned,
    ClinicalDocumentVoided,
    ConsultationNotStarted,
    NotVoidable,
    UnknownClinicalDocument,
    VoidReasonMissing,
)
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.rules import REST_DAYS_AT_MOST, SigningFacts, find_problems
from hospital.clinical_documents.states import CLINICAL_TRANSITIONS, ClinicalState, VersionState
from hospital.clinical_documents.types import ClinicalLanguage, Problem, Values
from hospital.clinical_documents.values import clean_line, hash_content, read_values, store_values
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.events import record_event
from hospital.kernel.transitions import IllegalTransition

WRITABLE = (EncounterState.IN_CONSULT, EncounterState.AWAY, EncounterState.DONE)


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

    Refuses `NotYourPatient`, `ConsultationNotStarted`.
    """
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
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
        _record(document, action="start", actor=actor, now=now, details={"kind": kind.value})
        return document.id


def save_draft(*, document_id: UUID, values: Values, revision: int, actor: Actor, now: datetime) -> int:
    """Saves the draft as it is typed, complete or not; returns its new revision.

    `revision` is the one the writer saw: another is refused with `ClinicalDocumentChanged`. Also refuses
    `UnknownClinicalDocument`, `NotYourPatient`, `ConsultationNotStarted`, `ClinicalDocumentSigned`,
    `ClinicalDocumentVoided`.
    """
    with acting(actor=actor):
        document, _visit = _own_document(document_id=document_id, actor=actor)
        draft = _draft_of(document)
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
    """Signs the draft for good; returns the version's number. A certificate gets its number of the register.

    Refuses `ClinicalDocumentIncomplete` (naming the sections), `ClinicalDocumentChanged` (what the signer saw is not
    what stands there), and what `save_draft` refuses.
    """
    with acting(actor=actor):
        document, visit = _own_document(document_id=document_id, actor=actor)
        draft = _draft_of(document)
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
            _enter_register(document, now=now)
        _record(
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

    Refuses `AmendmentReasonMissing`, `ClinicalDocumentNotSigned` (there is a draft), `ClinicalDocumentVoided`.
    """
    if not clean_line(reason):
        raise AmendmentReasonMissing
    with acting(actor=actor):
        document, _visit = _own_document(document_id=document_id, actor=actor)
        versions = DocumentVersion.objects.filter(document=document)
        if versions.filter(state=VersionState.DRAFT).exists():
            raise ClinicalDocumentNotSigned
        signed = versions.filter(state=VersionState.SIGNED).order_by("-version").first()
        if signed is None:
            raise ClinicalDocumentNotSigned
        last = versions.aggregate(last=Max("version"))["last"]
        amendment = DocumentVersion.objects.create(
            document=document,
            version=last + 1,
            content=signed.content,
            amend_reason=clean_line(reason),
            written_by_id=UUID(actor.id),
            written_at=now,
        )
        _record(document, action="amend", actor=actor, now=now, reason=amendment.amend_reason)
        return amendment.version


def withdraw_draft(*, document_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives up a draft: a document that nobody signed goes with it, a signed one stands as it was.

    Refuses what `save_draft` refuses.
    """
    with acting(actor=actor):
        document, _visit = _own_document(document_id=document_id, actor=actor)
        draft = _draft_of(document)
        DocumentVersion.objects.filter(pk=draft.pk).update(state=VersionState.WITHDRAWN)
        if document.state == ClinicalState.DRAFT:
            _move(document, target=ClinicalState.WITHDRAWN)
        _record(document, action="withdraw", actor=actor, now=now, details={"version": draft.version})


def void_document(*, document_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Voids a signed document with every version of it; an amendment in the making is given up.

    The doctor who signed it may, and the medical affairs office of its campus. Refuses `VoidReasonMissing`,
    `NotVoidable`, `ClinicalDocumentNotSigned`, `ClinicalDocumentVoided`, `UnknownClinicalDocument`.
    """
    reason = clean_line(reason)
    if not reason:
        raise VoidReasonMissing
    with acting(actor=actor):
        document = _lock(document_id)
        _require_voiding(document, actor=actor)
        _move(document, target=ClinicalState.VOIDED, voided_by_id=UUID(actor.id), voided_at=now, void_reason=reason)
        DocumentVersion.objects.filter(document=document, state=VersionState.DRAFT).update(state=VersionState.WITHDRAWN)
        _record(document, action="void", actor=actor, now=now, reason=reason)


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


def _own_visit(*, encounter_id: UUID, actor: Actor) -> EncounterCard:
    visit = get_encounter(encounter_id=encounter_id)
    if str(visit.clinician_user_id) != actor.id:
        raise NotYourPatient
    if visit.state not in WRITABLE:
        raise ConsultationNotStarted
    return visit


def _lock(document_id: UUID) -> ClinicalDocument:
    document = ClinicalDocument.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise UnknownClinicalDocument
    return document


def _own_document(*, document_id: UUID, actor: Actor) -> tuple[ClinicalDocument, EncounterCard]:
    """The document of one of the actor's visits, locked."""
    document = _lock(document_id)
    visit = _own_visit(encounter_id=document.encounter_id, actor=actor)
    if document.state == ClinicalState.VOIDED:
        raise ClinicalDocumentVoided
    return document, visit


def _draft_of(document: ClinicalDocument) -> DocumentVersion:
    draft = document.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        raise ClinicalDocumentSigned
    return draft


def _move(document: ClinicalDocument, *, target: ClinicalState, **changes: object) -> None:
    """Moves a document whose row is locked; the conditional update decides."""
    sources = CLINICAL_TRANSITIONS.allowed_from(target)
    moved = ClinicalDocument.objects.filter(pk=document.pk, state__in=sources).update(state=target, **changes)
    if not moved:
        raise IllegalTransition(current=document.state, target=target.value)


def _enter_register(document: ClinicalDocument, *, now: datetime) -> None:
    number = _next_number(now=now) if KINDS[ClinicalKind(document.kind)].is_certificate else ""
    _move(document, target=ClinicalState.SIGNED, first_signed_at=now, number=number)
    document.number = number


def _next_number(*, now: datetime) -> str:
    """The number of a certificate, `CR-261126-000317`: rises with time, may have gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('clinical_documents_number')")
        (serial,) = cursor.fetchone()
    return f"CR-{now.astimezone(SHANGHAI):%y%m%d}-{serial:06d}"


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


def _record(
    document: ClinicalDocument,
    *,
    action: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: dict[str, object] | None = None,
) -> None:
    record_act(
        actor=actor,
        action=f"clinical_documents.{action}",
        subject_kind="clinical_document",
        subject_id=str(document.id),
        person_id=document.person_id,
        reason=reason,
        details=details,
        now=now,
    )
