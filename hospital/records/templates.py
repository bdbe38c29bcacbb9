"""What a doctor keeps for the next note: templates, of the own or of the department, and favorite diagnoses."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.audit.api import acting
from hospital.campuses.api import get_clinician_of_user
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.records.errors import TemplateIncomplete, UnknownDiagnosisCode, UnknownTemplate
from hospital.records.models import FavoriteDiagnosis, Icd10Code, NoteTemplate
from hospital.records.types import CodeHit, TemplateView

SECTIONS = ("complaint", "findings", "plan")


def list_templates(*, actor: Actor) -> list[TemplateView]:
    """The actor's own templates and those of their department, by name."""
    return [_view(row) for row in _reachable(actor).order_by("name_zh", "name_en", "id")]


def save_template(
    *, name: BilingualText, texts: Mapping[str, str], is_shared: bool, actor: Actor, template_id: UUID | None = None
) -> UUID:
    """Makes a template, or changes one; `texts` by section. Returns its id.

    Refuses `TemplateIncomplete`, `UnknownTemplate` (another doctor's). Somebody without a department shares nothing.
    """
    facts = {section: texts.get(section, "").strip() for section in SECTIONS}
    if not (name.zh.strip() or name.en.strip()) or not any(facts.values()):
        raise TemplateIncomplete
    columns = {
        "name_zh": name.zh.strip()[:60],
        "name_en": name.en.strip()[:80],
        "department_id": _department_of(actor) if is_shared else None,
        **facts,
    }
    with acting(actor=actor):
        if template_id is None:
            return NoteTemplate.objects.create(owner_id=UUID(actor.id), **columns).id
        if not _reachable(actor).filter(pk=template_id).update(**columns):
            raise UnknownTemplate
        return template_id


def delete_template(*, template_id: UUID, actor: Actor) -> None:
    """Takes a template away; the audit trail keeps it. Refuses `UnknownTemplate`."""
    with acting(actor=actor):
        if not _reachable(actor).filter(pk=template_id).delete()[0]:
            raise UnknownTemplate


def list_favorite_diagnoses(*, actor: Actor) -> list[CodeHit]:
    """The actor's favorite codes, by code."""
    rows = FavoriteDiagnosis.objects.filter(owner_id=UUID(actor.id)).select_related("code").order_by("code_id")
    return [CodeHit(code=row.code.code, name=row.code.name, pinyin=row.code.pinyin) for row in rows]


def set_favorite_diagnosis(*, code: str, is_favorite: bool, actor: Actor) -> None:
    """Makes a code a favorite, or no longer; saying it twice is no error. Refuses `UnknownDiagnosisCode`."""
    term = Icd10Code.objects.filter(code__iexact=code.strip()).first()
    if term is None:
        raise UnknownDiagnosisCode(diagnosis=code.strip()[:20])
    with acting(actor=actor):
        if is_favorite:
            FavoriteDiagnosis.objects.get_or_create(owner_id=UUID(actor.id), code=term)
        else:
            FavoriteDiagnosis.objects.filter(owner_id=UUID(actor.id), code=term).delete()


def _reachable(actor: Actor) -> QuerySet[NoteTemplate]:
    department_id = _department_of(actor)
    mine = Q(owner_id=UUID(actor.id), department=None)
    return NoteTemplate.objects.filter(mine | Q(department_id=department_id) if department_id else mine)


def _department_of(actor: Actor) -> UUID | None:
    clinician = get_clinician_of_user(user_id=UUID(actor.id))
    return clinician.department.id if clinician else None


def _view(row: NoteTemplate) -> TemplateView:
    return TemplateView(
        id=row.id,
        name=BilingualText(row.name_zh or row.name_en, row.name_en),
        complaint=row.complaint,
        findings=row.findings,
        plan=row.plan,
        is_shared=row.department_id is not None,
    )
