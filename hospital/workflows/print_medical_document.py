"""The paper of a medical document: in its own language once it holds, in the other one when a reviewed translation of
this very version exists (D55, N05)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.clinical_documents.api import TABLE_HEADS, get_document, get_signed_version
from hospital.clinical_documents.errors import ClinicalDocumentNotSealed, ClinicalDocumentVoided
from hospital.clinical_documents.types import Input, ReadSection, SignedVersion
from hospital.documents.api import (
    DocumentKind,
    IssuedPaper,
    MedicalCertificate,
    MedicalDocument,
    PaperField,
    PaperLanguage,
    PaperParagraph,
    PaperSection,
    PaperTranslation,
    RenderedPaper,
    Signature,
    Subject,
    list_documents,
    paper_patient_of,
    print_document,
)
from hospital.documents.states import DocumentState
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_country, get_person
from hospital.patients.types import PersonCard
from hospital.translations.api import list_editions
from hospital.translations.types import ReleasedTranslation
from hospital.workflows.errors import TranslationMissing, TranslationStale
from hospital.workflows.paper_words import letterhead_at
from hospital.workflows.print_paper import print_paper
from hospital.workflows.translate_documents import get_document_translation, subject_of

SUBJECT_KIND: Final = "clinical_documents.version"
_PHYSICIAN = BilingualText("医师", "Physician")
_SUPERIOR = BilingualText("上级医师审签", "Reviewed by senior physician")
_OFFICE = BilingualText("医务部审核", "Medical affairs office")
_IN_GRID = {Input.DATE, Input.MOMENT, Input.DAYS, Input.CODE, Input.CHOICE}
_IDENTITY = {
    "PRC_ID": BilingualText("居民身份证", "Mainland ID card"),
    "HMT_RESIDENCE": BilingualText("港澳台居民居住证", "HK/Macau/Taiwan residence permit"),
    "FOREIGN_PR": BilingualText("外国人永久居留身份证", "Foreign permanent resident card"),
    "HM_PERMIT": BilingualText("港澳居民来往内地通行证", "HK/Macau mainland travel permit"),
    "TW_PERMIT": BilingualText("台湾居民来往大陆通行证", "Taiwan travel permit"),
    "HKID": BilingualText("香港身份证", "Hong Kong ID card"),
    "MACAU_ID": BilingualText("澳门身份证", "Macau ID card"),
    "PASSPORT": BilingualText("护照", "Passport"),
}
_OTHER = BilingualText("其他证件", "Other document")


def print_medical_document(
    *, document_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, version: int | None = None
) -> RenderedPaper:
    """Prints a signed version, the newest unless one is named; an overtaken or void one is marked across the page.

    Refusals: `TranslationMissing`, `TranslationStale` (a language for which no reviewed translation of this version
    exists), `ClinicalDocumentNotSigned`, `ClinicalDocumentNotSealed`, `ClinicalDocumentVoided` (void and never
    printed), `UnknownClinicalDocument`, `EnglishTextMissing`, `NoCareRelation`, `NotClinicalStaff`, `RecordsClosed`.
    """
    get_document(document_id=document_id, actor=actor, now=now)
    signed = get_signed_version(document_id=document_id, version=version)
    is_alone = language.value == signed.language and bool(signed.segments)
    if signed.is_voided:
        return _print_void(signed, is_alone=is_alone, language=language, actor=actor, now=now)
    translation = None if is_alone else _translation_of(signed)
    content = _content(signed, translation=translation, is_alone=is_alone, actor=actor, now=now)
    return print_paper(
        kind=_kind(signed),
        subject=_subject(signed.document_id, version=signed.version, is_alone=is_alone),
        person_id=signed.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
        is_overtaken=not signed.is_current,
    )


def list_offered_languages(*, document_id: UUID) -> tuple[PaperLanguage, ...]:
    """The languages in which the newest version that holds prints now; none before that. The caller has checked who may
    see it."""
    try:
        signed = get_signed_version(document_id=document_id)
    except ClinicalDocumentNotSealed:
        return ()
    if not signed.segments or get_document_translation(version=signed) is not None:
        return tuple(PaperLanguage)
    return (PaperLanguage(signed.language),)


def list_subjects(*, document_id: UUID, version: int) -> tuple[Subject, Subject]:
    """What the papers of one version are about: the paper in its own language alone, and that with both."""
    return (
        _subject(document_id, version=version, is_alone=True),
        _subject(document_id, version=version, is_alone=False),
    )


def list_papers(*, document_id: UUID, version: int, actor: Actor, now: datetime) -> list[IssuedPaper]:
    """The issued papers of one version whose person the actor may see."""
    subjects = list_subjects(document_id=document_id, version=version)
    return [paper for subject in subjects for paper in list_documents(subject=subject, actor=actor, now=now)]


def _subject(document_id: UUID, *, version: int, is_alone: bool) -> Subject:
    return Subject(SUBJECT_KIND, f"{document_id}:{version}{'' if is_alone else ':both'}")


def _kind(signed: SignedVersion) -> DocumentKind:
    return DocumentKind.MEDICAL_CERTIFICATE if signed.number else DocumentKind.MEDICAL_DOCUMENT


def _print_void(
    signed: SignedVersion, *, is_alone: bool, language: PaperLanguage, actor: Actor, now: datetime
) -> RenderedPaper:
    subject = _subject(signed.document_id, version=signed.version, is_alone=is_alone)
    papers = list_documents(subject=subject, actor=actor, now=now)
    void = next((paper for paper in papers if paper.state is DocumentState.VOIDED), None)
    if void is None:
        raise ClinicalDocumentVoided
    return print_document(number=void.number, language=language, actor=actor, now=now)


def _translation_of(signed: SignedVersion) -> ReleasedTranslation | None:
    """The released translation of this version; None where nothing of it needs one."""
    if not signed.segments:
        return None
    released = get_document_translation(version=signed)
    if released is not None:
        return released
    if any(each.source_digest != signed.source_hash for each in list_editions(subject=subject_of(signed.document_id))):
        raise TranslationStale
    raise TranslationMissing


def _content(
    signed: SignedVersion, *, translation: ReleasedTranslation | None, is_alone: bool, actor: Actor, now: datetime
) -> MedicalDocument:
    visit = get_encounter(encounter_id=signed.encounter_id)
    person = get_person(actor=actor, person_id=signed.person_id, now=now)
    document = _document(signed, translation=translation, is_alone=is_alone, visit=visit, person=person)
    if not signed.number:
        return document
    country = get_country(person.nationality)
    return MedicalCertificate(
        **{name: getattr(document, name) for name in MedicalDocument.__slots__},
        register_number=signed.number,
        nationality=BilingualText(country.name_zh, country.name_en) if country else BilingualText("–", "–"),
        identity=_identity(person),
        sealed_on=local_day(signed.seal.at) if signed.seal else None,
    )


def _signatures(signed: SignedVersion) -> tuple[Signature, ...]:
    """The doctor's, those of the superior doctors who reviewed it, and the office's."""
    doctors = tuple(
        Signature(role=_SUPERIOR if number else _PHYSICIAN, name=each.name, signed_at=each.signed_at)
        for number, each in enumerate(signed.signatures)
    )
    seal = signed.seal
    return (*doctors, Signature(role=_OFFICE, name=seal.by, signed_at=seal.at)) if seal else doctors


def _document(
    signed: SignedVersion,
    *,
    translation: ReleasedTranslation | None,
    is_alone: bool,
    visit: EncounterCard,
    person: PersonCard,
) -> MedicalDocument:
    return MedicalDocument(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        title=signed.title,
        department=visit.department_name,
        visit_number=visit.number,
        seen_on=visit.queue_on,
        fields=tuple(
            PaperField(title=section.heading, value=section.lines[0])
            for section in signed.sections
            if section.input in _IN_GRID
        ),
        sections=tuple(
            _section(section, signed=signed, translation=translation, is_alone=is_alone)
            for section in signed.sections
            if section.input not in _IN_GRID
        ),
        source=PaperLanguage(signed.language),
        source_hash=signed.source_hash,
        version=signed.version,
        translation=PaperTranslation(translator=translation.translator, reviewer=translation.reviewer)
        if translation
        else None,
        signatures=_signatures(signed),
        asks_patient=signed.asks_patient,
    )


def _section(
    section: ReadSection, *, signed: SignedVersion, translation: ReleasedTranslation | None, is_alone: bool
) -> PaperSection:
    return PaperSection(
        title=section.heading,
        paragraphs=tuple(
            text if is_alone else _both(text, key=f"{section.key}.{number}", signed=signed, translation=translation)
            for number, text in enumerate(section.paragraphs, start=1)
        ),
        items=section.lines,
        head=TABLE_HEADS.get(section.input, ()),
        rows=section.table,
    )


def _both(text: str, *, key: str, signed: SignedVersion, translation: ReleasedTranslation | None) -> PaperParagraph:
    if translation is None:
        return text
    other = translation.texts[key]
    return BilingualText(text, other) if signed.language == "zh" else BilingualText(other, text)


def _identity(person: PersonCard) -> BilingualText:
    """The identity document that the hospital goes by, masked."""
    shown = next((each for each in person.identifiers if each.is_primary), None)
    if shown is None:
        return BilingualText("–", "–")
    name = _IDENTITY.get(shown.type, _OTHER)
    return BilingualText(f"{name.zh} {shown.masked_number}", f"{name.en} {shown.masked_number}")
