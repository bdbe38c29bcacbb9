"""The examination desk: today's list of a device, from check-in to done, and the device's outages (W33)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.examinations.api import (
    KEEPERS,
    call_exam,
    check_in_exam,
    get_booking,
    mark_no_show,
    put_back_exam,
    put_in_order,
    put_out_of_order,
    start_exam,
)
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import EXAMINATIONS
from hospital.staff_web.examinations.rows import list_desk, list_rows, list_stranded_rows, list_told
from hospital.workflows.keep_exam_times import finish_booked_exam

technician = desk_view(*KEEPERS)
_STEPS: dict[str, Callable[..., None]] = {
    "check-in": check_in_exam,
    "call": call_exam,
    "put-back": put_back_exam,
    "start": start_exam,
    "done": finish_booked_exam,
    "no-show": mark_no_show,
}


@require_GET
@technician
def desk(request: HttpRequest) -> HttpResponse:
    """The device with the most to do, or the page that says that the campus has none."""
    rows, _bookings = list_desk(actor=actor_of(request), now=timezone.now())
    if not rows:
        return render(request, "staff_web/examinations/desk.html", {"desk_code": EXAMINATIONS.code, "devices": []})
    busiest = max(rows, key=lambda row: row.open_count)
    return redirect("staff:examination_device", device_id=busiest.device.id)


@require_GET
@technician
def device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Today's list of one device."""
    return render(request, "staff_web/examinations/device.html", _context(request, device_id))


@require_GET
@technician
def day_list(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The list alone, for its own refresh."""
    return render(request, "staff_web/examinations/_list.html", _context(request, device_id))


def _context(request: HttpRequest, device_id: UUID, **more: Any) -> dict[str, Any]:
    now, actor = timezone.now(), actor_of(request)
    devices, bookings = list_desk(actor=actor, now=now)
    chosen = next((row.device for row in devices if row.device.id == device_id), None)
    if chosen is None:
        raise Http404
    return {
        "desk_code": EXAMINATIONS.code,
        "devices": devices,
        "device": chosen,
        "rows": list_rows([card for card in bookings if card.device.id == device_id], actor=actor, now=now),
        "told": list_told(device_id, now=now),
        "stranded": list_stranded_rows(device_id, actor=actor, now=now),
        **more,
    }


@require_POST
@technician
def step(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """The next step of one booked examination."""
    act = _STEPS.get(request.POST.get("step", ""))
    if act is None:
        raise Http404
    now = timezone.now()
    booking = get_booking(booking_id=booking_id, now=now)
    return _perform(
        request,
        booking.device.id,
        lambda actor: act(booking_id=booking_id, actor=actor, now=now),
        said=_("%(exam)s: noted.") % {"exam": booking.name},
    )


@require_POST
@technician
def put_out(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The device cannot be used, until the end of a day or until somebody says so."""
    now = timezone.now()
    return _perform(
        request,
        device_id,
        lambda actor: put_out_of_order(
            device_id=device_id,
            starts_at=now,
            ends_at=_end_of(request.POST.get("until", ""), now=now),
            reason=request.POST.get("reason", ""),
            actor=actor,
            now=now,
        ),
        said=_("Out of order. No new times are given on this device."),
    )


def _end_of(until: str, *, now: datetime) -> datetime | None:
    """`today`, `tomorrow` or open."""
    days = {"today": 1, "tomorrow": 2}.get(until)
    return datetime.combine(local_day(now) + timedelta(days=days), time(), SHANGHAI) if days else None


@require_POST
@technician
def put_in(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The device works again."""
    now = timezone.now()
    return _perform(
        request,
        device_id,
        lambda actor: put_in_order(device_id=device_id, actor=actor, now=now),
        said=_("The device works again."),
    )


def _perform(request: HttpRequest, device_id: UUID, act: Callable[[Actor], None], *, said: str) -> HttpResponse:
    """Does it and shows the device again, with the refusal on top where there is one."""
    try:
        act(actor_of(request))
    except Refusal as refusal:
        context = _context(request, device_id, refusal=refusal)
        return render(request, "staff_web/examinations/device.html", context, status=refusal.status)
    messages.success(request, said)
    return redirect("staff:examination_device", device_id=device_id)
