"""Drafting what a set is made of: parts found by search, quantities, and what the set would cost (B42)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hospital.billing.api import Supposed, WhatIfLine, suppose_order
from hospital.catalog.api import draft_parts, get_item_sheet, name_items
from hospital.catalog.errors import BadQuantity, RuleStartsInPast, UnknownItem
from hospital.catalog.types import CatalogKind, Component, ItemSheet, PartRow, ServiceLine, Trial, VisitType
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.forms import DraftForm
from hospital.staff_web.catalog.frame import office, show
from hospital.staff_web.catalog.words import KINDS

MOST_PARTS = 200


@require_http_methods(["GET", "POST"])
@office
def parts(request: HttpRequest, code: str) -> HttpResponse:
    """The parts of one set. A POST adds a part that was found, takes one off, or sends the list to the checker."""
    now = timezone.now()
    sheet = get_item_sheet(code=code, now=now)
    if sheet.card.kind is not CatalogKind.COMPOSITE:
        raise UnknownItem(item=code)
    if request.method != "POST":
        form = DraftForm(initial={"valid_from": timezone.localdate(now)})
        return _page(request, sheet, form, [(part.code, f"{part.qty.normalize():f}") for part in sheet.parts], now)
    typed = list(zip(request.POST.getlist("code"), request.POST.getlist("qty"), strict=False))[:MOST_PARTS]
    if "add" in request.POST or "drop" in request.POST:
        return _page(request, sheet, DraftForm(request.POST), _edit(request, typed), now)
    form = DraftForm(request.POST)
    if form.is_valid() and _send(request, code, form, typed, now):
        messages.success(request, _("Sent to the checker. It charges nobody before it is approved."))
        return redirect("staff:catalog_item", code=code)
    return _page(request, sheet, form, typed, now, status=422)


def _edit(request: HttpRequest, typed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if "add" in request.POST:
        return [*typed, (request.POST["add"], "1")]
    dropped = request.POST["drop"]
    return [pair for place, pair in enumerate(typed) if str(place) != dropped]


def _send(request: HttpRequest, code: str, form: DraftForm, typed: list[tuple[str, str]], now: datetime) -> bool:
    try:
        draft_parts(
            code=code,
            parts=_read(typed),
            valid_from=form.start(now),
            actor=actor_of(request),
            now=now,
            document_no=form.cleaned_data["document_no"],
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        form.add_error("valid_from" if isinstance(refusal, RuleStartsInPast) else None, refusal.message)
        return False
    return True


def _read(typed: Sequence[tuple[str, str]]) -> list[Component]:
    found = []
    for code, qty in typed:
        try:
            number = Decimal(qty.strip())
        except InvalidOperation:
            raise BadQuantity(qty=qty) from None
        found.append(Component(code, number))
    return found


def _page(
    request: HttpRequest,
    sheet: ItemSheet,
    form: DraftForm,
    typed: list[tuple[str, str]],
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    names = name_items(codes=[code for code, _qty in typed])
    rows = [
        {"code": code, "qty": qty, "name": names[code][0], "kind": KINDS[names[code][1]]}
        for code, qty in typed
        if code in names
    ]
    campus = actor_of(request).campus_code
    return show(
        request,
        "parts",
        tab="items",
        status=status,
        sheet=sheet,
        card=sheet.card,
        form=form,
        rows=rows,
        costs=_cost(sheet.card.code, typed, campus, now),
    )


def compare_parts(listed: Sequence[Component], present: Sequence[PartRow] | None) -> list[dict[str, Any]]:
    """The parts of a draft in order with what each is now, then those that fall away; without `present` the draft
    alone.
    """
    if not listed:
        return []
    names = name_items(codes=[part.code for part in listed])
    before = [] if present is None else list(present)
    rows = []
    for part in listed:
        old = next((each for each in before if each.code == part.code), None)
        if old is not None:
            before.remove(old)
        rows.append({"code": part.code, "name": names[part.code][0], "after": part.qty, "before": old and old.qty})
    return rows + [{"code": each.code, "name": each.name, "after": None, "before": each.qty} for each in before]


def _cost(code: str, typed: list[tuple[str, str]], campus: str, now: datetime) -> dict[str, Any]:
    try:
        trial = Trial(code=code, parts=tuple(_read(typed)))
    except Refusal:
        return {}
    return cost_set(trial=trial, campus=campus, now=now)


def cost_set(*, trial: Trial, campus: str, now: datetime) -> dict[str, Any]:
    """What an international outpatient pays for a set now and with the trial; empty where it cannot be priced."""
    supposed = Supposed(
        code=trial.code, qty=Decimal(1), service_line=ServiceLine.INTL, visit_type=VisitType.OP, campus_code=campus,
        at=now,
    )  # fmt: skip
    try:
        lines = suppose_order(supposed=supposed, now=now, trial=trial)
    except Refusal as refusal:
        return {"fault": refusal.message}
    return {"lines": lines, "after": _total(lines), "before": _total_now(supposed, now)}


def _total_now(supposed: Supposed, now: datetime) -> Decimal | None:
    try:
        return _total(suppose_order(supposed=supposed, now=now))
    except Refusal:
        return None


def _total(lines: Sequence[WhatIfLine]) -> Decimal:
    return sum((each.priced.total for each in lines), Decimal("0.00"))
