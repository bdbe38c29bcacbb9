"""What the planning page sends, read without trust."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from hospital.examinations.types import ExamQuestion
from hospital.workflows.plan_exams import Spot


def read_lines(data: QueryDict) -> list[UUID]:
    """The chosen order lines, each once."""
    return list(dict.fromkeys(_ids(data.getlist("line"))))


def read_answers(data: QueryDict) -> dict[ExamQuestion, bool]:
    """The questions that were answered."""
    given = {question: data.get(f"answer-{question}", "") for question in ExamQuestion}
    return {question: answer == "yes" for question, answer in given.items() if answer in {"yes", "no"}}


def read_spots(data: QueryDict) -> list[Spot]:
    """The times of the plan that is booked, as `line|device|instant`."""
    spots = []
    for text in data.getlist("spot"):
        line, device, instant = [*text.split("|"), "", ""][:3]
        found = list(_ids([line, device]))
        starts_at = parse_datetime(instant) if len(instant) >= 16 else None
        if len(found) == 2 and starts_at is not None and starts_at.tzinfo is not None:
            spots.append(Spot(line_id=found[0], device_id=found[1], starts_at=starts_at))
    return spots


def read_day(text: str) -> date | None:
    """A day as the browser writes it; None for anything else."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _ids(texts: list[str]) -> Iterator[UUID]:
    for text in texts:
        with suppress(ValueError):
            yield UUID(text)
