"""One person at the coordinator's desk: wishes, who looks after them, and asking for help on their behalf (N03)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import list_role_holders
from hospital.appointments.api import list_appointments
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard, When
from hospital.assistance.api import (
    ask_assistance,
    assign_coordinator,
    get_coordinator_id,
    get_preferences,
    list_assistance,
    list_languages,
    set_preferences,
)
from hospital.assistance.types import AssistanceKind, ClinicianSex, Diet, Mobility, NewAssistance, Preferences
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.staff_web.access import actor_of
from hospital.staff_web.assistance.views import desk, read_id
from hospital.staff_web.assistance.words import CLINICIAN_SEXES, DIETS, KIND_NAMES, MOBILITIES, row_of
from hospital.staff_web.banner import get_banner, language_name
from hospital.staff_web.desks import ASSISTANCE

PAGE = "staff_web/assistance/person.html"


class PreferencesForm(forms.Form):
    """How somebody wants to be cared for."""

    mobility = forms.ChoiceField(label=gettext_lazy("Gets about"), choices=list(MOBILITIES.items()))
    clinician_sex = forms.ChoiceField(label=gettext_lazy("Doctor"), choices=list(CLINICIAN_SEXES.items()))
    diet = forms.ChoiceField(label=gettext_lazy("Diet"), choices=list(DIETS.items()))
    note = forms.CharField(
        label=gettext_lazy("Other wishes"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Every desk sees this. No diagnoses."),
    )
    is_name_private = forms.BooleanField(label=gettext_lazy("Call by number only, never by name"), required=False)


class AskForm(forms.Form):
    """What a coordinator asks for on behalf of a patient. Clock times are the hospital's."""

    kind = forms.ChoiceField(label=gettext_lazy("Help"), choices=list(KIND_NAMES.items()))
    language = forms.ChoiceField(label=gettext_lazy("Interpret into"), required=False)
    appointment = forms.ChoiceField(label=gettext_lazy("For which booking"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    begins = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label=gettext_lazy("Until"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    from_place = forms.CharField(label=gettext_lazy("Picked up at"), required=False, max_length=200)
    to_place = forms.CharField(label=gettext_lazy("Brought to"), required=False, max_length=200)
    note = forms.CharField(label=pgettext_lazy("assistance", "Note"), required=False, max_length=300)


@require_GET
@desk
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The page of one person."""
    return _page(request, person_id)


@require_POST
@desk
def preferences(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keeps how the person wants to be cared for."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, wishes=form, status=422)
    data = form.cleaned_data
    actor = actor_of(request)
    set_preferences(
        person_id=person_id,
        campus_code=actor.campus_code,
        preferences=Preferences(
            diet=Diet(data["diet"]),
            mobility=Mobility(data["mobility"]),
            clinician_sex=ClinicianSex(data["clinician_sex"]),
            is_name_private=data["is_name_private"],
            note=data["note"],
        ),
        actor=actor,
        now=timezone.now(),
    )
    messages.success(request, _("Saved. Every desk sees it."))
    return redirect("staff:assistance_person", person_id=person_id)


@require_POST
@desk
def coordinator(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Says who looks after the person from now on."""
    actor = actor_of(request)
    try:
        assign_coordinator(
            person_id=person_id,
            campus_code=actor.campus_code,
            coordinator_id=read_id(request.POST.get("coordinator", "")),
            actor=actor,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Saved. Every desk sees it."))
    return redirect("staff:assistance_person", person_id=person_id)


@require_POST
@desk
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asks for help on behalf of the person. What was typed stays when it is refused."""
    actor, now = actor_of(request), timezone.now()
    form = _ask_form(actor, _bookings(actor, person_id, now), data=request.POST)
    if not form.is_valid():
        return _page(request, person_id, ask_form=form, status=422)
    try:
        ask_assistance(new=_new(person_id, actor, form.cleaned_data), actor=actor, now=now)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _page(request, person_id, ask_form=form, status=refusal.status)
    messages.success(request, _("Asked for. It stands in the list until it is arranged."))
    return redirect("staff:assistance_person", person_id=person_id)


def _new(person_id: UUID, actor: Actor, data: dict[str, Any]) -> NewAssistance:
    starts_at = datetime.combine(data["day"], data["begins"], tzinfo=SHANGHAI)
    ends_at = datetime.combine(data["day"], data["ends"], tzinfo=SHANGHAI)
    return NewAssistance(
        person_id=person_id,
        campus_code=actor.campus_code,
        kind=AssistanceKind(data["kind"]),
        starts_at=starts_at,
        ends_at=ends_at,
        appointment_id=read_id(data["appointment"]),
        language=data["language"],
        from_place=data["from_place"],
        to_place=data["to_place"],
        note=data["note"],
        key=str(new_id()),
    )


def _bookings(actor: Actor, person_id: UUID, now: datetime) -> list[AppointmentCard]:
    """What is booked or registered at this campus from today on."""
    return [
        card
        for card in list_appointments(person_ids=[person_id], when=When.COMING, now=now)
        if card.state in {AppointmentState.BOOKED, AppointmentState.TAKEN}
        and card.slot.session.campus_code == actor.campus_code
    ]


def _ask_form(actor: Actor, bookings: list[AppointmentCard], data: Any = None) -> AskForm:
    first = min(bookings, key=lambda card: card.slot.starts_at, default=None)
    initial: dict[str, Any] = {}
    if first is not None:
        starts = first.slot.starts_at.astimezone(SHANGHAI)
        initial = {
            "appointment": str(first.id),
            "day": starts.date(),
            "begins": starts.time(),
            "ends": (starts + timedelta(hours=1)).time(),
        }
    form = AskForm(data, initial=initial)
    form.fields["language"].choices = [  # type: ignore[attr-defined] # a choice field
        ("", "—"),
        *((code, language_name(code=code)) for code in list_languages(campus_code=actor.campus_code)),
    ]
    form.fields["appointment"].choices = [  # type: ignore[attr-defined] # a choice field
        ("", _("None")),
        *((str(card.id), _words_of(card)) for card in bookings),
    ]
    return form


def _words_of(card: AppointmentCard) -> str:
    starts = card.slot.starts_at.astimezone(SHANGHAI)
    return f"{starts:%Y-%m-%d %H:%M} · {card.slot.session.department_name}"


def _page(
    request: HttpRequest,
    person_id: UUID,
    *,
    wishes: PreferencesForm | None = None,
    ask_form: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    banner = get_banner(actor=actor, person_id=person_id, now=now, has_alerts=False)
    if wishes is None:
        kept = get_preferences(person_id=person_id, actor=actor, now=now)
        names = ("diet", "mobility", "clinician_sex", "is_name_private", "note")
        wishes = PreferencesForm(initial={name: getattr(kept, name) for name in names})
    if ask_form is None:
        ask_form = _ask_form(actor, _bookings(actor, person_id, now))
    context: dict[str, Any] = {
        "desk_code": ASSISTANCE.code,
        "patient": banner,
        "wishes": wishes,
        "ask_form": ask_form,
        "coordinators": list_role_holders(role=Role.COORDINATOR, campus_code=actor.campus_code),
        "coordinator_id": get_coordinator_id(person_id=person_id, campus_code=actor.campus_code),
        "rows": [row_of(card) for card in list_assistance(person_id=person_id, actor=actor, now=now)],
    }
    return render(request, PAGE, context, status=status)
