"""The week of a campus: doctors by days, the sessions as cards, one of them open beside (A04, N12)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.campuses.api import list_clinicians, list_consulting_rooms, list_departments
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.scheduling.api import get_roster_session, list_conflicts, list_day_rules, list_roster
from hospital.scheduling.types import RosterCard
from hospital.staff_web.access import actor_of
from hospital.staff_web.registration.words import SERVICE_NAMES
from hospital.staff_web.roster.forms import MoveForm, StopForm, SubstituteForm
from hospital.staff_web.roster.frame import PARTS, clerk, read_day, show
from hospital.workflows.call_off_session import preview_stop
from hospital.workflows.substitute_doctor import SubstitutionEffect, preview_substitution


@dataclass(frozen=True, slots=True)
class Row:
    """A doctor's week: a cell for every day."""

    clinician_id: UUID
    name: BilingualText
    department: BilingualText
    cells: list[tuple[date, list[dict[str, Any]]]]


@require_GET
@clerk
def week(request: HttpRequest) -> HttpResponse:
    """The week of `day`, of one department or of all."""
    chosen = read_day(request.GET.get("day", ""), default=local_day(timezone.now()))
    return show_week(request, chosen=chosen, department=request.GET.get("department", ""))


@require_GET
@clerk
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The week with one session open. `day` and `clinician` in the address propose where to move it."""
    card = get_roster_session(campus_code=actor_of(request).campus_code, session_id=session_id)
    return show_session(request, card)


def show_session(
    request: HttpRequest,
    card: RosterCard,
    *,
    move_form: MoveForm | None = None,
    stop_form: StopForm | None = None,
    substitute_form: SubstituteForm | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    """The week with one session open, what stopping it would mean, and its forms."""
    proposed = {key: request.GET[key] for key in ("day", "clinician") if key in request.GET}
    substitute_form = substitute_form or _substitute_form(request, card)
    move_form = move_form or MoveForm(campus_code=card.session.campus_code, initial=_where(card) | proposed)
    return show_week(
        request,
        chosen=card.session.held_on,
        department=request.GET.get("department", ""),
        card=card,
        is_proposed=bool(proposed),
        effect=preview_stop(session_ids=[card.session.id]),
        substitution=_preview_substitute(card, substitute_form) if card.taken else None,
        can_change=card.stop_reason is None and card.session.ends_at > timezone.now(),
        move_form=move_form,
        stop_form=stop_form or StopForm(),
        substitute_form=substitute_form,
        status=status,
        **facts,
    )


def _substitute_form(request: HttpRequest, card: RosterCard) -> SubstituteForm:
    """With the fee of the address, whose effect is to be shown."""
    session = card.session
    form = SubstituteForm(campus_code=session.campus_code, fee=session.registration_item_code, auto_id="substitute_%s")
    proposed = request.GET.get("fee", "")
    if proposed in dict(form.fields["fee"].choices):  # type: ignore[attr-defined]
        form.fields["fee"].initial = proposed
    return form


def _preview_substitute(card: RosterCard, form: SubstituteForm) -> SubstitutionEffect:
    return preview_substitution(session_id=card.session.id, item_code=form.item_code, now=timezone.now())


def _where(card: RosterCard) -> dict[str, Any]:
    return {
        "clinician": str(card.session.clinician_id),
        "room": str(card.session.room_id or ""),
        "day": card.session.held_on.isoformat(),
        "starts": f"{card.session.starts_at.astimezone(SHANGHAI):%H:%M}",
    }


def show_week(request: HttpRequest, *, chosen: date, department: str, status: int = 200, **facts: Any) -> HttpResponse:
    """The page: the week that `chosen` is in."""
    campus = actor_of(request).campus_code
    first = chosen - timedelta(days=chosen.weekday())
    days = [first + timedelta(days=each) for each in range(7)]
    departments = list_departments(campus_code=campus)
    of_department = next((each for each in departments if str(each.id) == department), None)
    cards = list_roster(
        campus_code=campus, first=first, last=days[-1], department_id=of_department.id if of_department else None
    )
    conflicts = list_conflicts(first=first, last=days[-1], campus_code=campus)
    rooms = {each.id: each.name for each in list_consulting_rooms(campus_code=campus)}
    rows = _rows(cards, days=days, campus=campus, department_id=of_department.id if of_department else None)
    return show(
        request,
        "week",
        tab="week",
        status=status,
        **{
            "rows": rows,
            "days": [(day, [_shown(each) for each in cards if each.session.held_on == day]) for day in days],
            "rules": {each.day: each for each in list_day_rules(first=first, last=days[-1], campus_code=campus)},
            "today": local_day(timezone.now()),
            "before": first - timedelta(days=7),
            "after": first + timedelta(days=7),
            "number": first.isocalendar().week,
            "departments": departments,
            "department": department,
            "conflicts": conflicts,
            "rooms": rooms,
            "card": None,
        }
        | facts,
    )


def _rows(cards: list[RosterCard], *, days: list[date], campus: str, department_id: UUID | None) -> list[Row]:
    """Every doctor of the department or campus, and whoever else sits there this week."""
    found: dict[tuple[UUID, date], list[dict[str, Any]]] = defaultdict(list)
    for each in cards:
        found[each.session.clinician_id, each.session.held_on].append(_shown(each))
    doctors = {
        each.id: (each.name, each.department.name)
        for each in list_clinicians(campus_code=campus, department_id=department_id)
    }
    for each in cards:
        doctors.setdefault(each.session.clinician_id, (each.session.clinician_name, each.session.department_name))
    return [
        Row(id_, name, department, [(day, found[id_, day]) for day in days])
        for id_, (name, department) in doctors.items()
    ]


def _shown(card: RosterCard) -> dict[str, Any]:
    return {
        "card": card,
        "part": PARTS.get(card.session.part, card.session.part),
        "service": SERVICE_NAMES.get(card.session.service_type, card.session.service_type),
        "is_full": card.taken >= card.places,
    }
