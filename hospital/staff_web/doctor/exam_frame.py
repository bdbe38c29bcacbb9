"""What stands beside a report and its images: the list of the reading room, or the doctor's own queue."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from hospital.results.api import find_reading
from hospital.results.types import ReadingStage
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.views import desk_context
from hospital.staff_web.reading.page import reading_context


def report_frame(request: HttpRequest, *, line_id: UUID, visit_id: UUID, now: datetime) -> dict[str, Any]:
    """The list of the reading room beside the report for whoever has taken it there or comes from there, else the
    doctor's own queue."""
    me = actor_of(request).id
    reading = find_reading(order_line_id=line_id, now=now)
    is_mine = reading is not None and reading.reader_id == me
    claim: dict[str, Any] = {
        "reading": reading,
        "is_reading": is_mine,
        "is_taken": reading is not None and bool(reading.reader_id) and not is_mine,
        "can_take": reading is not None
        and reading.stage is not ReadingStage.AMENDING
        and not (reading.stage is ReadingStage.SECOND and reading.first_reader_id == me),
    }
    if is_mine or "room" in request.GET:
        return reading_context(request, current=str(line_id), frame="staff_web/reading/frame.html", **claim)
    return desk_context(request, current=str(visit_id), frame="staff_web/doctor/frame.html", **claim)
