"""Medical documents as a doctor writes them: filled from the visit, saved with names from lists, signed (D55).

The context of the documents knows neither notes nor orders; here a draft takes its diagnoses from the ICD-10 list and
the note, its drugs from what was prescribed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting
from hospital.beds.api import find_last_stay
from hospital.beds.types import StayCard
from hospital.clinical_documents.api import (
    get_own_draft,
    get_signed_version,
    is_holding,
    save_draft,
    seal_document,
    sign_document,
    start_document,
    void_document,
)
from hospital.clinical_documents.types import (
    KINDS,
    ClinicalKind,
    ClinicalLanguage,
    DiagnosisRow,
    DrugRow,
    Input,
    KindSpec,
    OwnDraft,
    SectionValue,
    VaccineRow,
)
from hospital.documents.api import supersede_documents
from hospital.documents.api import void_document as void_paper
from hospital.documents.states import DocumentState
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.orders.api import list_person_orders
from hospital.orders.states import LineState
from hospital.orders.types import LineView, OrderKind
from hospital.records.api import get_icd10, get_note
from hospital.records.errors import UnknownDiagnosisCode
from hospital.records.types import NoteView
from hospital.translations.api import end_translations
from hospital.workflows.print_medical_document import list_papers, list_subjects
from hospital.workflows.translate_documents import subject_of

RECENT = timedelta(days=120)
"""Prescriptions of the last months are offered for a list of medicines."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OFFICE = system_actor("medical_documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftForm:
    """What a writer typed and chose, by section: texts; codes of diagnoses; lines of prescriptions; vaccinations."""

    texts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vaccines: Mapping[str, tuple[VaccineRow, ...]] = field(default_factory=dict)


def start_medical_document(
    *, encounter_id: UUID, kind: ClinicalKind, language: ClinicalLanguage, actor: Actor, now: datetime
) -> UUID:
    """Opens a draft filled with what the visit knows: its diagnoses, the parts of the note that are in the language of
    the document, what was prescribed in it; a rest begins today. A patient who lies or lay in a bed of the campus has
    the bed and the moments of admission and discharge.

    Refuses what `start_document` of the documents refuses.
    """
    note = get_note(encounter_id=encounter_id, actor=actor, now=now)
    visit = get_encounter(encounter_id=encounter_id)
    drugs = list_drug_choices(person_id=visit.person_id, actor=actor, now=now, encounter_id=encounter_id)
    spec = KINDS[kind]
    values = _prefill(spec, note=note, drugs=drugs, language=language, now=now)
    if spec.section("admitted_at") is not None:
        values |= _prefill_stay(find_last_stay(person_id=visit.person_id, campus_code=visit.campus_code))
    return start_document(encounter_id=encounter_id, kind=kind, language=language, values=values, actor=actor, now=now)


def _prefill(
    spec: KindSpec, *, note: NoteView | None, drugs: list[DrugRow], language: ClinicalLanguage, now: datetime
) -> dict[str, SectionValue]:
    values: dict[str, SectionValue] = {}
    for section in spec.sections:
        if section.input is Input.DIAGNOSES and section.is_required and note is not None:
            values[section.key] = tuple(DiagnosisRow(code=each.code, name=each.name) for each in note.diagnoses)
        elif section.input is Input.DRUGS:
            values[section.key] = tuple(drugs)
        elif section.note_part and note is not None:
            values[section.key] = _in_language(getattr(note, section.note_part), language)
        elif section.key == "rest_from" and section.is_required:
            values[section.key] = local_day(now).isoformat()
    return values


def _prefill_stay(stay: StayCard | None) -> dict[str, SectionValue]:
    """What a stay knows; sections that the kind does not have are left out as the draft is stored."""
    if stay is None or stay.arrived_at is None:
        return {}
    found: dict[str, SectionValue] = {"admitted_at": _moment(stay.arrived_at)}
    if stay.ended_at is not None:
        found["discharged_at"] = _moment(stay.ended_at)
    if stay.bed.label.isascii():
        found["bed"] = stay.bed.label
    return found


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


def _in_language(text: str, language: ClinicalLanguage) -> str:
    return text if bool(_CHINESE.search(text)) is (language == "zh") else ""


def list_drug_choices(
    *, person_id: UUID, actor: Actor, now: datetime, encounter_id: UUID | None = None
) -> list[DrugRow]:
    """The drugs that were prescribed to a person lately, over all campuses, each line once; of one visit where it is
    named. Refuses `NoCareRelation`, `NotClinicalStaff`."""
    return [
        _drug_row(line)
        for order in list_person_orders(person_id=person_id, actor=actor, now=now)
        if order.kind is OrderKind.PRESCRIPTION
        and (order.signed_at or now) > now - RECENT
        and encounter_id in {None, order.encounter_id}
        for line in order.lines
        if line.state is not LineState.CANCELLED
    ]


