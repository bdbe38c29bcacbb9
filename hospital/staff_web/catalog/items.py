"""The list of the five catalogs, one item whole, and new items."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.audit.api import list_versions
from hospital.billing.api import Supposed, quote_registration, speak_reasons, suppose_order
from hospital.billing.types import RegistrationFee
from hospital.catalog.api import (
    ItemFilter,
    create_item,
    draft_override,
    draft_price,
    edit_item,
    find_items,
    get_item_sheet,
)
from hospital.catalog.errors import CodeTaken, EnglishMissing, ItemChanged, RuleStartsInPast, UnknownItem
from hospital.catalog.types import CatalogKind, FeeClass, FoundItem, ItemSheet, ItemStatus, ServiceLine, VisitType
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.cashier.words import FEE_CLASSES
from hospital.staff_web.catalog.facts import speak_changes
from hospital.staff_web.catalog.forms import NewItemForm, OverrideForm, PriceForm, TextsForm
from hospital.staff_web.catalog.frame import midnight, name_people, office, scope_of, show
from hospital.staff_web.catalog.words import (
    CHANGES,
    ENGLISH,
    FLAGS,
    HEARD,
    KINDS,
    RULE_STATES,
    SCOPES,
    SEX_LIMITS,
    STATUSES,
)

# Columns of a version that follow from others, or say nothing to the price office.
_DERIVED = {"pinyin", "initials", "search_text", "version", "id", "created_at"}


def _choose(kind: Any, text: str) -> Any:
    return kind(text) if text in set(kind) else None


@require_GET
@office
def items(request: HttpRequest) -> HttpResponse:
    """Search, filters and pages. A search that is typed swaps the table alone."""
    now = timezone.now()
    asked = ItemFilter(
        text=request.GET.get("q", ""),
        kind=_choose(CatalogKind, request.GET.get("kind", "")),
        fee_class=_choose(FeeClass, request.GET.get("class", "")),
        status=_choose(ItemStatus, request.GET.get("status", "")),
        has_gap=request.GET.get("gap") == "1",
    )
    page = request.GET.get("page", "1")
    found = find_items(asked=asked, now=now, page=int(page) if page.isdecimal() else 1)
    campus = actor_of(request).campus_code
    fees = quote_registration(
        item_codes=[item.code for item in found.items],
        service_line=ServiceLine.INTL,
        campus_code=campus,
        visit_type=VisitType.OP,
        now=now,
    )
    kept = {key: value for key, value in request.GET.items() if key != "page" and value}
    name = "_rows" if getattr(request, "htmx", False) else "list"
    return show(
        request,
        name,
        tab="items",
        rows=[_row(item, fees.get(item.code)) for item in found.items],
        found=found,
        asked=asked,
        kept=urlencode(kept),
        kinds=KINDS.items(),
        classes=FEE_CLASSES.items(),
        statuses=STATUSES.items(),
    )


def _row(item: FoundItem, fee: RegistrationFee | None) -> dict[str, Any]:
    return {
        "item": item,
        "fee": fee,
        "fee_class": FEE_CLASSES[item.fee_class],
        "kind": KINDS[item.kind],
        "english": ENGLISH[item.translation_status],
        "state": _state_of(item),
    }


def _state_of(item: FoundItem) -> tuple[str, str]:
    if not item.is_active:
        return "plain", _("Not in use")
    if item.waiting:
        return "busy", _("With checker")
    if item.next_from is not None:
        return "wait", _("New price scheduled")
    if item.base_u is None and item.kind is not CatalogKind.COMPOSITE:
        return "danger", _("No price in force")
    return "ok", _("In force")


@require_http_methods(["GET", "POST"])
@office
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item. A POST saves its texts."""
    now = timezone.now()
    sheet = get_item_sheet(code=code, now=now)
    if request.method != "POST":
        return _page(request, sheet, now=now, texts=TextsForm(initial=_initial(sheet)))
    form = TextsForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, now=now, texts=form, status=422)
    try:
        edit_item(
            code=code,
            version=form.cleaned_data["version"],
            texts=form.to_texts(),
            actor=actor_of(request),
            now=now,
        )
    except EnglishMissing as refusal:
        form.add_error("name_en", refusal.message)
        return _page(request, sheet, now=now, texts=form, status=422)
    except ItemChanged as refusal:
        form.add_error(None, refusal.message)
        return _page(request, sheet, now=now, texts=form, status=409)
    messages.success(request, _("Saved."))
    return redirect("staff:catalog_item", code=code)


@require_POST
@office
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Drafts a new price, or a set's own ratio."""
    now = timezone.now()
    sheet = get_item_sheet(code=code, now=now)
    is_set = sheet.card.kind is CatalogKind.COMPOSITE
    form: PriceForm | OverrideForm = OverrideForm(request.POST) if is_set else PriceForm(request.POST)
    if form.is_valid():
        try:
            _draft(request, code, form, now)
        except Refusal as refusal:
            form.add_error("valid_from" if isinstance(refusal, RuleStartsInPast) else None, refusal.message)
        else:
            messages.success(request, _("Sent to the checker. It charges nobody before it is approved."))
            return redirect("staff:catalog_item", code=code)
    return _page(request, sheet, now=now, texts=TextsForm(initial=_initial(sheet)), change=form, status=422)


