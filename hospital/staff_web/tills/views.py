"""The daily settlement: a cashier's own till, its count and signature, earlier ones, the second count (F46, N16)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import get_staff_names
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.patients.api import list_people
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import CLOSING
from hospital.staff_web.papers import paper_language, paper_response
from hospital.staff_web.tills.files import entries_file
from hospital.staff_web.tills.sums import find_receipts, name_channels, name_classes, name_payers
from hospital.staff_web.tills.words import CAUSES, STATES, TILLS
from hospital.tills.api import (
    DENOMINATIONS,
    check_closing,
    close_till,
    get_closing,
    list_closings,
    list_entries,
    post_closing,
    read_open_till,
    sum_closings,
)
from hospital.tills.errors import CashNotCounted
from hospital.tills.types import Cause, ClosingInfo, ClosingState, Entry, Summary, TillKind
from hospital.workflows.print_settlement import print_settlement

keeper = desk_view(Role.CASHIER, Role.FINANCE)
cashier = desk_view(Role.CASHIER)
finance = desk_view(Role.FINANCE)


def frame(actor: Actor, **more: Any) -> dict[str, Any]:
    """What every page of this desk shows: the settlements of the campus."""
    closings = list_closings(actor=actor)
    names = name_closers(closings)
    return {
        "desk_code": CLOSING.code,
        "closings": [(each, TILLS[each.kind], STATES[each.state], names[each.id]) for each in closings],
        "is_cashier": actor.has_role(Role.CASHIER),
        "is_finance": actor.has_role(Role.FINANCE),
        **more,
    }


def name_closers(closings: Iterable[ClosingInfo]) -> dict[UUID, BilingualText]:
    """Who signed each settlement, in both languages; a machine's till was closed by the product. One statement."""
    signed = [each for each in closings if each.kind is TillKind.CASHIER]
    names = get_staff_names(user_ids=[UUID(each.closed_by_id) for each in signed])
    own = {each.id: names[UUID(each.closed_by_id)] for each in signed if UUID(each.closed_by_id) in names}
    return {each.id: own.get(each.id, BilingualText(each.closed_by, each.closed_by)) for each in closings}


def _sums(summary: Summary, entries: list[Entry], actor: Actor, now: datetime) -> dict[str, Any]:
    people = list_people(actor=actor, person_ids={entry.person_id for entry in entries}, now=now)
    return {
        "summary": summary,
        "channels": name_channels(summary),
        "classes": name_classes(summary),
        "payers": name_payers(summary),
        "receipts": find_receipts(entries),
        "entries": [(entry, people.get(entry.person_id)) for entry in entries],
    }


@require_GET
@keeper
def desk(request: HttpRequest) -> HttpResponse:
    """The cashier's till as it would be closed now; whoever keeps no till sees the list."""
    actor = actor_of(request)
    if not actor.has_role(Role.CASHIER):
        return render(request, "staff_web/tills/list.html", frame(actor))
    return _show_till(request, actor)


def _show_till(request: HttpRequest, actor: Actor, *, refusal: Refusal | None = None) -> HttpResponse:
    now = timezone.now()
    till = read_open_till(campus_code=actor.campus_code, kind=TillKind.CASHIER, holder=actor.id, now=now)
    context = frame(
        actor,
        till=till,
        refusal=refusal,
        pieces=[(each, request.POST.get(f"count_{each}", "")) for each in DENOMINATIONS],
        causes=CAUSES.items(),
        cause=request.POST.get("cause", ""),
        explanation=request.POST.get("explanation", ""),
        float_kept=request.POST.get("float_kept", "" if till.float_begun is None else str(till.float_begun)),
        bag_number=request.POST.get("bag_number", ""),
        expected_entries=len(till.entries),
        now=now,
        **_sums(till.summary, list(till.entries), actor, now),
    )
    return render(request, "staff_web/tills/till.html", context, status=refusal.status if refusal else 200)


@require_POST
@cashier
def sign(request: HttpRequest) -> HttpResponse:
    """Closes the cashier's own till; what stands in the way comes back with what was typed."""
    actor, now = actor_of(request), timezone.now()
    try:
        closing = close_till(
            expected_entries=_read_number(request.POST.get("expected_entries", "")),
            counts=_read_counts(request),
            cause=_read_cause(request.POST.get("cause", "")),
            explanation=request.POST.get("explanation", ""),
            float_kept=_read_amount(request.POST.get("float_kept", "")),
            bag_number=request.POST.get("bag_number", ""),
            actor=actor,
            now=now,
        )
    except Refusal as refusal:
        return _show_till(request, actor, refusal=refusal)
    messages.success(request, _("Settlement %(number)s is signed.") % {"number": closing.number})
    return redirect("staff:closing", closing_id=closing.id)


