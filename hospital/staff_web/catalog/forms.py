"""The forms of the price office's desk. Days are those of Guangzhou; ratios are typed in per cent."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.campuses.api import list_campuses
from hospital.catalog.types import (
    CatalogKind,
    Combination,
    CompositeMode,
    FeeClass,
    InsuranceMode,
    ItemTexts,
    NewItem,
    NewRule,
    PriceHold,
    PricingSettings,
    RoundingMode,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    TranslationStatus,
)
from hospital.kernel.types import BilingualText
from hospital.staff_web.cashier.words import FEE_CLASSES
from hospital.staff_web.catalog.frame import midnight
from hospital.staff_web.catalog.words import (
    COMBINATIONS,
    COMPOSITE_MODES,
    ENGLISH,
    HOLDS,
    INSURANCE_MODES,
    KINDS,
    MODES,
    NATURES,
    ROUNDINGS,
    SCOPES,
    SERVICE_LINES,
    VISIT_TYPES,
)

HUNDRED = Decimal(100)
Names = Mapping[Any, Promise]


def choices(names: Names, *, leave_out: Iterable[str] = ()) -> list[tuple[str, Promise]]:
    """Values with their words."""
    return [(str(value), name) for value, name in names.items() if value not in set(leave_out)]


def campus_choices() -> list[tuple[str, str]]:
    """Campuses by code."""
    return [(each.code, str(each.short)) for each in list_campuses()]


def text_field(label: Any, length: int, *, zh: bool = False, required: bool = False) -> forms.CharField:
    """A line of text in one of the two languages."""
    attrs = {"lang": "zh-CN" if zh else "en"}
    return forms.CharField(label=label, max_length=length, required=required, widget=forms.TextInput(attrs=attrs))


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day of Guangzhou."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def decimal_field(label: Any, places: int, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    """A number of zero or more."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_digits=12, decimal_places=places, required=required, widget=widget,
        help_text=help_text,
    )  # fmt: skip


class TextsForm(forms.Form):
    """What an item is called, side by side."""

    name_zh = text_field(_("Full name"), 200, zh=True, required=True)
    name_en = text_field(_("Full name"), 300)
    translation_status = forms.ChoiceField(
        label=_("State of the English"), choices=[(str(key), word[1]) for key, word in ENGLISH.items()]
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def to_texts(self) -> ItemTexts:
        """What the catalog takes."""
        data = self.cleaned_data
        return ItemTexts(
            name=BilingualText(data["name_zh"], data["name_en"]),
            translation_status=TranslationStatus(data["translation_status"]),
            is_active=data["is_active"],
        )


class DraftForm(forms.Form):
    """What every draft says: from when, by which document and why."""

    valid_from = day_field(_("From"), help_text=_("Today takes effect when it is approved."))
    document_no = forms.CharField(label=_("Price document"), max_length=60, required=False)
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def start(self, now: datetime) -> datetime:
        """The instant of the day as typed: today is now."""
        day: date = self.cleaned_data["valid_from"]
        return now if day == timezone.localdate(now) else midnight(day)

    def about(self) -> list[forms.BoundField]:
        """The fields of every draft."""
        return [self[name] for name in ("valid_from", "document_no", "reason")]


class PriceForm(DraftForm):
    """A new standard price."""

    base_u = decimal_field(_("New standard price in ¥"), 4)
    field_order = ("base_u",)


class OverrideForm(DraftForm):
    """A set's own ratio."""

    percent = decimal_field(_("Own ratio in %"), 2, required=False, help_text=_("Empty: each part keeps its own rule."))
    document_no = forms.CharField(label=_("Approval number"), max_length=60, required=False)
    field_order = ("percent",)

    def ratio(self) -> Decimal | None:
        """The fraction."""
        percent = self.cleaned_data["percent"]
        return None if percent is None else percent / HUNDRED


class NewItemForm(forms.Form):
    """A new row; its price waits for a second person as every price does."""

    code = forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label=_("Catalog"), choices=choices(KINDS, leave_out=[CatalogKind.COMPOSITE]))
    fee_class = forms.ChoiceField(label=_("Fee class"), choices=choices(FEE_CLASSES))
    name_zh = text_field(_("Chinese name"), 200, zh=True, required=True)
    name_en = text_field(_("English name"), 300)
    unit_zh = text_field(_("Chinese unit"), 20, zh=True, required=True)
    unit_en = text_field(_("English unit"), 40)
    price_item = forms.CharField(
        label=_("Price-bureau item"), max_length=40, required=False, help_text=_("Its code, for a charge item")
    )
    base_u = decimal_field(_("Standard price in ¥"), 4)
    valid_from = day_field(_("From"), help_text=_("Today takes effect when it is approved."))
    document_no = forms.CharField(label=_("Price document"), max_length=60, required=False)

    def to_item(self) -> NewItem:
        """What the catalog takes: a row without a price yet."""
        data = self.cleaned_data
        return NewItem(
            code=data["code"],
            kind=CatalogKind(data["kind"]),
            fee_class=FeeClass(data["fee_class"]),
            name=BilingualText(data["name_zh"], data["name_en"]),
            unit=BilingualText(data["unit_zh"], data["unit_en"]),
            price=None,
            price_item=data["price_item"] or None,
            translation_status=TranslationStatus.DRAFT,
        )