def _draft(request: HttpRequest, code: str, form: PriceForm | OverrideForm, now: datetime) -> None:
    data, actor = form.cleaned_data, actor_of(request)
    begin = form.start(now)
    if isinstance(form, OverrideForm):
        draft_override(
            code=code,
            ratio=form.ratio(),
            valid_from=begin,
            actor=actor,
            now=now,
            approval_no=data["document_no"],
            reason=data["reason"],
        )
    else:
        draft_price(
            code=code,
            base_u=data["base_u"],
            valid_from=begin,
            actor=actor,
            now=now,
            document_no=data["document_no"],
            reason=data["reason"],
        )


def _initial(sheet: ItemSheet) -> dict[str, Any]:
    card = sheet.card
    return {
        "name_zh": card.name.zh,
        "name_en": card.name.en,
        "translation_status": card.translation_status.value,
        "is_active": card.is_active,
        "version": sheet.version,
    }


def _page(
    request: HttpRequest,
    sheet: ItemSheet,
    *,
    now: datetime,
    texts: TextsForm,
    change: PriceForm | OverrideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_set = sheet.card.kind is CatalogKind.COMPOSITE
    if change is None:
        today = {"valid_from": timezone.localdate(now)}
        change = OverrideForm(initial=today) if is_set else PriceForm(initial=today)
    history = _list_history(sheet)
    people = name_people(
        [
            *(price.published_by for price in sheet.prices),
            *(each.maker for each in sheet.changes),
            *(each["by"] for each in history),
        ]
    )
    return show(
        request,
        "item",
        tab="items",
        status=status,
        sheet=sheet,
        card=sheet.card,
        kind=KINDS[sheet.card.kind],
        fee_class=FEE_CLASSES[sheet.card.fee_class],
        english=ENGLISH[sheet.card.translation_status],
        texts=texts,
        change=change,
        is_set=is_set,
        limit=SEX_LIMITS[sheet.facts.sex_limit] if sheet.facts.sex_limit else "",
        flags=_list_flags(sheet),
        resolved=_list_resolved(sheet, actor_of(request).campus_code, now),
        changes=[(each, CHANGES[each.kind], RULE_STATES[each.status]) for each in sheet.changes],
        kinds=KINDS,
        history=history,
        people=people,
        now=now,
    )


def _list_flags(sheet: ItemSheet) -> list[Promise]:
    """What holds of the item; that it is charged separately says something of a consumable only."""
    is_goods = sheet.card.kind is CatalogKind.CONSUMABLE
    return [
        name
        for flag, name in FLAGS.items()
        if getattr(sheet.facts.flags, flag) and (is_goods or flag != "charged_separately")
    ]


def _list_resolved(sheet: ItemSheet, campus: str, now: datetime) -> list[dict[str, Any]]:
    """What the item costs on the two lines with a surcharge, and every rule of the search."""
    found = []
    for line in (ServiceLine.INTL, ServiceLine.SPECIAL):
        supposed = Supposed(
            code=sheet.card.code, qty=Decimal(1), service_line=line, visit_type=VisitType.OP, campus_code=campus, at=now
        )
        try:
            lines = suppose_order(supposed=supposed, now=now)
        except Refusal:
            continue
        if lines:
            total = sum((each.priced.total for each in lines), Decimal(0))
            found.append({"line": line, "lines": [explain(each) for each in lines], "total": total})
    return found


def explain(each: Any) -> dict[str, Any]:
    """A supposed line in words."""
    return {
        "line": each,
        "why": speak_reasons(each.reasons, get_language() or "en"),
        "rules": [
            {
                "rule": heard.rule,
                "level": SCOPES[heard.rule.scope_kind],
                "scope": scope_of(heard.rule),
                "heard": HEARD[heard.heard],
                "wins": heard.heard == "WON",
            }
            for heard in each.rules
        ],
    }


def _list_history(sheet: ItemSheet) -> list[dict[str, Any]]:
    """The versions of the row, newest first, with the columns that changed."""
    versions = list_versions(table_name="catalog_catalogitem", row_id=str(sheet.card.id))
    return [
        {
            "at": version.at,
            "by": version.actor.rsplit(":", maxsplit=1)[-1],
            "is_first": not version.before,
            "changes": _differences(version.before or {}, version.after or {}) if version.before else [],
        }
        for version in reversed(versions)
    ]


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Promise | str, str, str]]:
    names = [name for name in after if name not in _DERIVED and before.get(name) != after.get(name)]
    return speak_changes({name: (before.get(name), after.get(name)) for name in names})


@require_http_methods(["GET", "POST"])
@office
def new_item(request: HttpRequest) -> HttpResponse:
    """A new row; its price goes to the checker."""
    now = timezone.now()
    form = NewItemForm(request.POST or None, initial={"valid_from": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            code = _enter(request, form, now)
        except Refusal as refusal:
            fields = {CodeTaken: "code", UnknownItem: "price_item", RuleStartsInPast: "valid_from"}
            form.add_error(fields.get(type(refusal)), refusal.message)
        else:
            messages.success(request, _("Entered. Its price went to the checker."))
            return redirect("staff:catalog_item", code=code)
    return show(request, "new_item", tab="items", form=form, status=422 if request.method == "POST" else 200)


def _enter(request: HttpRequest, form: NewItemForm, now: datetime) -> str:
    data, actor = form.cleaned_data, actor_of(request)
    with transaction.atomic():
        create_item(item=form.to_item(), actor=actor, now=now)
        is_today = data["valid_from"] == timezone.localdate(now)
        draft_price(
            code=data["code"],
            base_u=data["base_u"],
            valid_from=now if is_today else midnight(data["valid_from"]),
            actor=actor,
            now=now,
            document_no=data["document_no"],
        )
    return str(data["code"])
