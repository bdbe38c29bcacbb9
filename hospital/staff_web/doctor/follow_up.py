"""The doctor wants to see the patient again: when, and who of the department (A16)."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hospital.encounters.api import order_follow_up, withdraw_follow_up
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.doctor.views import WEEKS, show_visit

doctor = desk_view(Role.DOCTOR)


@require_POST
@doctor
def follow_up(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Orders it in so many weeks, or takes it back."""
    actor, now = actor_of(request), timezone.now()
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_follow_up(encounter_id=encounter_id, actor=actor, now=now)
            messages.success(request, _("Taken back. The patient no longer sees it."))
        else:
            order_follow_up(
                encounter_id=encounter_id,
                due_on=_due_on(request.POST.get("weeks", ""), today=local_day(now)),
                with_me=request.POST.get("who") != "any",
                actor=actor,
                now=now,
            )
            messages.success(request, _("Ordered. The patient sees it in the app and can book it."))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_visit(request, encounter_id, refusal=refusal)
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


def _due_on(weeks: str, *, today: date) -> date:
    """Today for what is no number of weeks, which is refused."""
    return today + timedelta(weeks=int(weeks)) if weeks in {str(each) for each in WEEKS} else today
