"""Directions of a drug as a form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hospital.orders.api import DOSE_UNITS, FREQUENCIES, ROUTES, Frequency, OrderableHit, Route, format_amount
from hospital.orders.types import Directions, LineView


def _unit_choices() -> list[tuple[str, str]]:
    return [(unit, str(name)) for unit, name in DOSE_UNITS.items()]


def _route_choices() -> list[tuple[str, str]]:
    return [(route.value, str(name)) for route, name in ROUTES.items()]


def _frequency_choices() -> list[tuple[str, str]]:
    return [(frequency.value, f"{rhythm.name} ({frequency.value})") for frequency, rhythm in FREQUENCIES.items()]


class DirectionsForm(forms.Form):
    """Dose, route, frequency, days; the reasons appear when they are asked for."""

    dose = forms.DecimalField(label=_("Dose"), max_digits=12, decimal_places=4, min_value=Decimal("0.0001"))
    dose_unit = forms.ChoiceField(label=_("Unit"), choices=_unit_choices)
    route = forms.ChoiceField(label=_("Route"), choices=_route_choices)
    frequency = forms.ChoiceField(label=_("Frequency"), choices=_frequency_choices)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=999)
    quantity = forms.DecimalField(
        label=_("Packs"), max_digits=8, decimal_places=2, min_value=Decimal("0.01"), required=False
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    days_reason = forms.CharField(label=_("Why more days"), max_length=300, required=False)
    allergy_reason = forms.CharField(label=_("Why this drug in spite of the allergy"), max_length=300, required=False)
    safety_reason = forms.CharField(label=_("Why this is right for the patient"), max_length=300, required=False)

    def usual_fields(self) -> list[forms.BoundField]:
        """The fields of one row, whose errors stand under the row."""
        return [self[name] for name in ("dose", "dose_unit", "route", "frequency", "days", "quantity")]

    def directions(self) -> Directions:
        """The valid form as the orders context takes it."""
        facts: dict[str, Any] = dict(self.cleaned_data)
        facts["route"] = Route(facts["route"])
        facts["frequency"] = Frequency(facts["frequency"])
        return Directions(**facts)


def usual_directions(hit: OrderableHit) -> dict[str, Any]:
    """What a new line of this drug begins with."""
    return {
        "dose": format_amount(hit.default_dose) if hit.default_dose is not None else "",
        "dose_unit": hit.default_dose_unit,
        "route": hit.default_route or Route.PO.value,
        "frequency": hit.default_frequency or Frequency.TID.value,
        "days": 7 if hit.default_frequency != Frequency.PRN.value else 3,
    }


def set_directions(directions: Directions) -> dict[str, Any]:
    """What the directions of an order set or a favorite drug begin a form with."""
    return {
        "dose": format_amount(directions.dose),
        "dose_unit": directions.dose_unit,
        "route": directions.route.value,
        "frequency": directions.frequency.value,
        "days": directions.days,
        "quantity": directions.quantity,
        "remark": directions.remark,
    }


def written_directions(line: LineView) -> dict[str, Any]:
    """What a line that is being changed begins with."""
    return {
        "dose": line.dose,
        "dose_unit": line.dose_unit,
        "route": line.route.value if line.route else "",
        "frequency": line.frequency.value if line.frequency else "",
        "days": line.days,
        "quantity": None if line.is_quantity_computed else line.quantity,
        "remark": line.remark,
        "days_reason": line.days_reason,
        "allergy_reason": line.allergy_reason,
        "safety_reason": line.safety_reason,
    }
