"""The table of complaints: which level each suggests to the triage nurse (N02)."""

import re
from datetime import datetime
from typing import Final

from hospital.audit.api import acting, record_act
from hospital.encounters.errors import ComplaintIncomplete, ComplaintKnown, NotQueueDesk, UnknownComplaint
from hospital.encounters.models import TriageComplaint
from hospital.encounters.triage import LEVELS
from hospital.kernel.actors import Actor, Role
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText

_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_complaint(*, code: str, name: BilingualText, level: int, actor: Actor, now: datetime) -> None:
    """A new complaint under a code of small letters, figures and hyphens.

    Refusals: `NotQueueDesk`, `ComplaintIncomplete`, `ComplaintKnown`.
    """
    _check(name, level, actor=actor)
    if not _CODE.fullmatch(code) or len(code) > 30:
        raise ComplaintIncomplete
    with acting(actor=actor), refusing({"encounters_triagecomplaint_code_key": ComplaintKnown()}):
        row = TriageComplaint.objects.create(
            code=code, name_zh=name.zh, name_en=name.en, level=level, changed_by=actor.label, changed_at=now
        )
        _record("encounters.add_complaint", row, actor=actor, now=now)


def change_complaint(
    *, code: str, name: BilingualText, level: int, is_offered: bool, actor: Actor, now: datetime
) -> None:
    """Another name or level, or no longer offered. Assessments of before keep the level that was suggested then.

    Refusals: `NotQueueDesk`, `ComplaintIncomplete`, `UnknownComplaint`.
    """
    _check(name, level, actor=actor)
    with acting(actor=actor):
        row = TriageComplaint.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise UnknownComplaint
        row.name_zh, row.name_en, row.level, row.is_offered = name.zh, name.en, level, is_offered
        row.changed_by, row.changed_at = actor.label, now
        row.save()
        _record("encounters.change_complaint", row, actor=actor, now=now)


def _check(name: BilingualText, level: int, *, actor: Actor) -> None:
    if not actor.campuses_of(Role.NURSE):
        raise NotQueueDesk
    if not name.zh.strip() or not name.en.strip() or level not in LEVELS:
        raise ComplaintIncomplete


def _record(action: str, row: TriageComplaint, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="complaint",
        subject_id=row.code,
        now=now,
        details={"level": row.level, "is_offered": row.is_offered},
    )
