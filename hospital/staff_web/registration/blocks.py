"""Whose booking by app is paused after missed visits: what they say to it, and the desk that lifts it (A04)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.appointments.api import list_standing_blocks
from hospital.appointments.types import BlockCard
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import REGISTRATION
from hospital.workflows.mark_missed import lift_booking_block, note_block_appeal

registrar = desk_view(Role.REGISTRAR)


@dataclass(frozen=True, slots=True)
class Row:
    """A pause and whose it is."""

    block: BlockCard
    person: PersonCard


@require_GET
@registrar
def blocks(request: HttpRequest) -> HttpResponse:
    """Every pause of people whom the desk may see, those with an appeal first, and one of them in full."""
    return _show(request, chosen=request.GET.get("open", ""))


@require_POST
@registrar
def decide(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Writes the appeal down, or lifts the pause with the reason; what is typed stays when it is refused."""
    actor, now, text = actor_of(request), timezone.now(), request.POST.get("text", "").strip()
    is_lifting = request.POST.get("act") == "lift"
    if not text:
        return _show(request, chosen=str(block_id), problem=_("Say why: the next colleague reads it."), status=422)
    try:
        if is_lifting:
            lift_booking_block(block_id=block_id, reason=text, actor=actor, now=now)
        else:
            note_block_appeal(block_id=block_id, text=text, actor=actor, now=now)
    except Refusal as refusal:
        return _show(request, chosen=str(block_id), problem=refusal.message, status=refusal.status)
    if is_lifting:
        messages.success(request, _("Lifted. The patient can book by app again."))
        return redirect("staff:registration_blocks")
    messages.success(request, _("Noted."))
    answer = redirect("staff:registration_blocks")
    answer["Location"] += f"?open={block_id}"
    return answer


def _show(request: HttpRequest, *, chosen: str, problem: str = "", status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = list_standing_blocks(now=now)
    people = list_people(actor=actor, person_ids={each.person_id for each in found}, now=now)
    rows = [Row(each, people[each.person_id]) for each in found if each.person_id in people]
    context: dict[str, Any] = {
        "desk_code": REGISTRATION.code,
        "rows": rows,
        "chosen": next((row for row in rows if str(row.block.id) == chosen), None),
        "current": chosen,
        "problem": problem,
        "text": request.POST.get("text", ""),
    }
    return render(request, "staff_web/registration/blocks.html", context, status=status)
