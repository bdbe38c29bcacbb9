"""Extra places 加号 at the registration window: asked for, then registered on once the doctor granted it (F45)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.workflows.book_at_window import book_extra_at_window
from hospital.workflows.extra_places import ask_extra_at_window

registrar = desk_view(Role.REGISTRAR)


@require_POST
@registrar
def ask(request: HttpRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """Asks the doctor; the answer appears on the person's page."""
    try:
        ask_extra_at_window(
            session_id=session_id,
            person_id=person_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The doctor has been asked. The answer appears here."))
    return redirect("staff:registration_person", person_id=person_id)


@require_POST
@registrar
def book(request: HttpRequest, person_id: UUID, extra_id: UUID) -> HttpResponse:
    """Registers on the doctor's word and charges the fee."""
    try:
        appointment = book_extra_at_window(
            extra_id=extra_id, person_id=person_id, actor=actor_of(request), now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        slot = appointment.slot
        messages.success(
            request,
            _("Booked with %(doctor)s, extra number %(number)s.")
            % {"doctor": slot.session.clinician_name, "number": slot.number},
        )
    return redirect("staff:registration_person", person_id=person_id)
