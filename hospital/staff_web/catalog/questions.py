"""Questions to the engine, and the settings it works by."""

import json
from datetime import datetime, time
from decimal import Decimal
from itertools import zip_longest
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hospital.billing.api import Supposed, answer_scenarios, suppose_order
from hospital.billing.errors import ScenarioMalformed
from hospital.catalog.api import change_settings, get_item_change, get_pricing_settings, get_trial, list_settings
from hospital.catalog.errors import UnknownChange
from hospital.catalog.types import ItemChangeCard, RuleStatus, ServiceLine, VisitType
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.forms import SettingsForm, WhatIfForm, start_with
from hospital.staff_web.catalog.frame import name_people, office, show
from hospital.staff_web.catalog.items import explain
from hospital.staff_web.catalog.words import CHANGES, SETTINGS

LARGEST = 2_000_000


@require_http_methods(["GET", "POST"])
@office
def what_if(request: HttpRequest) -> HttpResponse:
    """Which rule wins here, and which were considered; `draft` lays a drafted change over the catalog.

    A POST answers a file of scenarios, as `./imc price` does.
    """
    if request.method == "POST":
        return _answer_file(request)
    campus = actor_of(request).campus_code
    draft = _find_draft(request.GET.get("draft", ""))
    form = WhatIfForm(request.GET) if "code" in request.GET else WhatIfForm(initial=WhatIfForm.usual(campus))
    lines = []
    if form.is_bound and form.is_valid():
        try:
            trial = None if draft is None else get_trial(change_id=draft.id)
            lines = [explain(each) for each in suppose_order(supposed=_supposed(form), now=timezone.now(), trial=trial)]
        except Refusal as refusal:
            form.add_error("code", refusal.message)
    total = sum((each["line"].priced.total for each in lines), Decimal(0))
    status = 422 if form.is_bound and form.errors else 200
    return show(
        request,
        "what_if",
        tab="what_if",
        form=form,
        lines=lines,
        total=total,
        draft=draft,
        kind=CHANGES[draft.kind] if draft else "",
        status=status,
    )


def _find_draft(text: str) -> ItemChangeCard | None:
    """The drafted change with this id; None where there is none or it is decided."""
    try:
        card = get_item_change(change_id=UUID(text)) if text else None
    except (ValueError, UnknownChange):
        return None
    return card if card is not None and card.status is RuleStatus.DRAFT else None


def _supposed(form: WhatIfForm) -> Supposed:
    data = form.cleaned_data
    is_today = data["on"] == timezone.localdate()
    # Another day is asked about at noon: what starts or ends that day does so at its midnight.
    at = timezone.now() if is_today else datetime.combine(data["on"], time(12), tzinfo=SHANGHAI)
    return Supposed(
        code=data["code"].strip(),
        qty=data["qty"],
        service_line=ServiceLine(data["service_line"]),
        visit_type=VisitType(data["visit_type"]),
        campus_code=data["campus"],
        at=at,
        born_on=data["born_on"],
        is_emergency=data["is_emergency"],
    )


def _answer_file(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("scenarios")
    form = WhatIfForm(initial=WhatIfForm.usual(actor_of(request).campus_code))
    try:
        if file is None or file.size is None or file.size > LARGEST:
            raise ScenarioMalformed(what=_("the file is missing or larger than 2 MB"))
        document = json.loads(file.read().decode("utf-8-sig"), parse_float=Decimal)
        answers = json.dumps(answer_scenarios(document), ensure_ascii=False, indent=2)
    except ValueError as fault:
        refusal = ScenarioMalformed(what=str(fault))
        return show(request, "what_if", tab="what_if", form=form, fault=refusal.message, status=422)
    except ScenarioMalformed as refused:
        return show(request, "what_if", tab="what_if", form=form, fault=refused.message, status=422)
    return HttpResponse(
        answers + "\n",
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="answers.json"'},
    )


@require_http_methods(["GET", "POST"])
@office
def settings(request: HttpRequest) -> HttpResponse:
    """The price office's settings; a change holds at once and stays readable."""
    form = SettingsForm(request.POST or None, initial=start_with(get_pricing_settings()))
    if request.method == "POST" and form.is_valid():
        change_settings(settings=form.to_settings(), actor=actor_of(request), now=timezone.now())
        messages.success(request, _("The settings hold from now on. What is paid does not change."))
        return redirect("staff:catalog_settings")
    history = list_settings()
    changes = []
    for newer, older in zip_longest(history, history[1:]):
        differing = [
            (SETTINGS[name], older.facts[name], value)
            for name, value in newer.facts.items()
            if older is not None and older.facts[name] != value
        ]
        changes.append((newer, differing))
    return show(
        request,
        "settings",
        tab="settings",
        form=form,
        changes=changes,
        people=name_people(each.set_by for each in history),
        status=422 if request.method == "POST" else 200,
    )