def _drug_row(line: LineView) -> DrugRow:
    return DrugRow(line_id=str(line.id), name=line.name, spec=line.spec, directions=line.directions)


def save_medical_draft(*, document_id: UUID, form: DraftForm, revision: int, actor: Actor, now: datetime) -> int:
    """Saves what was typed; returns the new revision. Diagnoses and drugs that stand in the draft keep their names.

    Refuses `UnknownDiagnosisCode` and what `save_draft` refuses; lines that nobody prescribed are left out.
    """
    draft = get_own_draft(document_id=document_id, actor=actor, now=now)
    known = _known_drugs(draft)
    if set(_flat(form.lines)) - set(known):
        offered = list_drug_choices(person_id=draft.person_id, actor=actor, now=now)
        known = {row.line_id: row for row in offered} | known
    values: dict[str, SectionValue] = {
        **form.texts,
        **{key: _diagnoses(draft, codes) for key, codes in form.codes.items()},
        **{key: tuple(known[line] for line in lines if line in known) for key, lines in form.lines.items()},
        **form.vaccines,
    }
    return save_draft(document_id=document_id, values=values, revision=revision, actor=actor, now=now)


def _flat(groups: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (each for group in groups.values() for each in group)


def _known_drugs(draft: OwnDraft) -> dict[str, DrugRow]:
    rows = (row for value in draft.values.values() if not isinstance(value, str) for row in value)
    return {row.line_id: row for row in rows if isinstance(row, DrugRow)}


def _diagnoses(draft: OwnDraft, codes: Iterable[str]) -> tuple[DiagnosisRow, ...]:
    """The diagnoses of codes, each once, in the order given."""
    rows = (row for value in draft.values.values() if not isinstance(value, str) for row in value)
    known = {row.code: row for row in rows if isinstance(row, DiagnosisRow)}
    found: dict[str, DiagnosisRow] = {}
    for code in codes:
        row = known.get(code)
        if row is None:
            hit = get_icd10(code=code)
            if hit is None:
                raise UnknownDiagnosisCode(diagnosis=code[:20])
            row = DiagnosisRow(code=hit.code, name=hit.name)
        found.setdefault(row.code, row)
    return tuple(found.values())


def sign_medical_document(*, document_id: UUID, revision: int, actor: Actor, now: datetime) -> int:
    """Signs the draft; papers and open translations of earlier versions are replaced, those of a certificate once the
    new version is sealed. Refuses what `sign_document` refuses."""
    with acting(actor=actor):
        version = sign_document(document_id=document_id, revision=revision, actor=actor, now=now)
        _replace_earlier(document_id=document_id, version=version, actor=actor, now=now)
    return version


def seal_certificate(*, document_id: UUID, version: int, actor: Actor, now: datetime) -> str:
    """Seals a signed certificate; papers of the versions before are marked as replaced. Returns its number of the
    register. Refuses what `seal_document` refuses."""
    with acting(actor=actor):
        number = seal_document(document_id=document_id, version=version, actor=actor, now=now)
        _replace_earlier(document_id=document_id, version=version, actor=actor, now=now)
    return number


def _replace_earlier(*, document_id: UUID, version: int, actor: Actor, now: datetime) -> None:
    if not is_holding(document_id=document_id, version=version):
        return
    for earlier in range(1, version):
        for subject in list_subjects(document_id=document_id, version=earlier):
            supersede_documents(subject=subject, actor=actor, now=now)
    holding = get_signed_version(document_id=document_id, version=version)
    end_translations(
        subject=subject_of(document_id),
        keep_digest=holding.source_hash,
        reason=holding.amend_reason,
        actor=actor,
        now=now,
    )


def void_medical_document(*, document_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Voids a document and every paper of it, so that whoever checks one learns of it. Refuses what `void_document` of
    the documents refuses."""
    with acting(actor=actor):
        versions = void_document(document_id=document_id, reason=reason, actor=actor, now=now)
        end_translations(subject=subject_of(document_id), reason=reason, actor=actor, now=now)
        for version in range(1, versions + 1):
            for paper in list_papers(document_id=document_id, version=version, actor=_OFFICE, now=now):
                if paper.state is not DocumentState.VOIDED:
                    void_paper(number=paper.number, reason=reason.strip()[:200], actor=actor, now=now)
