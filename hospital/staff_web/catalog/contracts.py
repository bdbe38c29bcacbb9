"""Contracts with commercial insurers: found, added, ended (F46, decision 18)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.billing.api import add_contract, end_contract, find_contract, search_contracts
from hospital.billing.errors import ContractEndsWrong
from hospital.billing.states import ContractState
from hospital.billing.types import Contract, ContractCard
from hospital.campuses.api import list_campuses
from hospital.catalog.api import get_item_sheet
from hospital.catalog.errors import UnknownItem
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.forms import HUNDRED, campus_choices, day_field, decimal_field, text_field
from hospital.staff_web.catalog.frame import office, show
from hospital.staff_web.errors import ReasonTooShort

LEAST_REASON = 4
_STATES: dict[ContractState, tuple[str, Promise]] = {
    ContractState.IN_FORCE: ("ok", pgettext_lazy("contracts", "In force")),
    ContractState.COMING: ("info", pgettext_lazy("contracts", "To come")),
    ContractState.ENDED: ("plain", pgettext_lazy("contracts", "Ended")),
}


class ContractForm(forms.Form):
    """What was agreed with an insurer. Rates are typed in per cent."""

    code = forms.SlugField(label=gettext_lazy("Code"), max_length=24, help_text=gettext_lazy("The same at a renewal."))
    name_zh = text_field(gettext_lazy("Name in Chinese"), 120, zh=True, required=True)
    name_en = text_field(gettext_lazy("Name in English"), 160, required=True)
    discount = decimal_field(gettext_lazy("Discount in %"), 2, required=False)
    copayment = decimal_field(
        gettext_lazy("Patient’s agreed part in %"),
        2,
        required=False,
        help_text=gettext_lazy("Of what the insurer would pay. The desk may agree on another."),
    )
    valid_from = day_field(gettext_lazy("From"))
    valid_to = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until it is ended."))
    is_surcharge_excluded = forms.BooleanField(
        label=gettext_lazy("The surcharge is the patient’s, not the insurer’s"), required=False
    )
    exempt_items = forms.CharField(
        label=gettext_lazy("Exempt items that take the discount too, by code"), max_length=600, required=False
    )
    campuses = forms.MultipleChoiceField(label=gettext_lazy("Holds at"), choices=(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campuses"] = forms.MultipleChoiceField(
            label=gettext_lazy("Holds at"), choices=campus_choices(), required=False
        )

    def clean_discount(self) -> Decimal | None:
        """The fraction."""
        return self._fraction("discount")

    def clean_copayment(self) -> Decimal | None:
        """The fraction; nothing where nothing is the patient's."""
        return self._fraction("copayment") or None

    def clean_exempt_items(self) -> frozenset[str]:
        """The codes, each of an item of the catalog."""
        codes = frozenset(self.cleaned_data["exempt_items"].replace(",", " ").replace("，", " ").split())
        for code in sorted(codes):
            try:
                get_item_sheet(code=code, now=timezone.now())
            except UnknownItem:
                raise forms.ValidationError(_("No item has the code %(code)s.") % {"code": code}) from None
        return codes

    def _fraction(self, name: str) -> Decimal | None:
        percent: Decimal | None = self.cleaned_data[name]
        if percent is not None and percent > HUNDRED:
            raise forms.ValidationError(_("At most 100 %."))
        return None if percent is None else percent / HUNDRED

    def to_contract(self) -> dict[str, Any]:
        """As the service takes it."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "name": BilingualText(data["name_zh"], data["name_en"]),
            "terms": Contract(
                discount=data["discount"],
                is_surcharge_excluded=data["is_surcharge_excluded"],
                exempt_items_listed=data["exempt_items"],
            ),
            "copayment": data["copayment"],
            "campuses": data["campuses"],
            "valid_from": data["valid_from"],
            "valid_to": data["valid_to"],
        }


@require_GET
@office
def contracts(request: HttpRequest) -> HttpResponse:
    """All contracts by name or code and by state."""
    now = timezone.now()
    text, chosen = request.GET.get("q", "").strip()[:80], request.GET.get("state", "")
    state = ContractState(chosen) if chosen in set(ContractState) else None
    return show(
        request,
        "contracts",
        tab="contracts",
        rows=_rows(search_contracts(text=text, state=state, now=now), now),
        text=text,
        chosen=state,
        states=[(value.value, word) for value, (_kind, word) in _STATES.items()],
    )


@require_http_methods(["GET", "POST"])
@office
def new_contract(request: HttpRequest) -> HttpResponse:
    """A new contract; `?from=` starts from one that is there, for its renewal."""
    now = timezone.now()
    form = ContractForm(request.POST or None, initial=_start_from(request.GET.get("from", ""), local_day(now)))
    if request.method == "POST" and form.is_valid():
        try:
            contract_id = add_contract(**form.to_contract(), actor=actor_of(request), now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Added. Cashiers can choose it from its first day on."))
            return redirect("staff:catalog_contract", contract_id=contract_id)
    ticked = set(form["campuses"].value() or ())
    return show(
        request,
        "new_contract",
        tab="contracts",
        form=form,
        campuses=[(code, name, code in ticked) for code, name in campus_choices()],
        status=422 if request.method == "POST" else 200,
    )


@require_GET
@office
def contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """One contract with the other ones of the same insurer."""
    now = timezone.now()
    return _show_one(request, find_contract(contract_id=contract_id), now)


@require_POST
@office
def end(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Ends a contract after a day as typed."""
    now = timezone.now()
    reason = request.POST.get("reason", "").strip()
    try:
        if len(reason) < LEAST_REASON:
            raise ReasonTooShort(least=LEAST_REASON)
        end_contract(
            contract_id=contract_id,
            last_day=_read_day(request.POST.get("last_day", "")),
            reason=reason,
            actor=actor_of(request),
            now=now,
        )
    except (ContractEndsWrong, ReasonTooShort) as refusal:
        return _show_one(request, find_contract(contract_id=contract_id), now, refusal=refusal)
    messages.success(request, _("The contract ends. Bills paid before keep what was agreed."))
    return redirect("staff:catalog_contract", contract_id=contract_id)


