"""Drafting what decides about an item beside its price: flags, additions, mapping, class, insurance (B40-B44)."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hospital.catalog.api import draft_facts, get_item_sheet, search_items
from hospital.catalog.errors import (
    AdditionNotAllowed,
    MappingMisplaced,
    RuleStartsInPast,
    UnknownItem,
)
from hospital.catalog.types import CatalogKind, ColumnChanges, ColumnValue, ItemSheet
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.fact_forms import FactsForm, start_with_facts
from hospital.staff_web.catalog.frame import office, show
from hospital.staff_web.catalog.words import COLUMN_NAMES, COLUMN_VALUES, KINDS, NO, YES

_FIELDS: dict[type[Refusal], str] = {
    RuleStartsInPast: "valid_from",
    UnknownItem: "price_item",
    MappingMisplaced: "price_item",
    AdditionNotAllowed: "child_percent",
}


@require_http_methods(["GET", "POST"])
@office
def facts(request: HttpRequest, code: str) -> HttpResponse:
    """The facts of one item; a POST sends what differs to the checker, or takes a price-bureau item that was found."""
    now = timezone.now()
    sheet = get_item_sheet(code=code, now=now)
    kind = sheet.card.kind
    if request.method != "POST":
        start = start_with_facts(sheet.facts) | {"valid_from": timezone.localdate(now)}
        return _page(request, sheet, FactsForm(initial=start, kind=kind))
    if "take" in request.POST:
        typed = request.POST.copy()
        typed["price_item"] = request.POST["take"]
        return _page(request, sheet, FactsForm(typed, kind=kind))
    form = FactsForm(request.POST, kind=kind)
    if form.is_valid() and _send(request, sheet, form, now):
        messages.success(request, _("Sent to the checker. It charges nobody before it is approved."))
        return redirect("staff:catalog_item", code=code)
    return _page(request, sheet, form, status=422)


def _send(request: HttpRequest, sheet: ItemSheet, form: FactsForm, now: datetime) -> bool:
    try:
        draft_facts(
            code=sheet.card.code,
            facts=form.to_facts(sheet.facts),
            valid_from=form.start(now),
            actor=actor_of(request),
            now=now,
            document_no=form.cleaned_data["document_no"],
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        field = _FIELDS.get(type(refusal))
        form.add_error(field if field in form.fields else None, refusal.message)
        return False
    return True


def _page(request: HttpRequest, sheet: ItemSheet, form: FactsForm, *, status: int = 200) -> HttpResponse:
    return show(
        request, "facts", tab="items", status=status, sheet=sheet, card=sheet.card, kind=KINDS[sheet.card.kind],
        form=form,
    )  # fmt: skip


@require_GET
@office
def find(request: HttpRequest) -> HttpResponse:
    """Items by Chinese, pinyin initials, English or code, as options of a form: `for` says which."""
    text, purpose = request.GET.get("q", "").strip(), request.GET.get("for", "")
    kinds = [CatalogKind.PRICE_ITEM] if purpose == "mapping" else []
    hits = search_items(text=text, kinds=kinds, now=timezone.now(), limit=8) if text else []
    return render(
        request,
        "staff_web/catalog/_found.html",
        {
            "hits": [(each, KINDS[each.kind]) for each in hits],
            "name": "take" if purpose == "mapping" else "add",
            "text": text,
        },
    )


def speak_changes(changes: ColumnChanges) -> list[tuple[Promise | str, str, str]]:
    """What each column is called, what it was and what it becomes."""
    return [
        (COLUMN_NAMES.get(name, name), speak_value(name, before), speak_value(name, after))
        for name, (before, after) in changes.items()
    ]


def speak_value(name: str, value: ColumnValue) -> str:
    """A column's value in words."""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if value in (None, ""):
        return "—"
    words = COLUMN_VALUES.get(name)
    return str(value) if words is None else str(words.get(str(value), value))
