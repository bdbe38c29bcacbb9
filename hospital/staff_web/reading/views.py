"""The reading room: what waits to be read, taken one at a time (R57, domain brief 4)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.errors import Refusal
from hospital.results.api import claim_next_reading, claim_reading, give_back_reading, list_open_findings
from hospital.results.errors.reading import NothingToRead
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.exam_fields import KIND_NAMES
from hospital.staff_web.doctor.views import doctor
from hospital.staff_web.reading.page import read_filter, reading_context


@require_GET
@doctor
def desk(request: HttpRequest) -> HttpResponse:
    """The list, what waits of each kind, and critical findings that nobody has taken over."""
    context = reading_context(request)
    context["kind_rows"] = [(KIND_NAMES[each.kind], each) for each in context["found"].counts]
    context["findings"] = list_open_findings(actor=actor_of(request), campus_code=context["wanted"].campus_code)
    return render(request, "staff_web/reading/desk.html", context)


@require_GET
@doctor
def queue(request: HttpRequest) -> HttpResponse:
    """The list alone, for its own refresh."""
    context = reading_context(request, current=request.GET.get("exam", ""))
    return render(request, "staff_web/reading/_queue.html", context)


@require_POST
@doctor
def take_next(request: HttpRequest) -> HttpResponse:
    """Takes what waits first among what the reader filtered, and opens it."""
    try:
        line_id = claim_next_reading(wanted=read_filter(request), actor=actor_of(request), now=timezone.now())
    except NothingToRead as refusal:
        messages.info(request, refusal.message)
        return redirect("staff:reading")
    return redirect("staff:doctor_exam_report", line_id=line_id)


@require_POST
@doctor
def take(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Takes the examination that is open."""
    try:
        claim_reading(order_line_id=line_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:doctor_exam_report", line_id=line_id)


@require_POST
@doctor
def give_back(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Gives it back unread, for a colleague."""
    give_back_reading(order_line_id=line_id, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Given back. A colleague can take it."))
    return redirect("staff:reading")
