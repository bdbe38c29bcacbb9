"""Writes of the record. Only the doctor of the visit writes; the database keeps signed content as it is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max

from hospital.audit.api import acting, record_act
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.records.errors import (
    AmendmentWithoutReason,
    DiagnosisTwice,
    NoMainDiagnosis,
    NoteAlreadySigned,
    NoteChanged,
    NoteIncomplete,
    NoteNotSigned,
    UnknownDiagnosisCode,
    VisitNotOpen,
)
from hospital.records.models import Diagnosis, Icd10Code, VisitNote
from hospital.records.rules import build_search_text
from hospital.records.states import NoteState
from hospital.records.types import Icd10Term, SaveMark

WRITABLE = (EncounterState.IN_CONSULT, EncounterState.DONE)


def save_note(
    *,
    encounter_id: UUID,
    complaint: str,
    findings: str,
    plan: str,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
    mark: SaveMark | None = None,
) -> int:
    """Saves the draft (the first save makes it); returns its new revision.

    `revision` is the one the writer saw: another is refused with `NoteChanged`, unless the same window saved last
    (`mark`): then the answer to it was lost, and a later turn goes on from there, while an earlier one that arrives
    late changes nothing. Also refuses `NotYourPatient`, `VisitNotOpen`, `NoteAlreadySigned`.
    """
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    with acting(actor=actor):
        note = _open_draft(visit=visit, actor=actor, now=now)
        if mark is not None and mark.window == note.saved_window:
            if mark.turn <= note.saved_turn:
                return note.revision
        elif revision is not None and revision != note.revision:
            raise NoteChanged
        VisitNote.objects.filter(pk=note.pk).update(
            complaint=complaint.strip(),
            findings=findings.strip(),
            plan=plan.strip(),
            written_by_id=UUID(actor.id),
            written_at=now,
            revision=F("revision") + 1,
            saved_window=mark.window if mark else "",
            saved_turn=mark.turn if mark else 0,
        )
        return note.revision + 1


def add_diagnosis(*, encounter_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    """Adds a diagnosis to the draft; the first one is the main one.

    Refuses `UnknownDiagnosisCode`, `DiagnosisTwice`, and what `save_note` refuses.
    """
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    with acting(actor=actor):
        term = Icd10Code.objects.filter(code__iexact=code.strip()).first()
        if term is None:
            raise UnknownDiagnosisCode(diagnosis=code.strip()[:20])
        note = _open_draft(visit=visit, actor=actor, now=now)
        codes = dict(note.diagnoses.values_list("code", "position"))
        if term.code in codes:
            raise DiagnosisTwice(diagnosis=term.code)
        Diagnosis.objects.create(
            note=note,
            encounter_id=visit.id,
            code=term.code,
            name_zh=term.name_zh,
            name_en=term.name_en,
            is_main=not codes,
            position=max(codes.values(), default=0) + 1,
        )


def remove_diagnosis(*, encounter_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    """Takes a diagnosis off the draft; when it was the main one, the next becomes so. One that is gone is no error."""
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    with acting(actor=actor):
        note = _open_draft(visit=visit, actor=actor, now=now)
        note.diagnoses.filter(code=code).delete()
        rest = note.diagnoses.order_by("position")
        first = rest.first()
        if first is not None and not rest.filter(is_main=True).exists():
            Diagnosis.objects.filter(pk=first.pk).update(is_main=True)


def set_main_diagnosis(*, encounter_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    """Makes one diagnosis of the draft the main one. Refuses `UnknownDiagnosisCode` when the note has it not."""
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    with acting(actor=actor):
        note = _open_draft(visit=visit, actor=actor, now=now)
        note.diagnoses.update(is_main=False)
        if not note.diagnoses.filter(code=code).update(is_main=True):
            raise UnknownDiagnosisCode(diagnosis=code[:20])


def sign_note(*, encounter_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Signs the draft for good; returns the note's id. A note that is signed already is left alone.

    Refuses `NoteIncomplete`, `NoMainDiagnosis`, `NotYourPatient`, `VisitNotOpen`.
    """
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    with acting(actor=actor):
        draft = VisitNote.objects.select_for_update().filter(encounter_id=visit.id, state=NoteState.DRAFT).first()
        if draft is None:
            signed = VisitNote.objects.filter(encounter_id=visit.id).order_by("-version").first()
            if signed is None:
                raise NoteIncomplete
            return signed.id
        if not draft.complaint or not draft.findings:
            raise NoteIncomplete
        if not draft.diagnoses.filter(is_main=True).exists():
            raise NoMainDiagnosis
        VisitNote.objects.filter(pk=draft.pk, state=NoteState.DRAFT).update(
            state=NoteState.SIGNED, signed_by_id=UUID(actor.id), signed_at=now
        )
        record_act(
            actor=actor,
            action="records.sign",
            subject_kind="note",
            subject_id=str(draft.id),
            person_id=visit.person_id,
            reason=draft.amend_reason,
            now=now,
            details={"version": draft.version},
        )
        return draft.id


