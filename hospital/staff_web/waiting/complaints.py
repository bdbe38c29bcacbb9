"""The table of complaints with the level that each suggests (N02)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from hospital.encounters.api import LEVELS, ComplaintCard, add_complaint, change_complaint, list_complaints
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.waiting.queue import LEVEL_WORDS
from hospital.staff_web.waiting.views import desk_context

nurse = desk_view(Role.NURSE)


class ComplaintForm(forms.Form):
    """A complaint in both languages with its level."""

    name_zh = forms.CharField(
        label=_("Name in Chinese"), max_length=60, widget=forms.TextInput(attrs={"lang": "zh-CN"})
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=100, widget=forms.TextInput(attrs={"lang": "en"}))
    level = forms.TypedChoiceField(
        label=pgettext_lazy("triage", "Level"),
        choices=lambda: [(level, str(LEVEL_WORDS[level].text)) for level in LEVELS],
        coerce=int,
    )


class KnownForm(ComplaintForm):
    """One of the table, which may be withdrawn."""

    is_offered = forms.BooleanField(label=_("Offered to the nurses"), required=False)


class NewForm(ComplaintForm):
    """A further one."""

    code = forms.CharField(label=_("Code, such as chest-pain"), max_length=30)


def _save(data: dict[str, Any], *, code: str, actor: Actor) -> None:
    """Keeps the complaint of this code, or enters a new one."""
    name, now = BilingualText(data["name_zh"], data["name_en"]), timezone.now()
    if code:
        facts = {"level": data["level"], "is_offered": data["is_offered"]}
        change_complaint(code=code, name=name, **facts, actor=actor, now=now)
    else:
        add_complaint(code=data["code"], name=name, level=data["level"], actor=actor, now=now)


@require_http_methods(["GET", "POST"])
@nurse
def complaints(request: HttpRequest) -> HttpResponse:
    """The table, and a form for one of it (`?open=code`) or a new one."""
    found = list_complaints(with_withdrawn=True)
    code = request.GET.get("open", "")
    chosen = next((each for each in found if each.code == code), None)
    if code and chosen is None:
        raise Http404
    form = _form(request, chosen)
    if request.method == "POST" and form.is_valid():
        try:
            _save(form.cleaned_data, code=code, actor=actor_of(request))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _t("Saved. The next assessment suggests this level."))
            return redirect("staff:triage_complaints")
    context = desk_context(request, rows=[(each, LEVEL_WORDS[each.level]) for each in found], chosen=chosen, form=form)
    return render(
        request, "staff_web/waiting/complaints.html", context, status=422 if request.method == "POST" else 200
    )


def _form(request: HttpRequest, chosen: ComplaintCard | None) -> ComplaintForm:
    if chosen is None:
        return NewForm(request.POST or None)
    known = {
        "name_zh": chosen.name.zh,
        "name_en": chosen.name.en,
        "level": chosen.level,
        "is_offered": chosen.is_offered,
    }
    return KnownForm(request.POST or None, initial=known)
