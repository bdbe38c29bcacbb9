"""Critical values that wait for a clinician: taken over with what is done about them (R56, domain brief 4)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.results.api import acknowledge_critical_value
from hospital.results.types import CriticalAlertLine
from hospital.staff_web.access import actor_of
from hospital.staff_web.critical_bar import open_alerts_of
from hospital.staff_web.doctor.views import desk_context, doctor


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One value and whose it is; no name where the doctor may not see the person."""

    line: CriticalAlertLine
    person: PersonCard | None
    error: str = ""
    typed: str = ""


@require_GET
@doctor
def critical(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    return _show(request)


@require_POST
@doctor
def acknowledge(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Takes a value over; what was typed stays where it is refused."""
    action = request.POST.get("action", "")
    try:
        acknowledge_critical_value(alert_id=alert_id, action=action, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show(request, status=refusal.status, refused_id=alert_id, refusal=refusal, typed=action)
    messages.success(request, _("Taken over. The laboratory sees it."))
    return redirect("staff:doctor_critical")


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    refused_id: UUID | None = None,
    refusal: Refusal | None = None,
    typed: str = "",
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    lines = open_alerts_of(request)
    people = list_people(actor=actor, person_ids={line.person_id for line in lines}, now=now)
    error = refusal.message if refusal else ""
    rows = [
        AlertRow(line, people.get(line.person_id), *((error, typed) if line.id == refused_id else ())) for line in lines
    ]
    is_gone = refusal is not None and not any(row.error for row in rows)
    context = desk_context(request, alerts=rows, refusal=refusal if is_gone else None)
    return render(request, "staff_web/doctor/critical.html", context, status=status)
