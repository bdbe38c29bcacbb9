"""The sessions that come every week (A04, N12)."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.scheduling.api import add_template, change_template, end_template, get_template, list_templates
from hospital.scheduling.errors import UnknownTemplate
from hospital.scheduling.types import TemplateCard
from hospital.staff_web.access import actor_of
from hospital.staff_web.registration.words import SERVICE_NAMES
from hospital.staff_web.roster.forms import SHARE_LABELS, TemplateForm, initial_of
from hospital.staff_web.roster.frame import PARTS, WEEKDAYS, clerk, show


@require_GET
@clerk
def templates(request: HttpRequest) -> HttpResponse:
    """Those of the campus that come after today, by weekday; `q` narrows by doctor or department."""
    today = local_day(timezone.now())
    text = request.GET.get("q", "").strip().lower()
    first, last = today + timedelta(days=1), today + timedelta(days=366)
    found = list_templates(first=first, last=last, campus_code=actor_of(request).campus_code)
    shown = [each for each in found if _matches(each, text)]
    groups = [
        (name, [_shown(each) for each in shown if each.template.weekday == number]) for number, name in WEEKDAYS.items()
    ]
    return show(
        request, "templates", tab="templates", groups=[each for each in groups if each[1]], text=text, total=len(found)
    )


def _matches(card: TemplateCard, text: str) -> bool:
    names = (card.clinician_name, card.department_name)
    return any(text in part.lower() for name in names for part in (name.zh, name.en))


def _shown(card: TemplateCard) -> dict[str, object]:
    plan = card.template.plan
    return {
        "card": card,
        "plan": plan,
        "part": PARTS.get(plan.part, plan.part),
        "service": SERVICE_NAMES.get(plan.service_type, plan.service_type),
        "kept": sum(share.places for share in plan.shares),
    }


@require_http_methods(["GET", "POST"])
@clerk
def new_template(request: HttpRequest) -> HttpResponse:
    """A new one."""
    actor = actor_of(request)
    initial = {"valid_from": local_day(timezone.now()) + timedelta(days=1)}
    form = TemplateForm(request.POST or None, campus_code=actor.campus_code, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            add_template(template=form.to_template(), actor=actor, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _saved(request)
    return _form_page(request, form, card=None)


@require_http_methods(["GET", "POST"])
@clerk
def template(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One of them; a change holds from tomorrow on."""
    actor, now = actor_of(request), timezone.now()
    card = _get(request, template_id)
    form = TemplateForm(request.POST or None, campus_code=actor.campus_code, initial=initial_of(card.template))
    if request.method == "POST" and form.is_valid():
        try:
            change_template(
                template=form.to_template(template_id=template_id),
                since=local_day(now) + timedelta(days=1),
                actor=actor,
                now=now,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _saved(request)
    return _form_page(request, form, card=card)


@require_POST
@clerk
def end(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """It does not come any more after today; what is open stays."""
    _get(request, template_id)
    now = timezone.now()
    end_template(template_id=template_id, last=local_day(now), actor=actor_of(request), now=now)
    messages.success(request, _("Ended. Sessions that are open already stay; stop them in the week."))
    return redirect("staff:roster_templates")


def _get(request: HttpRequest, template_id: UUID) -> TemplateCard:
    card = get_template(template_id=template_id)
    if card.template.plan.campus_code != actor_of(request).campus_code:
        raise UnknownTemplate
    return card


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Sessions open from it every night, or now under “Holidays and opening”."))
    return redirect("staff:roster_templates")


def _form_page(request: HttpRequest, form: TemplateForm, *, card: TemplateCard | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return show(
        request, "template", tab="templates", status=status, form=form, template=card, share_labels=SHARE_LABELS
    )
