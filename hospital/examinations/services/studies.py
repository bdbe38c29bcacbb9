"""The numbers of an ordered examination towards devices and the image archive."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from hospital.examinations.models import ExamStudy
from hospital.examinations.types import StudyNumbers
from hospital.kernel.clock import SHANGHAI


def number_studies(*, line_ids: Collection[UUID], now: datetime) -> dict[UUID, StudyNumbers]:
    """The accession number and study of each of these order lines, made where there is none; two statements at most.

    The study's identifier follows from the order line (2.25 and its UUID, DICOM PS3.5 B.2), so it never changes.
    """
    rows = dict(ExamStudy.objects.filter(pk__in=line_ids).values_list("order_line_id", "accession"))
    missing = sorted(set(line_ids) - rows.keys())
    if missing:
        made = [
            ExamStudy(order_line_id=line_id, accession=accession, created_at=now)
            for line_id, accession in zip(missing, _take_numbers(len(missing), now=now), strict=True)
        ]
        ExamStudy.objects.bulk_create(made, ignore_conflicts=True)  # another device may have asked at the same time
        rows |= dict(ExamStudy.objects.filter(pk__in=missing).values_list("order_line_id", "accession"))
    return {line_id: StudyNumbers(accession, f"2.25.{line_id.int}") for line_id, accession in rows.items()}


def _take_numbers(count: int, *, now: datetime) -> list[str]:
    """E261125000042, from a database sequence; gaps do not matter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('examinations_accession') FROM generate_series(1, %s)", [count])
        return [f"E{now.astimezone(SHANGHAI):%y%m%d}{number:06d}" for (number,) in cursor.fetchall()]
