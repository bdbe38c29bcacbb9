"""Results from analyzers that found no report: linked to a specimen by a person, or set aside with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.analyzers.api import list_waiting_messages, set_message_aside
from hospital.kernel.errors import Refusal
from hospital.results.api import get_report
from hospital.staff_web.access import actor_of
from hospital.staff_web.laboratory.views import desk_context, laboratory
from hospital.staff_web.laboratory.words import ASIDE_REASONS, WAITING_REASONS
from hospital.workflows.take_measurements import link_message


@require_GET
@laboratory
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    return _show(request)


@require_POST
@laboratory
def link(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Puts the values into the report of the specimen whose label was scanned, and opens it."""
    actor, now = actor_of(request), timezone.now()
    number = request.POST.get("number", "").strip()
    try:
        report_id = link_message(message_id=message_id, specimen_number=number, actor=actor, now=now)
    except Refusal as refusal:
        return _show(request, status=refusal.status, refused_id=message_id, refusal=refusal, number=number)
    messages.success(request, _("The values stand in the report now. Look at them and hand them on."))
    specimen_id = get_report(report_id=report_id, actor=actor, now=now).specimen_id
    return redirect("staff:laboratory_specimen", specimen_id=specimen_id)


@require_POST
@laboratory
def set_aside(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Takes a message from the desk without using it."""
    chosen = ASIDE_REASONS.get(request.POST.get("reason", ""))
    reason = f"{chosen.zh} {chosen.en}" if chosen else ""
    try:
        set_message_aside(message_id=message_id, reason=reason, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show(request, status=refusal.status, refused_id=message_id, refusal=refusal)
    messages.success(request, _("Set aside. It is kept and no longer waits."))
    return redirect("staff:laboratory_messages")


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    refused_id: UUID | None = None,
    refusal: Refusal | None = None,
    number: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    lines = list_waiting_messages(campus_code=actor.campus_code, actor=actor)
    context = desk_context(
        request,
        lines=[(line, WAITING_REASONS.get(line.reason, line.text)) for line in lines],
        aside_reasons=ASIDE_REASONS,
        refused_id=refused_id,
        refusal=refusal,
        typed=number,
    )
    return render(request, "staff_web/laboratory/messages.html", context, status=status)