class RuleForm(forms.Form):
    """A surcharge rule. The value is a per cent or an amount, as the mode says; empty goes on searching."""

    code = forms.CharField(label=_("Rule"), max_length=40, help_text=_("A known code gets its next version."))
    service_line = forms.ChoiceField(
        label=_("Service line"), choices=choices(SERVICE_LINES, leave_out=[ServiceLine.NORMAL])
    )
    scope_kind = forms.ChoiceField(label=_("Level"), choices=choices(SCOPES))
    item_code = forms.CharField(label=_("Code of the item"), max_length=40, required=False)
    fee_class = forms.ChoiceField(label=_("Fee class"), choices=choices(FEE_CLASSES), required=False)
    nature = forms.ChoiceField(label=_("Kind of item"), choices=choices(NATURES), required=False)
    visit_type = forms.ChoiceField(label=_("Visit"), choices=choices(VISIT_TYPES))
    campus = forms.ChoiceField(label=_("Campus"))
    mode = forms.ChoiceField(label=_("How"), choices=choices(MODES))
    value = decimal_field(
        _("Value"), 4, required=False, help_text=_("30 is +30 %. 0 stops the search; empty lets it go on.")
    )
    valid_from = day_field(_("From"), help_text=_("Today takes effect when it is approved."))
    last_day = day_field(_("To, inclusive"), required=False, help_text=_("Empty: until changed"))
    approval_no = forms.CharField(label=_("Approval number"), max_length=60, required=False)
    reason_zh = text_field(_("Reason in Chinese"), 300, zh=True)
    reason_en = text_field(_("Reason in English"), 400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campus"].choices = [("ANY", _("All campuses")), *campus_choices()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """An item rule names its item, and a ratio has two decimals of a per cent."""
        data = self.cleaned_data
        if data.get("scope_kind") in {ScopeKind.ITEM, ScopeKind.PRICE_ITEM} and not data.get("item_code"):
            self.add_error("item_code", _("Which item is it about?"))
        value = data.get("value")
        if data.get("mode") == SurchargeMode.RATIO and value is not None and value != round(value, 2):
            self.add_error("value", _("A per cent has at most two decimals."))

    def to_rule(self) -> NewRule:
        """What the catalog takes."""
        data = self.cleaned_data
        mode, line = SurchargeMode(data["mode"]), ServiceLine(data["service_line"])
        value = data["value"]
        return NewRule(
            code=data["code"],
            scope_kind=ScopeKind(data["scope_kind"]),
            scope_id=self._scope(line),
            service_line=line,
            mode=mode,
            value=value / HUNDRED if value is not None and mode is SurchargeMode.RATIO else value,
            valid_from=midnight(data["valid_from"]),
            valid_to=_end_of(data["last_day"]),
            visit_type=data["visit_type"],
            campus=data["campus"],
            approval_no=data["approval_no"],
            reason=BilingualText(data["reason_zh"], data["reason_en"]),
        )

    def _scope(self, line: ServiceLine) -> str:
        data = self.cleaned_data
        return str(
            {
                ScopeKind.FEE_CLASS: data["fee_class"],
                ScopeKind.KIND: data["nature"],
                ScopeKind.SERVICE_LINE: line.value,
            }.get(ScopeKind(data["scope_kind"]), data["item_code"])
        )


def _end_of(last_day: date | None) -> Any:
    return None if last_day is None else midnight(date.fromordinal(last_day.toordinal() + 1))


class WhatIfForm(forms.Form):
    """The circumstances of a question."""

    code = forms.CharField(label=_("Item or set"), max_length=40, help_text=_("Its code"))
    qty = forms.DecimalField(label=_("Quantity"), min_value=Decimal("0.0001"), max_digits=9, decimal_places=4)
    service_line = forms.ChoiceField(label=_("Service line"), choices=choices(SERVICE_LINES))
    visit_type = forms.ChoiceField(label=_("Visit"), choices=choices(VISIT_TYPES, leave_out=["ANY"]))
    campus = forms.ChoiceField(label=_("Campus"))
    on = day_field(_("Day"))
    born_on = day_field(_("Date of birth"), required=False)
    is_emergency = forms.BooleanField(label=_("Marked as an emergency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campus"].choices = campus_choices()  # type: ignore[attr-defined]

    @staticmethod
    def usual(campus_code: str) -> dict[str, Any]:
        """What the form starts with."""
        return {
            "qty": 1, "service_line": ServiceLine.INTL.value, "visit_type": "OP", "campus": campus_code,
            "on": timezone.localdate(),
        }  # fmt: skip


class SettingsForm(forms.Form):
    """The price office's settings."""

    rounding_mode = forms.ChoiceField(label=_("What is rounded"), choices=choices(ROUNDINGS))
    combination = forms.ChoiceField(label=_("Additions and surcharge"), choices=choices(COMBINATIONS))
    composite_mode = forms.ChoiceField(label=_("Surcharge of sets"), choices=choices(COMPOSITE_MODES))
    intl_insurance_mode = forms.ChoiceField(
        label=_("What goes to the national insurance"), choices=choices(INSURANCE_MODES)
    )
    price_hold = forms.ChoiceField(label=_("Unpaid prices are held"), choices=choices(HOLDS))
    child_age_limit = forms.IntegerField(
        label=_("Children are under"), min_value=1, max_value=18, help_text=_("Years, unless the item says otherwise")
    )
    cash_rounding = forms.ChoiceField(
        label=_("Cash is rounded to"), required=False,
        choices=[("", _("Not at all")), ("0.05", "¥0.05"), ("0.10", "¥0.10"), ("0.50", "¥0.50"), ("1.00", "¥1.00")],
    )  # fmt: skip
    allow_drug_surcharge = forms.BooleanField(label=_("Surcharge on drugs, with an approval number"), required=False)
    allow_consumable_surcharge = forms.BooleanField(
        label=_("Surcharge on consumables, with an approval number"), required=False
    )

    def to_settings(self) -> PricingSettings:
        """What the catalog takes."""
        data = self.cleaned_data
        return PricingSettings(
            rounding_mode=RoundingMode(data["rounding_mode"]),
            combination=Combination(data["combination"]),
            composite_mode=CompositeMode(data["composite_mode"]),
            intl_insurance_mode=InsuranceMode(data["intl_insurance_mode"]),
            allow_drug_surcharge=data["allow_drug_surcharge"],
            allow_consumable_surcharge=data["allow_consumable_surcharge"],
            child_age_limit=data["child_age_limit"],
            price_hold=PriceHold(data["price_hold"]),
            cash_rounding=Decimal(data["cash_rounding"]) if data["cash_rounding"] else None,
        )


def start_with(settings: PricingSettings) -> dict[str, Any]:
    """The settings in force, for the form."""
    names = ("rounding_mode", "combination", "composite_mode", "intl_insurance_mode", "price_hold", "child_age_limit",
             "allow_drug_surcharge", "allow_consumable_surcharge")  # fmt: skip
    step = settings.cash_rounding
    return {name: getattr(settings, name) for name in names} | {"cash_rounding": "" if step is None else f"{step:.2f}"}