def _read_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ContractEndsWrong from None


def _show_one(
    request: HttpRequest, card: ContractCard, now: datetime, *, refusal: Refusal | None = None
) -> HttpResponse:
    same = [each for each in search_contracts(text=card.code, now=now) if each.code == card.code]
    return show(
        request,
        "contract",
        tab="contracts",
        row=_rows([card], now)[0],
        same=_rows(same, now),
        refusal=refusal,
        typed={
            "last_day": request.POST.get("last_day", local_day(now).isoformat()),
            "reason": request.POST.get("reason", ""),
        },
        status=refusal.status if refusal else 200,
    )


def _rows(cards: Iterable[ContractCard], now: datetime) -> list[dict[str, Any]]:
    """Contracts in words."""
    short = {each.code: each.short for each in list_campuses()}
    return [_row(card, short, local_day(now)) for card in cards]


def _row(card: ContractCard, short: Mapping[str, BilingualText], today: date) -> dict[str, Any]:
    state = card.state_on(today)
    return {
        "card": card,
        "state": _STATES[state],
        "is_over": state is ContractState.ENDED,
        "discount": _percent(card.terms.discount),
        "copayment": _percent(card.copayment),
        "campuses": [short.get(code, code) for code in card.campuses],
        "exempt_items": ", ".join(sorted(card.terms.exempt_items_listed)),
    }


def _percent(rate: Decimal | None) -> str:
    return f"{(rate * HUNDRED).normalize():f} %" if rate else ""


def _start_from(contract_id: str, today: date) -> dict[str, Any]:
    try:
        card = find_contract(contract_id=UUID(contract_id))
    except ValueError:
        return {"valid_from": today}
    following = date.fromordinal(card.valid_to.toordinal() + 1) if card.valid_to else today
    return {
        "code": card.code,
        "name_zh": card.name.zh,
        "name_en": card.name.en,
        "discount": _typed(card.terms.discount),
        "copayment": _typed(card.copayment),
        "is_surcharge_excluded": card.terms.is_surcharge_excluded,
        "exempt_items": " ".join(sorted(card.terms.exempt_items_listed)),
        "campuses": list(card.campuses),
        "valid_from": max(following, today),
    }


def _typed(rate: Decimal | None) -> str:
    return f"{(rate * HUNDRED).normalize():f}" if rate is not None else ""
