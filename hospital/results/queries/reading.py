"""What waits in the reading room."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.models import CriticalAlert, Reading
from hospital.results.services.reading import filter_readings, reading_campuses
from hospital.results.types import (
    ExamKind,
    OpenFinding,
    ReadingCount,
    ReadingFilter,
    ReadingPage,
    ReadingStage,
    ReadingView,
)
from hospital.results.types.reading import URGENT

PAGE_ROWS = 30


def list_readings(*, wanted: ReadingFilter, page: int, actor: Actor, now: datetime) -> ReadingPage:
    """A page of what waits at the campuses where the actor reads, most urgent and oldest first, beside what they have
    taken; four statements. Nothing for whoever reads nowhere."""
    here = filter_readings(wanted=ReadingFilter(campus_code=wanted.campus_code), actor=actor)
    own = Q(reader_id=UUID(actor.id), claimed_until__gt=now)
    mine = _views(filter_readings(wanted=ReadingFilter(), actor=actor).filter(own), now=now)
    others = filter_readings(wanted=wanted, actor=actor).exclude(own)
    total = others.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(page, 1), pages)
    counts = here.order_by("exam_kind").values("exam_kind", "modality")
    by_kind = _by_kind(
        counts.annotate(
            waiting=Count("pk"),
            hasty=Count("pk", filter=Q(haste__lte=URGENT)),
            second=Count("pk", filter=Q(stage=ReadingStage.SECOND)),
            oldest=Min("waits_since"),
        )
    )
    modalities: dict[str, int] = {}
    for row in by_kind:
        modalities[row["modality"]] = modalities.get(row["modality"], 0) + row["waiting"]
    return ReadingPage(
        mine=tuple(mine),
        rows=tuple(_views(others[(page - 1) * PAGE_ROWS : page * PAGE_ROWS], now=now)),
        total=total,
        page=page,
        pages=pages,
        counts=_sum_kinds(by_kind),
        modalities={code: number for code, number in sorted(modalities.items()) if code},
    )


def find_reading(*, order_line_id: UUID, now: datetime) -> ReadingView | None:
    """The examination in the reading room, for desks that have checked the access; None where it does not wait."""
    return next(iter(_views(Reading.objects.filter(pk=order_line_id, closed_at=None), now=now)), None)


def list_open_findings(*, actor: Actor, campus_code: str = "") -> list[OpenFinding]:
    """Critical findings that no clinician has taken over, at the campuses where the actor reads, oldest first."""
    campuses = reading_campuses(actor) & ({campus_code} if campus_code else reading_campuses(actor))
    rows = CriticalAlert.objects.filter(
        campus_id__in=campuses, exam_report__isnull=False, acknowledged_at=None, withdrawn_at=None
    )
    return [
        OpenFinding(
            order_line_id=row.exam_report.order_line_id,
            person_id=row.person_id,
            name=row.exam_report.name,
            finding=BilingualText(row.value, row.value_en),
            raised_at=row.raised_at,
            level=row.level,
            was_called=row.called_at is not None,
        )
        for row in rows.select_related("exam_report").order_by("raised_at")
        if row.exam_report is not None
    ]


def _by_kind(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def _sum_kinds(rows: list[dict[str, Any]]) -> tuple[ReadingCount, ...]:
    found = []
    for kind in ExamKind:
        own = [row for row in rows if row["exam_kind"] == kind]
        if own:
            found.append(
                ReadingCount(
                    kind=kind,
                    waiting=sum(row["waiting"] for row in own),
                    hasty=sum(row["hasty"] for row in own),
                    second=sum(row["second"] for row in own),
                    oldest=min(row["oldest"] for row in own),
                )
            )
    return tuple(found)


def _views(rows: QuerySet[Reading], *, now: datetime) -> list[ReadingView]:
    return [_view(row, now=now) for row in rows.select_related("reader", "first_reader")]


def _view(row: Reading, *, now: datetime) -> ReadingView:
    is_taken = row.claimed_until is not None and row.claimed_until > now
    return ReadingView(
        order_line_id=row.order_line_id,
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        campus_code=row.campus_id,
        kind=ExamKind(row.exam_kind),
        modality=row.modality,
        name=row.name,
        haste=row.haste,
        waits_since=row.waits_since,
        stage=ReadingStage(row.stage),
        first_reader=_name(row.first_reader),
        first_reader_id=str(row.first_reader_id or ""),
        reader=_name(row.reader) if is_taken else BilingualText(""),
        reader_id=str(row.reader_id or "") if is_taken else "",
        claimed_until=row.claimed_until if is_taken else None,
    )


def _name(user: Any) -> BilingualText:
    return BilingualText(user.name_zh, user.name_en) if user else BilingualText("")
