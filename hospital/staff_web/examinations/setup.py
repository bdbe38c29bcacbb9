"""What the examination desk keeps itself: open hours of a device, what each examination needs (W33)."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hospital.catalog.api import get_item, name_items
from hospital.examinations.api import KEEPERS, OpenHours, change_rule, get_device, list_hours, list_rules, set_hours
from hospital.examinations.types import Contrast, ExamNeeds, ExamQuestion
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import EXAMINATIONS
from hospital.staff_web.examinations.rows import list_desk
from hospital.staff_web.roster.frame import WEEKDAYS
from hospital.workflows.exam_words import QUESTION_WORDS

technician = desk_view(*KEEPERS)
PARTS = ("first", "second")
CONTRASTS = {Contrast.NONE: _("No contrast"), Contrast.IODINE: _("Iodine"), Contrast.GADOLINIUM: _("Gadolinium")}
NEEDS = {
    "has_full_bladder": _("Full bladder"),
    "has_barium": _("Barium"),
    "has_sedation": _("Sedation"),
    "measures_iodine_uptake": _("Measures iodine uptake"),
}


class HoursForm(forms.Form):
    """Up to two periods a weekday; a day without any is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in range(7):
            for part in PARTS:
                for end in ("opens", "closes"):
                    widget = forms.TimeInput(attrs={"type": "time", "class": "input input-small"}, format="%H:%M")
                    self.fields[f"{part}_{end}_{weekday}"] = forms.TimeField(
                        label=_("Opens") if end == "opens" else _("Closes"), widget=widget, required=False
                    )

    def rows(self) -> list[tuple[Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """A weekday with its periods."""
        return [
            (name, [(self[f"{part}_opens_{number - 1}"], self[f"{part}_closes_{number - 1}"]) for part in PARTS])
            for number, name in WEEKDAYS.items()
        ]

    def clean(self) -> None:
        """A period has both ends."""
        for weekday in range(7):
            for part in PARTS:
                opens, closes = (self.cleaned_data.get(f"{part}_{end}_{weekday}") for end in ("opens", "closes"))
                if (opens is None) is not (closes is None):
                    self.add_error(f"{part}_closes_{weekday}", _t("Say when it opens and when it closes."))

    def hours(self) -> list[OpenHours]:
        """The valid form as `set_hours` takes it."""
        data = self.cleaned_data
        return [
            OpenHours(weekday, data[f"{part}_opens_{weekday}"], data[f"{part}_closes_{weekday}"])
            for weekday in range(7)
            for part in PARTS
            if data[f"{part}_opens_{weekday}"] is not None
        ]


def _initial(hours: list[OpenHours]) -> dict[str, time]:
    known: dict[str, time] = {}
    for each in hours:
        part = PARTS[0] if f"first_opens_{each.weekday}" not in known else PARTS[1]
        known[f"{part}_opens_{each.weekday}"], known[f"{part}_closes_{each.weekday}"] = each.opens, each.closes
    return known


@require_http_methods(["GET", "POST"])
@technician
def hours(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The weekly pattern of a device, from tomorrow on."""
    actor, now = actor_of(request), timezone.now()
    device = get_device(device_id=device_id, now=now)
    if device.campus_code != actor.campus_code:
        raise Http404
    form = HoursForm(request.POST or None, initial=_initial(list_hours(device_id=device_id)))
    if request.method == "POST" and form.is_valid():
        try:
            set_hours(device_id=device_id, hours=form.hours(), actor=actor, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _t("Saved. It holds from tomorrow."))
            return redirect("staff:examination_device", device_id=device_id)
    return _show(request, "hours", device=device, form=form)


class RuleForm(forms.Form):
    """What an examination takes and asks for."""

    minutes = forms.IntegerField(
        label=_("Minutes on the device"), min_value=5, max_value=480, widget=forms.NumberInput(attrs={"step": 5})
    )
    fasting_hours = forms.IntegerField(label=_("Hours without food"), min_value=0, max_value=24)
    contrast = forms.ChoiceField(label=_("Contrast"), choices=[(each.value, name) for each, name in CONTRASTS.items()])
    needs = forms.MultipleChoiceField(
        label=_("Needs"), choices=list(NEEDS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions before booking"),
        choices=[(each.value, words[0]) for each, words in QUESTION_WORDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def to_needs(self, *, modality: str) -> ExamNeeds:
        """The valid form as `change_rule` takes it."""
        data = self.cleaned_data
        return ExamNeeds(
            modality=modality,
            minutes=data["minutes"],
            fasting_hours=data["fasting_hours"],
            contrast=Contrast(data["contrast"]),
            questions=frozenset(ExamQuestion(each) for each in data["questions"]),
            **{name: name in data["needs"] for name in NEEDS},
        )


@require_http_methods(["GET", "POST"])
@technician
def rules(request: HttpRequest) -> HttpResponse:
    """What every examination needs, and a form for the one of `?open=code`."""
    actor, now = actor_of(request), timezone.now()
    found = list_rules()
    code = request.GET.get("open", "")
    chosen = found.get(code)
    if code and chosen is None:
        raise Http404
    form = RuleForm(request.POST or None, initial=_known(chosen)) if chosen else None
    if request.method == "POST" and chosen and form and form.is_valid():
        try:
            change_rule(item_code=code, needs=form.to_needs(modality=chosen.modality), actor=actor, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _t("Saved. It holds for what is planned from now on."))
            return redirect("staff:examination_rules")
    names = name_items(codes=found)
    rows = [
        {
            "code": each,
            "name": names[each][0] if each in names else each,
            "needs": needs,
            "contrast": CONTRASTS[needs.contrast] if needs.contrast is not Contrast.NONE else "",
            "words": [name for key, name in NEEDS.items() if getattr(needs, key)],
        }
        for each, needs in found.items()
    ]
    service = get_item(code=code, now=now).service if chosen and code in names else None
    return _show(
        request,
        "rules",
        rows=rows,
        chosen=next((row for row in rows if row["code"] == code), None),
        form=form,
        preparation=service.preparation if service else None,
    )


def _known(needs: ExamNeeds) -> dict[str, Any]:
    return {
        "minutes": needs.minutes,
        "fasting_hours": needs.fasting_hours,
        "contrast": needs.contrast.value,
        "needs": [name for name in NEEDS if getattr(needs, name)],
        "questions": [each.value for each in needs.questions],
    }


def _show(request: HttpRequest, name: str, **facts: Any) -> HttpResponse:
    devices, _bookings = list_desk(actor=actor_of(request), now=timezone.now())
    context = {"desk_code": EXAMINATIONS.code, "devices": devices, **facts}
    status = 422 if request.method == "POST" else 200
    return render(request, f"staff_web/examinations/{name}.html", context, status=status)
