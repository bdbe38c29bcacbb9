"""Marks of mutual recognition, and results of other hospitals (N11, domain brief 4)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.results.errors import BadOutsideResult, BadRecognition
from hospital.results.models import OutsideResult, Recognition
from hospital.results.services.access import require_laboratory
from hospital.results.types import OutsideValue, RecognitionMark, RecognitionScope

LONGEST_DAYS = 366


def set_recognition(*, campus_code: str, mark: RecognitionMark, actor: Actor, now: datetime) -> None:
    """Sets or changes the mark of an item at a campus; what was said before stays in the versions of the row.

    Reports keep the mark that was copied into them. Refuses `BadRecognition`, `NotLaboratoryStaff`.
    """
    require_laboratory(actor=actor, campus_code=campus_code)
    is_regional = mark.scope is RecognitionScope.REGIONAL
    if mark.valid_to < mark.valid_from or not 1 <= mark.days <= LONGEST_DAYS or is_regional != bool(mark.region.zh):
        raise BadRecognition
    with acting(actor=actor):
        load_recognitions(campus_code=campus_code, marks=[mark], now=now, set_by=UUID(actor.id))
        record_act(
            actor=actor,
            action="results.recognize",
            subject_kind="catalog_item",
            subject_id=mark.item_code,
            now=now,
            details={"campus": campus_code, "valid_to": mark.valid_to.isoformat(), "days": mark.days},
        )


def load_recognitions(
    *, campus_code: str, marks: Iterable[RecognitionMark], now: datetime, set_by: UUID | None = None
) -> int:
    """Puts the marks of a campus in place; returns how many."""
    rows = [
        Recognition(
            campus_id=campus_code,
            item_code=mark.item_code,
            name_zh=mark.name.zh,
            name_en=mark.name.en,
            scope=mark.scope,
            region_zh=mark.region.zh,
            region_en=mark.region.en,
            valid_from=mark.valid_from,
            valid_to=mark.valid_to,
            days=mark.days,
            set_by_id=set_by,
            set_at=now,
        )
        for mark in marks
    ]
    Recognition.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["campus", "item_code"],
        update_fields=[
            *("name_zh", "name_en", "scope", "region_zh", "region_en"),
            *("valid_from", "valid_to", "days", "set_by", "set_at"),
        ],
    )
    return len(rows)


def enter_outside_result(
    *,
    person_id: UUID,
    item_code: str,
    name: BilingualText,
    institution: str,
    mark: str,
    text: str,
    done_on: date,
    values: Sequence[OutsideValue] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Enters a recognized result of another hospital from its paper: single values, other words, or both; returns its
    id.

    Refuses `BadOutsideResult` (something is missing, or a day to come), `NoCareRelation`, `NotClinicalStaff`.
    """
    require_clinical_access(actor=actor, person_id=person_id, now=now, roles=frozenset({Role.DOCTOR}))
    said = [part.strip() for part in (institution, mark, text)]
    if not all(said[:2]) or not (said[2] or values) or done_on > local_day(now):
        raise BadOutsideResult
    with acting(actor=actor):
        row, _ = OutsideResult.objects.get_or_create(
            person_id=person_id,
            item_code=item_code,
            institution=said[0][:120],
            done_on=done_on,
            defaults={
                "name_zh": name.zh,
                "name_en": name.en,
                "mark": said[1][:40],
                "text": said[2],
                "values": [
                    {
                        "code": value.code,
                        "zh": value.name.zh,
                        "en": value.name.en,
                        "text": value.text[:60],
                        "unit": value.unit[:30],
                        "reference": value.reference[:60],
                    }
                    for value in values
                ],
                "entered_by_id": UUID(actor.id),
                "entered_at": now,
            },
        )
        record_act(
            actor=actor,
            action="results.enter_outside",
            subject_kind="outside_result",
            subject_id=str(row.id),
            person_id=person_id,
            now=now,
            details={"item": item_code, "done_on": done_on.isoformat()},
        )
    return row.id
