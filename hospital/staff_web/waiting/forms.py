"""The nurse's forms: the assessment, and who goes first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.encounters.api import LEVELS, Vitals, list_complaints
from hospital.staff_web.registration.words import PRIORITY_WORDS
from hospital.staff_web.waiting.queue import LEVEL_WORDS
from hospital.workflows.assess_visit import Body

VITALS = ("temperature", "pulse", "respiration", "systolic", "diastolic", "oxygen", "pain")
GREEN = "GREEN"


def _complaint_choices() -> list[tuple[str, str]]:
    return [("", "")] + [(each.code, f"{each.level} · {each.name}") for each in list_complaints()]


def _level_choices() -> list[tuple[int, str]]:
    return [(level, str(LEVEL_WORDS[level].text)) for level in LEVELS]


def _priority_choices() -> list[tuple[str, str]]:
    given = [(code, str(words)) for code, words in PRIORITY_WORDS.items() if code != "RESULTS"]
    return [("", str(_("No priority"))), (GREEN, str(_("Green channel"))), *given]


class TriageForm(forms.Form):
    """What the nurse sees and measures."""

    complaint = forms.ChoiceField(label=pgettext_lazy("triage", "Complaint"), choices=_complaint_choices)
    level = forms.TypedChoiceField(label=pgettext_lazy("triage", "Level"), choices=_level_choices, coerce=int)
    reason = forms.CharField(label=_("Why another level than suggested"), max_length=200, required=False)
    temperature = forms.DecimalField(label=_("Temperature, °C"), max_digits=3, decimal_places=1, required=False)
    pulse = forms.IntegerField(label=_("Pulse"), required=False)
    respiration = forms.IntegerField(label=_("Breaths a minute"), required=False)
    systolic = forms.IntegerField(label=_("Upper pressure"), required=False)
    diastolic = forms.IntegerField(label=_("Lower pressure"), required=False)
    oxygen = forms.IntegerField(label=_("SpO₂, %"), required=False)
    pain = forms.IntegerField(label=_("Pain, 0 to 10"), required=False)
    weight = forms.DecimalField(label=_("Weight, kg"), max_digits=5, decimal_places=2, required=False)
    is_pregnant = forms.BooleanField(label=_("Pregnant"), required=False)
    due_on = forms.DateField(label=_("Due on"), required=False)
    is_escorted = forms.BooleanField(label=_("Escorted"), required=False)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)

    def clean(self) -> dict[str, Any]:
        """A pregnancy has the day the child is due."""
        given = super().clean() or {}
        if given.get("is_pregnant") and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Write the day the child is due."))
        return given

    def body(self) -> Body:
        """What the valid form says of the body."""
        given = self.cleaned_data
        return Body(weight_kg=given["weight"], due_on=given["due_on"] if given["is_pregnant"] else None)

    def vital_fields(self) -> list[forms.BoundField]:
        """The figures of the short form."""
        return [self[name] for name in VITALS]

    def facts(self) -> dict[str, Any]:
        """The valid form as `assess` takes it."""
        given = self.cleaned_data
        return {
            "complaint_code": given["complaint"],
            "level": given["level"],
            "reason": given["reason"],
            "vitals": Vitals(**{name: given[name] for name in VITALS}),
            "is_escorted": given["is_escorted"],
            "needs_interpreter": given["needs_interpreter"],
        }


class PriorityForm(forms.Form):
    """Who goes before others, and why."""

    priority = forms.ChoiceField(label=_("Goes first as"), choices=_priority_choices, required=False)
    note = forms.CharField(label=_("Why"), max_length=200, required=False)
