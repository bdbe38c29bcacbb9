"""Phrases of reports that staff keep: department phrases by its doctors, those for everybody by heads (R57)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.campuses.api import get_clinician_of_user
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.errors.reading import NotPhraseKeeper, PhraseChanged, PhraseNotAlike, UnknownPhrase
from hospital.results.models import KeptPhrase, KeptTemplate
from hospital.results.reporting.phrases import Phrase
from hospital.results.reporting.slots import check_phrase
from hospital.results.reporting.templates import find_template
from hospital.results.types import PhraseDraft, PhraseKeeper

_HEADS = frozenset({"CHIEF", "ASSOCIATE_CHIEF"})


def find_phrase_keeper(*, actor: Actor) -> PhraseKeeper | None:
    """The department whose phrases a doctor keeps, and whether they keep those for everybody: chief and associate chief
    physicians do. None for whoever is no doctor."""
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.DOCTOR):
        return None
    found = get_clinician_of_user(user_id=UUID(actor.id))
    if found is None:
        return None
    return PhraseKeeper(
        department_id=found.department.id, department=found.department.name, is_head=found.title in _HEADS
    )


def save_phrase(*, draft: PhraseDraft, actor: Actor, now: datetime) -> str:
    """Keeps a phrase in both languages; its code. Reports that were written keep their text.

    Refuses `NotPhraseKeeper` (another department's, or one for everybody by no head), `UnknownPhrase`,
    `PhraseNotAlike`, `PhraseChanged` (somebody else saved meanwhile).
    """
    keeper = _require_keeper(actor)
    shipped, row = _find(draft.template_code, draft.code) if draft.code else (None, None)
    if not draft.code and not _has_template(draft.template_code):
        raise UnknownPhrase
    _check_may(keeper, row=row, is_shipped=shipped is not None, is_for_all=draft.is_for_all)
    zh, en, en_both = (" ".join(text.split()) for text in (draft.zh, draft.en, draft.en_both))
    check_phrase(zh=zh, en=en, en_both=en_both, is_normal=draft.is_normal)
    if len(zh) > 400 or len(en) > 800 or len(en_both) > 800:
        raise PhraseNotAlike
    code = draft.code or f"P{new_id().hex[-10:].upper()}"
    columns = {
        "department_id": None if draft.is_for_all or shipped else keeper.department_id,
        "is_normal": draft.is_normal,
        "where": draft.where,
        "zh": zh,
        "en": en,
        "en_both": en_both,
    }
    _write(draft.template_code, code, version=draft.version, columns=columns, actor=actor, now=now)
    return code


def retire_phrase(
    *, template_code: str, code: str, version: int, is_retired: bool, actor: Actor, now: datetime
) -> None:
    """A phrase is offered no more, or again. Refuses `NotPhraseKeeper`, `UnknownPhrase`, `PhraseChanged`."""
    keeper = _require_keeper(actor)
    shipped, row = _find(template_code, code)
    _check_may(keeper, row=row, is_shipped=shipped is not None, is_for_all=row is not None and row.department is None)
    columns: dict[str, Any] = {"is_retired": is_retired}
    if row is None and shipped is not None:
        columns |= {name: getattr(shipped, name) for name in ("is_normal", "where", "zh", "en", "en_both")}
    _write(template_code, code, version=version, columns=columns, actor=actor, now=now)


def add_report_template(*, name: BilingualText, modalities: Collection[str], actor: Actor, now: datetime) -> str:
    """A body part with phrases of its own, for reports of these kinds of devices; its code. Heads add them.

    Refuses `NotPhraseKeeper`, `PhraseNotAlike` (a name in one language only, or no kind of device).
    """
    if not _require_keeper(actor).is_head:
        raise NotPhraseKeeper
    zh, en = " ".join(name.zh.split())[:60], " ".join(name.en.split())[:120]
    if not modalities:
        raise PhraseNotAlike
    check_phrase(zh=zh, en=en, en_both="", is_normal=True)
    code = f"T{new_id().hex[-10:].upper()}"
    with acting(actor=actor):
        KeptTemplate.objects.create(code=code, name_zh=zh, name_en=en, modalities=sorted(modalities))
        _record("results.add_template", code, {"zh": zh, "en": en}, actor=actor, now=now)
    return code


def _require_keeper(actor: Actor) -> PhraseKeeper:
    keeper = find_phrase_keeper(actor=actor)
    if keeper is None:
        raise NotPhraseKeeper
    return keeper


def _check_may(keeper: PhraseKeeper, *, row: KeptPhrase | None, is_shipped: bool, is_for_all: bool) -> None:
    is_common = is_shipped or is_for_all or (row is not None and row.department_id is None)
    is_foreign = row is not None and row.department_id not in (None, keeper.department_id)
    if is_foreign or (is_common and not keeper.is_head):
        raise NotPhraseKeeper


def _find(template_code: str, code: str) -> tuple[Phrase | None, KeptPhrase | None]:
    """The shipped phrase and what stands in its place, one of them at least."""
    template = find_template(template_code)
    shipped = next((each for each in template.phrases if each.code == code), None) if template else None
    row = KeptPhrase.objects.select_related("department").filter(template_code=template_code, code=code).first()
    if shipped is None and row is None:
        raise UnknownPhrase
    return shipped, row


def _has_template(code: str) -> bool:
    return find_template(code) is not None or KeptTemplate.objects.filter(code=code).exists()


def _write(
    template_code: str, code: str, *, version: int, columns: dict[str, Any], actor: Actor, now: datetime
) -> None:
    """Over the row that stood at `version`, or as the first; the database decides between two."""
    stamped = {**columns, "changed_by_id": UUID(actor.id), "changed_at": now}
    try:
        with acting(actor=actor):
            if version == 0:
                KeptPhrase.objects.create(template_code=template_code, code=code, **stamped)
            else:
                standing = KeptPhrase.objects.filter(template_code=template_code, code=code, version=version)
                if not standing.update(version=F("version") + 1, **stamped):
                    raise PhraseChanged
            told = {name: value for name, value in columns.items() if name in ("zh", "en", "is_retired")}
            _record("results.keep_phrase", f"{template_code}/{code}", told, actor=actor, now=now)
    except IntegrityError:
        raise PhraseChanged from None


def _record(action: str, subject_id: str, details: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, action=action, subject_kind="report_phrase", subject_id=subject_id, now=now, details=details
    )
