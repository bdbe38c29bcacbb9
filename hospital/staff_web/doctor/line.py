"""What a doctor does to the own line beyond calling: another doctor, or examinations and back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hospital.encounters.errors import TransferNotPossible
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.doctor.views import show_visit
from hospital.workflows.sign_visit import send_to_examinations
from hospital.workflows.transfer_visit import transfer_visit

doctor = desk_view(Role.DOCTOR)


@require_POST
@doctor
def transfer(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Sends somebody who waits to another doctor of the department."""
    actor = actor_of(request)
    try:
        clinician_id = UUID(request.POST.get("clinician", ""))
    except ValueError:
        raise TransferNotPossible from None
    try:
        visit = transfer_visit(
            encounter_id=encounter_id,
            clinician_id=clinician_id,
            reason=request.POST.get("reason", ""),
            actor=actor,
            now=timezone.now(),
            clinician_user_id=UUID(actor.id),
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    told = {"number": visit.queue_number, "doctor": visit.clinician_name}
    messages.success(request, _("%(number)s goes to %(doctor)s. The patient is told.") % told)
    return redirect("staff:doctor")


@require_POST
@doctor
def send_away(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Lets the patient go to the examinations; back with the results they go first."""
    try:
        send_to_examinations(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    messages.success(request, _("Sent to the examinations. Back with results, the patient goes first."))
    return redirect("staff:doctor")
