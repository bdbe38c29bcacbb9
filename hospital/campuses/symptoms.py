"""The words with which patients look for a doctor, as editors keep them (A04)."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F, Max, Q

from hospital.audit.api import acting, record_act
from hospital.campuses.errors import (
    NotDirectoryEditor,
    SymptomChanged,
    SymptomIncomplete,
    SymptomTaken,
    UnknownDepartment,
    UnknownSymptom,
)
from hospital.campuses.models import Department, Symptom
from hospital.campuses.rules import has_chinese, symptom_code
from hospital.campuses.services import symptom_columns
from hospital.campuses.types import EditedSymptom, SymptomDraft
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText


def list_edited_symptoms(*, actor: Actor) -> list[EditedSymptom]:
    """All of them in their order, alarms and withdrawn ones too, in one statement. Refuses `NotDirectoryEditor`."""
    _require_editor(actor)
    return [_edited(row) for row in Symptom.objects.order_by("position", "code")]


def get_edited_symptom(*, code: str, actor: Actor) -> EditedSymptom:
    """One of them. Refuses `NotDirectoryEditor`, `UnknownSymptom`."""
    _require_editor(actor)
    return _edited(_find(code))


def add_symptom(*, draft: SymptomDraft, actor: Actor, now: datetime) -> str:
    """A new one at the end of the list; its code, made from the English name.

    Refuses `NotDirectoryEditor`, `SymptomIncomplete`, `UnknownDepartment`, `SymptomTaken`.
    """
    _require_editor(actor)
    checked = _checked(replace(draft, code=symptom_code(draft.name.en)))
    last = Symptom.objects.aggregate(last=Max("position"))["last"]
    placed = replace(checked, position=0 if last is None else last + 1)
    try:
        with acting(actor=actor):
            Symptom.objects.create(code=placed.code, **symptom_columns(placed))
            _record("campuses.add_symptom", placed, actor=actor, now=now)
    except IntegrityError:
        raise SymptomTaken(name=str(placed.name)) from None
    return placed.code


def change_symptom(*, draft: SymptomDraft, version: int, actor: Actor, now: datetime) -> None:
    """Writes it over the one that stood at `version`; the database decides between two editors.

    Refuses `NotDirectoryEditor`, `UnknownSymptom`, `SymptomIncomplete`, `UnknownDepartment`, `SymptomTaken`, and
    `SymptomChanged` when somebody else saved in the meantime.
    """
    _require_editor(actor)
    _find(draft.code)
    checked = _checked(draft)
    with acting(actor=actor):
        standing = Symptom.objects.filter(code=checked.code, version=version)
        if not standing.update(version=F("version") + 1, **symptom_columns(checked)):
            raise SymptomChanged
        _record("campuses.change_symptom", checked, actor=actor, now=now)


def _require_editor(actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.EDITOR):
        raise NotDirectoryEditor


def _find(code: str) -> Symptom:
    row = Symptom.objects.filter(code=code).first()
    if row is None:
        raise UnknownSymptom
    return row


def _checked(draft: SymptomDraft) -> SymptomDraft:
    """The draft without blanks and repeated words, when it may be saved."""
    name = BilingualText(draft.name.zh.strip(), draft.name.en.strip())
    clean = replace(
        draft,
        name=name,
        words=_tidy(draft.words),
        with_words=_tidy(draft.with_words),
        specialties=tuple(dict.fromkeys(each for each in draft.specialties if each)),
    )
    if not (clean.code and name.zh and name.en and clean.specialties) or not has_chinese(name.zh):
        raise SymptomIncomplete(symptom=name.zh or name.en)
    known = set(Department.objects.filter(specialty__in=clean.specialties).values_list("specialty", flat=True))
    if known != set(clean.specialties):
        raise UnknownDepartment
    same_name = Symptom.objects.filter(Q(name_zh=name.zh) | Q(name_en__iexact=name.en)).exclude(code=clean.code)
    if same_name.exists():
        raise SymptomTaken(name=str(name))
    return clean


def _tidy(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in (each.strip().lower() for each in words) if word))


def _edited(row: Symptom) -> EditedSymptom:
    names = {row.name_zh.lower(), row.name_en.lower()}
    words = tuple(word for word in (phrase.strip() for phrase in row.phrases) if word not in names)
    return EditedSymptom(
        draft=SymptomDraft(
            code=row.code,
            name=row.name,
            specialties=tuple(row.specialties),
            words=words,
            with_words=tuple(phrase.strip() for phrase in row.with_phrases),
            is_alarm=row.is_alarm,
            is_active=row.is_active,
            position=row.position,
        ),
        version=row.version,
        has_chinese_words=any(has_chinese(word) for word in words),
        has_english_words=any(not has_chinese(word) for word in words),
    )


def _record(action: str, draft: SymptomDraft, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="symptom",
        subject_id=draft.code,
        now=now,
        details={"zh": draft.name.zh, "en": draft.name.en, "is_alarm": draft.is_alarm, "is_active": draft.is_active},
    )
