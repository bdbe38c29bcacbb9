"""Allergies of a person: the list, a new one, struck out, none known (D52); reached from every clinical banner."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.patients.api import (
    DRUGS,
    OTHERS,
    REACTIONS,
    list_allergy_entries,
    record_allergy,
    record_no_allergies,
    strike_out_allergy,
)
from hospital.patients.errors import AllergyKnownAlready, BadAllergy
from hospital.patients.types import NewAllergy
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.roles import CLINICAL
from hospital.staff_web.signin.views import safe_next


class AllergyForm(forms.Form):
    """A substance of the list or in words, and the reaction."""

    substance = forms.ChoiceField(label=_lazy("Substance"))
    other_zh = forms.CharField(label=_lazy("In Chinese"), max_length=80, required=False)
    other_en = forms.CharField(label=_lazy("In English"), max_length=120, required=False)
    reaction = forms.ChoiceField(label=_lazy("Reaction"))
    is_severe = forms.BooleanField(label=_lazy("Severe: must never be given again"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, passed on
        language = get_language() or "en"
        choose = ("", _("Choose"))
        self.fields["substance"].choices = [  # type: ignore[attr-defined]  # a choice field has choices
            choose,
            (_("Drugs"), [(code, each.substance.in_language(language)) for code, each in DRUGS.items()]),
            (_("Food and others"), [(code, each.substance.in_language(language)) for code, each in OTHERS.items()]),
            ("OTHER", _("Something else, in words")),
        ]
        self.fields["reaction"].choices = [  # type: ignore[attr-defined]  # a choice field has choices
            choose,
            *((code, text.in_language(language)) for code, text in REACTIONS.items()),
        ]

    def read(self) -> NewAllergy:
        """What was typed."""
        facts = self.cleaned_data
        return NewAllergy(
            substance="" if facts["substance"] == "OTHER" else facts["substance"],
            other=BilingualText(facts["other_zh"], facts["other_en"]),
            reaction=facts["reaction"],
            is_severe=facts["is_severe"],
        )


@require_http_methods(["GET", "POST"])
@desk_view(*CLINICAL)
def allergies(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The list, and a new allergy."""
    form = AllergyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                record_allergy(person_id=person_id, new=form.read(), actor=actor_of(request), now=timezone.now())
            except (BadAllergy, AllergyKnownAlready) as refusal:
                form.add_error("other_zh" if isinstance(refusal, BadAllergy) else "substance", refusal.message)
            else:
                messages.success(request, _("Recorded."))
                return _back(request, person_id)
    banner = get_banner(actor=actor_of(request), person_id=person_id, now=timezone.now())
    patient = replace(banner, can_record_allergies=False)  # this is the page to which the banner leads
    context = {
        "form": form,
        "patient": patient,
        "entries": list_allergy_entries(person_id=person_id),
        "next": safe_next(request),
    }
    return render(request, "staff_web/people/allergies.html", context, status=status)


@require_POST
@desk_view(*CLINICAL)
def none_known(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person was asked and knows of none: back to where the reader came from."""
    try:
        record_no_allergies(person_id=person_id, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return _back(request, person_id)
    messages.success(request, _("Recorded."))
    return redirect(safe_next(request))


@require_POST
@desk_view(*CLINICAL)
def strike_out(request: HttpRequest, person_id: UUID, allergy_id: UUID) -> HttpResponse:
    """Strikes one out, with the reason."""
    try:
        strike_out_allergy(
            person_id=person_id,
            allergy_id=allergy_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("Struck out. The line stays readable here."))
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.warning(request, refusal.message)
    return _back(request, person_id)


def _back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    here = reverse("staff:allergies", args=[person_id])
    return redirect(f"{here}?{urlencode({'next': safe_next(request)})}")