def amend_note(*, encounter_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Opens a new version with the content of the signed one, which stays; returns the version's number.

    Refuses `AmendmentWithoutReason`, `NoteNotSigned` (there is a draft, or nothing yet).
    """
    visit = _own_visit(encounter_id=encounter_id, actor=actor)
    if not reason.strip():
        raise AmendmentWithoutReason
    with acting(actor=actor):
        versions = VisitNote.objects.select_for_update().filter(encounter_id=visit.id).order_by("-version")
        last = versions.first()
        if last is None or last.state == NoteState.DRAFT:
            raise NoteNotSigned
        diagnoses = list(last.diagnoses.order_by("position"))
        amendment = VisitNote.objects.create(
            encounter_id=visit.id,
            person_id=visit.person_id,
            version=last.version + 1,
            complaint=last.complaint,
            findings=last.findings,
            plan=last.plan,
            amend_reason=reason.strip(),
            written_by_id=UUID(actor.id),
            written_at=now,
        )
        for diagnosis in diagnoses:
            Diagnosis.objects.create(
                note=amendment,
                encounter_id=visit.id,
                code=diagnosis.code,
                name_zh=diagnosis.name_zh,
                name_en=diagnosis.name_en,
                is_main=diagnosis.is_main,
                position=diagnosis.position,
            )
        record_act(
            actor=actor,
            action="records.amend",
            subject_kind="note",
            subject_id=str(amendment.id),
            person_id=visit.person_id,
            reason=reason.strip(),
            now=now,
        )
        return amendment.version


def _own_visit(*, encounter_id: UUID, actor: Actor) -> EncounterCard:
    visit = get_encounter(encounter_id=encounter_id)
    if str(visit.clinician_user_id) != actor.id:
        raise NotYourPatient
    if visit.state not in WRITABLE:
        raise VisitNotOpen
    return visit


def _open_draft(*, visit: EncounterCard, actor: Actor, now: datetime) -> VisitNote:
    """The draft of the visit, locked; made when the visit has no note yet."""
    draft = VisitNote.objects.select_for_update().filter(encounter_id=visit.id, state=NoteState.DRAFT).first()
    if draft is not None:
        return draft
    if VisitNote.objects.filter(encounter_id=visit.id).aggregate(last=Max("version"))["last"]:
        raise NoteAlreadySigned
    draft, _ = VisitNote.objects.get_or_create(
        encounter_id=visit.id,
        version=1,
        defaults={"person_id": visit.person_id, "written_by_id": UUID(actor.id), "written_at": now},
    )
    return draft


def load_icd10(*, terms: Iterable[Icd10Term]) -> int:
    """Puts the terms of a classification in place; a code that is there gets the new names. Returns how many."""
    rows = [
        Icd10Code(
            code=term.code,
            name_zh=term.name.zh,
            name_en=term.name.en,
            pinyin=term.pinyin,
            initials=term.initials,
            chapter=term.chapter,
            search_text=build_search_text(
                code=term.code,
                name_zh=term.name.zh,
                name_en=term.name.en,
                pinyin=term.pinyin,
                initials=term.initials,
            ),
        )
        for term in terms
    ]
    Icd10Code.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_zh", "name_en", "pinyin", "initials", "chapter", "search_text"],
        batch_size=2000,
    )
    return len(rows)
