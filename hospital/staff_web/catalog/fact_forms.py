"""The forms of what decides about an item beside its price. Ratios are typed in per cent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hospital.catalog.types import (
    Addition,
    CatalogKind,
    Combination,
    CompositeMode,
    FeeClass,
    InsuranceClass,
    ItemFacts,
    ItemFlags,
)
from hospital.kernel.types import BilingualText
from hospital.staff_web.cashier.words import FEE_CLASSES
from hospital.staff_web.catalog.forms import HUNDRED, DraftForm, choices, decimal_field, text_field
from hospital.staff_web.catalog.words import COMBINATIONS, COMPOSITE_MODES, FLAGS, SEX_LIMITS

_PAIRS = ("spec", "unit")
_ADDITIONS = ("child_percent", "child_amount", "child_under_years", "emergency_percent", "emergency_amount")
_LIMITS = ("sex_limit", "age_from", "age_to")


def _years(label: Any, least: int, most: int) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget)


def _flag(name: str) -> forms.BooleanField:
    label: Any = FLAGS[name]
    return forms.BooleanField(label=label, required=False)


class FactsForm(DraftForm):
    """Every fact of an item. What its catalog does not have is left out and stays as it is."""

    fee_class = forms.ChoiceField(label=_("Fee class"), choices=choices(FEE_CLASSES))
    spec_zh = text_field(_("Specification"), 120, zh=True)
    spec_en = text_field(_("Specification"), 160)
    unit_zh = text_field(_("Charging unit"), 20, zh=True)
    unit_en = text_field(_("Charging unit"), 40)
    price_item = forms.CharField(label=_("Code of the price-bureau item"), max_length=40, required=False)
    insurance_code = forms.CharField(label=_("Insurance code"), max_length=40, required=False)
    insurance_class = forms.ChoiceField(
        label=_("Insurance class"),
        choices=[(each.value, each.value if each != "NONE" else "—") for each in InsuranceClass],
    )
    is_already_special_price = _flag("already_special_price")
    is_volume_procured = _flag("volume_procured")
    is_charged_separately = _flag("charged_separately")
    is_statutory_free = _flag("statutory_free")
    is_sent_out = _flag("sent_out")
    is_blood = _flag("blood")
    child_percent = decimal_field(_("Child addition in %"), 2, required=False)
    child_amount = decimal_field(_("or in ¥ per unit"), 4, required=False)
    child_under_years = _years(_("Children are under"), 1, 18)
    emergency_percent = decimal_field(_("Emergency addition in %"), 2, required=False)
    emergency_amount = decimal_field(_("or in ¥ per unit"), 4, required=False)
    combination = forms.ChoiceField(
        label=_("Additions and surcharge"), required=False,
        choices=[("", _("As the settings say")), *choices(COMBINATIONS)],
    )  # fmt: skip
    composite_mode = forms.ChoiceField(
        label=_("Surcharge of the set"), required=False,
        choices=[("", _("As the settings say")), *choices(COMPOSITE_MODES)],
    )  # fmt: skip
    sex_limit = forms.ChoiceField(label=_("For whom"), required=False, choices=choices(SEX_LIMITS))
    age_from = _years(_("From age"), 0, 150)
    age_to = _years(_("To age"), 0, 150)

    def __init__(self, *args: Any, kind: CatalogKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _list_absent(kind):
            del self.fields[name]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The texts that stand side by side."""
        return [(self[f"{name}_zh"], self[f"{name}_en"]) for name in _PAIRS]

    def flags(self) -> list[forms.BoundField]:
        """The switches."""
        return [self[f"is_{name}"] for name in FLAGS if f"is_{name}" in self.fields]

    def additions(self) -> list[forms.BoundField]:
        """The additions of children and emergencies."""
        return [self[name] for name in _ADDITIONS if name in self.fields]

    def limits(self) -> list[forms.BoundField]:
        """For whom the item is."""
        return [self[name] for name in _LIMITS if name in self.fields]

    def clean(self) -> None:
        """An addition is a ratio or an amount."""
        for name in ("child", "emergency"):
            percent, amount = (self.cleaned_data.get(f"{name}_{how}") for how in ("percent", "amount"))
            if percent is not None and amount is not None:
                self.add_error(f"{name}_amount", _("Write a ratio or an amount, not both."))

    def to_facts(self, present: ItemFacts) -> ItemFacts:
        """What the catalog takes; `present` is what holds now."""
        data = {**start_with_facts(present), **self.cleaned_data}
        return ItemFacts(
            fee_class=FeeClass(data["fee_class"]),
            spec=BilingualText(data["spec_zh"], data["spec_en"]),
            unit=BilingualText(data["unit_zh"], data["unit_en"]),
            price_item=data["price_item"],
            insurance_code=data["insurance_code"],
            insurance_class=InsuranceClass(data["insurance_class"]),
            flags=ItemFlags(**{name: bool(data[f"is_{name}"]) for name in FLAGS}),
            child=_addition(data["child_percent"], data["child_amount"], data["child_under_years"]),
            emergency=_addition(data["emergency_percent"], data["emergency_amount"], None),
            combination=Combination(data["combination"]) if data["combination"] else None,
            composite_mode=CompositeMode(data["composite_mode"]) if data["composite_mode"] else None,
            sex_limit=data["sex_limit"],
            age_from=data["age_from"],
            age_to=data["age_to"],
        )


def _list_absent(kind: CatalogKind) -> list[str]:
    absent = [] if kind is CatalogKind.CHARGE_ITEM else ["price_item"]
    if kind is not CatalogKind.COMPOSITE:
        absent.append("composite_mode")
    if kind is not CatalogKind.CONSUMABLE:
        absent.append("is_charged_separately")
    if kind in {CatalogKind.DRUG, CatalogKind.COMPOSITE}:
        absent += [*_ADDITIONS, "combination"]
    if kind is CatalogKind.COMPOSITE:
        absent += [f"is_{name}" for name in FLAGS if name != "charged_separately"]
    return absent


def _addition(percent: Decimal | None, amount: Decimal | None, under_years: int | None) -> Addition | None:
    if percent is None and amount is None:
        return None
    return Addition(ratio=None if percent is None else percent / HUNDRED, amount=amount, under_years=under_years)


def start_with_facts(facts: ItemFacts) -> dict[str, Any]:
    """The facts that hold now, for the form."""
    child, emergency = facts.child or Addition(), facts.emergency or Addition()
    return {
        "fee_class": facts.fee_class.value,
        **{f"{name}_{side}": getattr(getattr(facts, name), side) for name in _PAIRS for side in ("zh", "en")},
        "price_item": facts.price_item,
        "insurance_code": facts.insurance_code,
        "insurance_class": facts.insurance_class.value,
        **{f"is_{name}": getattr(facts.flags, name) for name in FLAGS},
        "child_percent": _percent(child.ratio),
        "child_amount": child.amount,
        "child_under_years": child.under_years,
        "emergency_percent": _percent(emergency.ratio),
        "emergency_amount": emergency.amount,
        "combination": facts.combination or "",
        "composite_mode": facts.composite_mode or "",
        "sex_limit": facts.sex_limit,
        "age_from": facts.age_from,
        "age_to": facts.age_to,
    }


def _percent(ratio: Decimal | None) -> Decimal | None:
    return None if ratio is None else round(ratio * HUNDRED, 2)
