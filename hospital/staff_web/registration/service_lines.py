"""A change of a visit's service line: shown before and after, asked for, approved by somebody else (brief §1.6.6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import get_staff_names
from hospital.catalog.types import ServiceLine
from hospital.encounters.api import get_encounter, list_line_changes
from hospital.encounters.types import LineChangeCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.change_service_line import ask_service_line, decide_service_line, preview_service_line

window = desk_view(Role.REGISTRAR, Role.CASHIER, Role.FINANCE)
LINE_NAMES: dict[str, Promise] = {
    "INTL": gettext_lazy("International"),
    "SPECIAL": gettext_lazy("Special-need"),
    "NORMAL": gettext_lazy("Ordinary"),
}
_STATES = {
    "WAITING": StateWord("wait", gettext_lazy("Waits for approval")),
    "APPROVED": StateWord("ok", gettext_lazy("Approved")),
    "REJECTED": StateWord("plain", gettext_lazy("Not approved")),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in words; `can_decide`: it waits, and somebody else asked for it."""

    change: LineChangeCard
    person: PersonCard | None
    from_name: Promise
    to_name: Promise
    word: StateWord
    asked_by: BilingualText | None
    decided_by: BilingualText | None
    can_decide: bool


def list_rows(*, actor: Actor, now: datetime, encounter_id: UUID | None = None) -> list[ChangeRow]:
    """The changes of the actor's campus or of one visit; a fixed number of statements."""
    changes = list_line_changes(actor=actor, encounter_id=encounter_id)
    people = list_people(actor=actor, person_ids={each.person_id for each in changes}, now=now)
    ids = {UUID(text) for each in changes for text in (each.asked_by, each.decided_by) if text}
    names = get_staff_names(user_ids=list(ids))
    return [
        ChangeRow(
            change=each,
            person=people.get(each.person_id),
            from_name=LINE_NAMES[each.from_line],
            to_name=LINE_NAMES[each.to_line],
            word=_STATES[each.state],
            asked_by=names.get(UUID(each.asked_by)),
            decided_by=names.get(UUID(each.decided_by)) if each.decided_by else None,
            can_decide=each.state == "WAITING" and each.asked_by != actor.id,
        )
        for each in changes
    ]


@require_GET
@window
def changes(request: HttpRequest) -> HttpResponse:
    """What waits for somebody else's approval at this campus, and what was decided."""
    rows = list_rows(actor=actor_of(request), now=timezone.now())
    return render(request, "staff_web/registration/service_lines.html", {"rows": rows})


@require_GET
@window
def visit(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """One visit: what its unsettled lines would cost on another line, and what was asked for."""
    actor, now = actor_of(request), timezone.now()
    card = get_encounter(encounter_id=encounter_id)
    to = _read_line(request.GET.get("to", ""), but=card.service_line)
    context: dict[str, Any] = {
        "visit": card,
        "patient": get_banner(actor=actor, person_id=card.person_id, now=now, has_alerts=False),
        "line_name": LINE_NAMES[card.service_line],
        "choices": [(code, name) for code, name in LINE_NAMES.items() if code != card.service_line],
        "to": to.value,
        "to_name": LINE_NAMES[to.value],
        "preview": preview_service_line(encounter_id=encounter_id, to=to, actor=actor, now=now),
        "rows": list_rows(actor=actor, now=now, encounter_id=encounter_id),
    }
    context["is_waiting"] = any(row.change.state == "WAITING" for row in context["rows"])
    return render(request, "staff_web/registration/service_line.html", context)


@require_POST
@window
def ask(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Asks for the change; nothing changes before somebody else approves."""
    card = get_encounter(encounter_id=encounter_id)
    try:
        ask_service_line(
            encounter_id=encounter_id,
            to=_read_line(request.POST.get("to", ""), but=card.service_line),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Asked. Somebody else has to approve it; until then nothing changes."))
    return redirect("staff:service_line", encounter_id=encounter_id)


@require_POST
@window
def decide(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Approves or rejects what somebody else asked for."""
    is_approved = request.POST.get("decision") == "approve"
    try:
        decide_service_line(change_id=change_id, is_approved=is_approved, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        done = _("Approved. The unsettled lines are priced again.")
        messages.success(request, done if is_approved else _("Not approved; nothing changed."))
    return redirect("staff:service_lines")


def _read_line(text: str, *, but: str) -> ServiceLine:
    """The line that was asked for, else the first one that is another."""
    if text in LINE_NAMES:
        return ServiceLine(text)
    return ServiceLine.NORMAL if but != ServiceLine.NORMAL else ServiceLine.INTL
