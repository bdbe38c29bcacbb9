"""Which items are recognized at the campus, and how often a test was ordered in spite of it (N11)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import count_repeats, find_orderable
from hospital.results.api import list_recognitions, set_recognition
from hospital.results.errors import BadRecognition
from hospital.results.types import RecognitionMark, RecognitionRow, RecognitionScope
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.repeats import REPEAT_REASONS
from hospital.staff_web.laboratory.views import desk_context, laboratory
from hospital.staff_web.registration.words import StateWord

COUNTED = timedelta(days=30)
SOON = timedelta(days=30)


@require_http_methods(["GET", "POST"])
@laboratory
def recognition(request: HttpRequest) -> HttpResponse:
    """The marks of the campus with the form for one."""
    if request.method == "GET":
        return _show(request)
    actor, now = actor_of(request), timezone.now()
    try:
        item = find_orderable(code=request.POST.get("code", "").strip(), now=now)
        mark = _read(request, code=item.code, name=item.name)
        set_recognition(campus_code=actor.campus_code, mark=mark, actor=actor, now=now)
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        return _show(request, refusal=refusal)
    messages.success(request, _("Saved. Reports carry the mark from now on."))
    return redirect("staff:laboratory_recognition")


def _read(request: HttpRequest, *, code: str, name: BilingualText) -> RecognitionMark:
    """The form's mark. Refuses `BadRecognition` where a day or a number is none."""
    facts = {field: request.POST.get(field, "").strip() for field in ("scope", "region_zh", "region_en", "days")}
    try:
        is_regional = RecognitionScope(facts["scope"]) is RecognitionScope.REGIONAL
        return RecognitionMark(
            item_code=code,
            name=name,
            scope=RecognitionScope(facts["scope"]),
            region=BilingualText(facts["region_zh"][:20], facts["region_en"][:40])
            if is_regional
            else BilingualText(""),
            valid_from=date.fromisoformat(request.POST.get("valid_from", "")),
            valid_to=date.fromisoformat(request.POST.get("valid_to", "")),
            days=int(facts["days"]),
        )
    except ValueError as wrong:
        raise BadRecognition from wrong


def _show(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    rows = list_recognitions(campus_code=actor.campus_code, actor=actor)
    counted = count_repeats(campus_code=actor.campus_code, since=now - COUNTED)
    context = desk_context(
        request,
        rows=[(row, _word(row, on=local_day(now))) for row in rows],
        repeats=[(REPEAT_REASONS[reason], counted[reason]) for reason in REPEAT_REASONS if reason in counted],
        typed=request.POST if request.method == "POST" else _chosen(rows, code=request.GET.get("code", "")),
        refusal=refusal,
    )
    return render(request, "staff_web/laboratory/recognition.html", context, status=refusal.status if refusal else 200)


def _chosen(rows: list[RecognitionRow], *, code: str) -> Mapping[str, Any]:
    """The mark that is to be changed, for the form."""
    row = next((row for row in rows if row.facts.item_code == code), None)
    if row is None:
        return {}
    facts = row.facts
    return {
        "code": facts.item_code,
        "scope": facts.scope,
        "region_zh": facts.region.zh,
        "region_en": facts.region.en,
        "valid_from": facts.valid_from.isoformat(),
        "valid_to": facts.valid_to.isoformat(),
        "days": facts.days,
    }


def _word(row: RecognitionRow, *, on: date) -> StateWord:
    """Whether the mark holds, ends soon, has ended or is to come."""
    if row.facts.valid_to < on:
        return StateWord("plain", gettext_lazy("Ended"), "close")
    if row.facts.valid_from > on:
        return StateWord("plain", gettext_lazy("To come"), "clock")
    if row.facts.valid_to - on <= SOON:
        return StateWord("warn", gettext_lazy("Ends soon"))
    return StateWord("ok", "", "check")
