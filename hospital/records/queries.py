"""Reads of the record, scoped by the access to the person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from hospital.encounters.api import CARING, CLINICAL, get_encounter, require_clinical_access
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.records.models import Diagnosis, Icd10Code, VisitNote
from hospital.records.rules import looks_like_code, split_query
from hospital.records.states import NoteState
from hospital.records.types import CodeHit, DiagnosisView, NoteView

HABIT = timedelta(days=30)


def get_note(*, encounter_id: UUID, actor: Actor, now: datetime) -> NoteView | None:
    """The newest version of a visit's note; None before the first save. Refuses `NoCareRelation`."""
    versions = list_note_versions(encounter_id=encounter_id, actor=actor, now=now)
    return versions[-1] if versions else None


def list_note_versions(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[NoteView]:
    """Every version of a visit's note, oldest first (N19); a patient's list has the signed ones only.

    Refuses `UnknownEncounter`, `NoCareRelation`, `NotClinicalStaff` (notes are for doctors and nurses).
    """
    return _versions(encounter_id=encounter_id, actor=actor, now=now, roles=CARING)


def list_person_notes(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int = 20,
    before: datetime | None = None,
    campus_code: str = "",
) -> list[NoteView]:
    """The signed notes of a person over all campuses (or of one), newest first, those signed `before` an instant;
    of an amended one the newest version."""
    require_clinical_access(actor=actor, person_id=person_id, now=now, roles=CARING)
    newest = VisitNote.objects.filter(person_id=person_id, state=NoteState.SIGNED).order_by("encounter_id", "-version")
    ids = newest.distinct("encounter_id").values("id")
    rows = VisitNote.objects.filter(id__in=ids)
    if before is not None:
        rows = rows.filter(signed_at__lt=before)
    if campus_code:
        rows = rows.filter(encounter__campus_id=campus_code)
    return _views(rows.order_by("-signed_at")[:limit])


def list_diagnoses(*, encounter_id: UUID, actor: Actor, now: datetime) -> tuple[DiagnosisView, ...]:
    """The diagnoses of the newest version of a visit's note, the main one first; whoever examines needs them too."""
    versions = _versions(encounter_id=encounter_id, actor=actor, now=now, roles=CLINICAL)
    return versions[-1].diagnoses if versions else ()


def _versions(*, encounter_id: UUID, actor: Actor, now: datetime, roles: frozenset[Role]) -> list[NoteView]:
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now, roles=roles)
    rows = VisitNote.objects.filter(encounter_id=encounter_id)
    if actor.kind is ActorKind.PATIENT:
        rows = rows.exclude(state=NoteState.DRAFT)
    return _views(rows.order_by("version"))


def search_icd10(*, text: str, now: datetime, user_id: UUID | None = None, limit: int = 20) -> list[CodeHit]:
    """Codes by Chinese, pinyin, pinyin initials, English or code; every word must be found.

    First what matches as a code, then initials and terms that begin so, then what `user_id` signed most often lately.
    """
    words = split_query(text)
    if not words:
        return []
    whole = " ".join(words)
    found = Q()
    for word in words:
        found &= Q(search_text__contains=word)
    rank = Case(
        When(Q(code__iexact=whole), then=Value(0)),
        When(Q(code__istartswith=whole), then=Value(1 if looks_like_code(text) else 3)),
        When(Q(initials=whole), then=Value(2)),
        When(Q(name_zh__startswith=whole) | Q(name_en__istartswith=whole), then=Value(3)),
        When(Q(initials__startswith=whole), then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    rows = Icd10Code.objects.filter(found).annotate(rank=rank).order_by("rank", F("code"))[: limit * 3]
    counts = _count_uses(codes=[row.code for row in rows], user_id=user_id, since=now - HABIT)
    hits = [CodeHit(code=row.code, name=row.name, pinyin=row.pinyin, uses=counts.get(row.code, 0)) for row in rows]
    ranks = {row.code: row.rank for row in rows}
    hits.sort(key=lambda hit: (min(ranks[hit.code], 2) if hit.uses else ranks[hit.code], -hit.uses))
    return hits[:limit]


def get_icd10(*, code: str) -> CodeHit | None:
    """One code of the classification."""
    row = Icd10Code.objects.filter(code__iexact=code).first()
    return CodeHit(code=row.code, name=row.name, pinyin=row.pinyin) if row else None


def _count_uses(*, codes: list[str], user_id: UUID | None, since: datetime) -> dict[str, int]:
    if user_id is None or not codes:
        return {}
    rows = Diagnosis.objects.filter(code__in=codes, note__signed_by_id=user_id, note__signed_at__gte=since)
    return dict(rows.values_list("code").annotate(times=Count("id")))


def _views(rows: QuerySet[VisitNote]) -> list[NoteView]:
    return [_view(row) for row in rows.select_related("signed_by", "written_by").prefetch_related("diagnoses")]


def _view(row: VisitNote) -> NoteView:
    diagnoses = sorted(row.diagnoses.all(), key=lambda diagnosis: (not diagnosis.is_main, diagnosis.position))
    signer = row.signed_by
    return NoteView(
        id=row.id,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        version=row.version,
        revision=row.revision,
        state=NoteState(row.state),
        complaint=row.complaint,
        findings=row.findings,
        plan=row.plan,
        amend_reason=row.amend_reason,
        writer_id=row.written_by_id,
        writer=BilingualText(row.written_by.name_zh, row.written_by.name_en),
        written_at=row.written_at,
        signed_at=row.signed_at,
        signer=BilingualText(signer.name_zh, signer.name_en) if signer else BilingualText(""),
        diagnoses=tuple(
            DiagnosisView(code=diagnosis.code, name=diagnosis.name, is_main=diagnosis.is_main)
            for diagnosis in diagnoses
        ),
    )
