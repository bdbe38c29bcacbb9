"""A decoction as forms: one piece, and what holds for all pieces."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.kernel.types import BilingualText
from hospital.orders.api import (
    HANDLINGS,
    MAKERS,
    MEALS,
    PACES,
    USES,
    WARMTHS,
    Formula,
    Frequency,
    Handling,
    Maker,
    Meal,
    OrderableHit,
    Piece,
    Use,
    Warmth,
    format_amount,
)


def _choices(words: Mapping[Any, BilingualText]) -> list[tuple[str, str]]:
    return [(code.value, str(name)) for code, name in words.items()]


def _handlings() -> list[tuple[str, str]]:
    return _choices(HANDLINGS)


class PieceForm(forms.Form):
    """Grams of one packet and the handling; the reasons appear when they are asked for."""

    grams = forms.DecimalField(label=_("Grams a packet"), max_digits=7, decimal_places=2, min_value=Decimal("0.01"))
    handling = forms.ChoiceField(label=_("Handling"), choices=_handlings)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    allergy_reason = forms.CharField(label=_("Why this drug in spite of the allergy"), max_length=300, required=False)
    safety_reason = forms.CharField(label=_("Why this is right for the patient"), max_length=300, required=False)

    def piece(self) -> Piece:
        """The valid form as the orders context takes it."""
        facts: dict[str, Any] = dict(self.cleaned_data)
        return Piece(**facts | {"handling": Handling(facts["handling"])})


class FormulaForm(forms.Form):
    """Packets, pace and manner of the whole decoction; the reason appears when it is asked for."""

    doses = forms.IntegerField(label=_("Packets"), min_value=1, max_value=99)
    pace = forms.ChoiceField(label=_("How many a day"), choices=lambda: _choices(PACES))
    parts = forms.IntegerField(label=_("Parts a packet"), min_value=1, max_value=6)
    ml = forms.IntegerField(label=_("mL each time"), min_value=1, max_value=1000, required=False)
    meal = forms.ChoiceField(label=pgettext_lazy("decoction", "When"), choices=lambda: _choices(MEALS))
    warmth = forms.ChoiceField(label=_("Warmth"), choices=lambda: _choices(WARMTHS))
    use = forms.ChoiceField(label=pgettext_lazy("decoction", "Use"), choices=lambda: _choices(USES))
    maker = forms.ChoiceField(label=_("Who decocts"), choices=lambda: _choices(MAKERS))
    days_reason = forms.CharField(label=_("Why more days"), max_length=300, required=False)

    def formula(self) -> Formula:
        """The valid form as the orders context takes it."""
        facts: dict[str, Any] = dict(self.cleaned_data)
        return Formula(
            doses=facts["doses"],
            pace=Frequency(facts["pace"]),
            parts=facts["parts"],
            ml=facts["ml"],
            meal=Meal(facts["meal"]),
            warmth=Warmth(facts["warmth"]),
            use=Use(facts["use"]),
            maker=Maker(facts["maker"]),
            days_reason=facts["days_reason"].strip(),
        )


def formula_facts(formula: Formula) -> dict[str, Any]:
    """What the form of a decoction begins with."""
    return {
        "doses": formula.doses,
        "pace": formula.pace.value,
        "parts": formula.parts,
        "ml": formula.ml,
        "meal": formula.meal.value,
        "warmth": formula.warmth.value,
        "use": formula.use.value,
        "maker": formula.maker.value,
        "days_reason": formula.days_reason,
    }


def usual_piece(hit: OrderableHit, handling: Handling) -> dict[str, Any]:
    """What a new piece begins with: the usual grams of the catalog, the handling that is kept of it."""
    grams = format_amount(hit.default_dose) if hit.default_dose is not None else ""
    return {"grams": grams, "handling": handling.value}


def piece_facts(piece: Piece) -> dict[str, Any]:
    """What a piece that is being changed begins with."""
    return {
        "grams": format_amount(piece.grams),
        "handling": piece.handling.value,
        "remark": piece.remark,
        "allergy_reason": piece.allergy_reason,
        "safety_reason": piece.safety_reason,
    }