def _read_counts(request: HttpRequest) -> dict[str, int]:
    return {str(each): _read_number(request.POST.get(f"count_{each}", "")) for each in DENOMINATIONS}


def _read_number(typed: str) -> int:
    text = typed.strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise CashNotCounted
    return int(text)


def _read_amount(typed: str) -> Decimal | None:
    text = typed.strip()
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CashNotCounted from None


def _read_cause(code: str) -> Cause | None:
    return Cause(code) if code in set(Cause) else None


@require_GET
@keeper
def closing(request: HttpRequest, closing_id: UUID) -> HttpResponse:
    """One settlement, as it was signed."""
    return _show_closing(request, get_closing(closing_id=closing_id, actor=actor_of(request)))


def _show_closing(request: HttpRequest, found: ClosingInfo, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    entries = list_entries(closing_ids=[found.id])
    context = frame(
        actor,
        closing=found,
        closing_name=name_closers([found])[found.id],
        current=str(found.id),
        name=TILLS[found.kind],
        word=STATES[found.state],
        cause=CAUSES[found.cause] if found.cause else "",
        pieces=[
            (each, found.counts[str(each)], each * found.counts[str(each)])
            for each in DENOMINATIONS
            if str(each) in found.counts
        ],
        refusal=refusal,
        prints=[{"name": _("Daily settlement"), "sub": "A4", "href": reverse("staff:closing_paper", args=[found.id])}],
        can_check=_can_check(found, actor),
        can_post=actor.has_role(Role.FINANCE) and _is_ready_for_ledger(found),
        **_sums(sum_closings(closing_ids=[found.id]), entries, actor, now),
    )
    return render(request, "staff_web/tills/closing.html", context, status=refusal.status if refusal else 200)


def _list_pieces(found: ClosingInfo) -> list[tuple[Decimal, int, Decimal]]:
    counts = [(each, found.counts.get(str(each), 0)) for each in DENOMINATIONS]
    return [(each, number, each * number) for each, number in counts if number]


def _can_check(found: ClosingInfo, actor: Actor) -> bool:
    is_waiting = found.state is ClosingState.SIGNED and found.kind is TillKind.CASHIER
    return is_waiting and actor.has_role(Role.CASHIER) and found.closed_by_id != actor.id


def _is_ready_for_ledger(found: ClosingInfo) -> bool:
    is_machine = found.kind is not TillKind.CASHIER
    return found.state is ClosingState.CHECKED or (is_machine and found.state is ClosingState.SIGNED)


@require_POST
@cashier
def check(request: HttpRequest, closing_id: UUID) -> HttpResponse:
    """A second cashier counted again."""
    actor = actor_of(request)
    try:
        check_closing(closing_id=closing_id, actor=actor, now=timezone.now())
    except Refusal as refusal:
        return _show_closing(request, get_closing(closing_id=closing_id, actor=actor), refusal=refusal)
    return redirect("staff:closing", closing_id=closing_id)


@require_POST
@finance
def post(request: HttpRequest, closing_id: UUID) -> HttpResponse:
    """The finance office takes it into its ledger."""
    actor = actor_of(request)
    try:
        post_closing(closing_id=closing_id, actor=actor, now=timezone.now())
    except Refusal as refusal:
        return _show_closing(request, get_closing(closing_id=closing_id, actor=actor), refusal=refusal)
    return redirect("staff:closing", closing_id=closing_id)


@require_GET
@keeper
def export(request: HttpRequest, closing_id: UUID, form: str = "csv") -> HttpResponse:
    """The entries of one settlement as a file."""
    found = get_closing(closing_id=closing_id, actor=actor_of(request))
    entries = list_entries(closing_ids=[found.id])
    return entries_file(found.number, [(found, entry) for entry in entries], form=form)


@require_GET
@keeper
def paper(request: HttpRequest, closing_id: UUID) -> HttpResponse:
    """Prints one settlement."""
    printed = print_settlement(
        closing_id=closing_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(printed)
