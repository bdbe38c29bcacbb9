"""Fiscal receipts of the campus: what was issued, what is in trouble, what to do about it (F48)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.documents.api import DocumentKind
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.receipts.api import (
    confirm_paper,
    count_troubled_receipts,
    fetch_legal_copy,
    find_receipts,
    get_receipt,
    issue_again,
    keep_up,
    list_receipts,
    replace_receipt,
    swap_to_paper,
    take_paper_back,
)
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState
from hospital.receipts.types import ReceiptInfo
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.words import PAPERS, RECEIPTS
from hospital.staff_web.desks import RECEIPTS as RECEIPT_DESK
from hospital.staff_web.papers import paper_language, paper_response, paper_sheet, sheet_choices
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.print_fee_statement import start_of_day
from hospital.workflows.print_receipt import print_receipt_sheet

cashier = desk_view(Role.CASHIER)


def word_of(receipt: ReceiptInfo) -> StateWord:
    """What the state of a receipt is called: an issued red one is a reversal, a locked one is on paper."""
    if receipt.is_held_by_paper:
        return StateWord("warn", _("Paper must come back"), "undo")
    if receipt.kind is ReceiptKind.RED and receipt.state is ReceiptState.ISSUED:
        return StateWord("danger", _("Red reversal"), "undo")
    paper = receipt.paper
    if paper is not None and receipt.state is ReceiptState.ISSUED:
        return PAPERS[paper.state]
    return RECEIPTS[receipt.state]


def _list_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    actor = actor_of(request)
    today = timezone.localdate()
    on = parse_date(request.GET.get("on", "")) or today
    text, is_troubled = request.GET.get("q", "").strip()[:40], request.GET.get("show") == "troubled"
    found = find_receipts(
        campus_code=actor.campus_code,
        requested_from=start_of_day(on),
        requested_to=start_of_day(on + timedelta(days=1)),
        text=text,
        is_troubled=is_troubled,
        actor=actor,
    )
    return {
        "desk_code": RECEIPT_DESK.code,
        "rows": [(one, word_of(one)) for one in found],
        "on": on,
        "q": text,
        "is_troubled": is_troubled,
        "is_by_day": not text and not is_troubled,
        "troubled": count_troubled_receipts(campus_code=actor.campus_code, actor=actor),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today else None,
        "query": _query_of(on, today, text, is_troubled=is_troubled),
        **more,
    }


def _query_of(on: date, today: date, text: str, *, is_troubled: bool) -> str:
    """What keeps the list as it is when one of it is opened."""
    if is_troubled:
        return "?show=troubled"
    if text:
        return f"?q={text}"
    return "" if on == today else f"?on={on.isoformat()}"


@require_GET
@cashier
def desk(request: HttpRequest) -> HttpResponse:
    """The receipts of a day, of a search, or those that a person has to look at."""
    return render(request, "staff_web/cashier/receipts.html", _list_context(request))


@require_GET
@cashier
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt with all that belong to its bill."""
    return _show(request, receipt_id)


def _show(request: HttpRequest, receipt_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = get_receipt(receipt_id=receipt_id, actor=actor, now=now)
    family = list_receipts(settlement_ids=[found.settlement_id])[found.settlement_id]
    context = _list_context(
        request,
        patient=get_banner(actor=actor, person_id=found.person_id, now=now, has_alerts=False),
        current=str(receipt_id),
        receipt=found,
        word=word_of(found),
        family=[(one, word_of(one)) for one in family],
        papers=[(paper, PAPERS[paper.state]) for paper in found.papers],
        is_in_force=found.kind is ReceiptKind.BLUE and found.state is ReceiptState.ISSUED,
        is_waiting=found.state in (ReceiptState.REQUESTED, ReceiptState.SENT),
        is_out=found.paper is not None and found.paper.state is PaperState.PRINTED,
        prints=_prints(found),
        refusal=refusal,
        reason=request.POST.get("reason", ""),
    )
    return render(request, "staff_web/cashier/receipt.html", context, status=refusal.status if refusal else 200)


def _prints(found: ReceiptInfo) -> list[dict[str, Any]]:
    if not found.number or found.kind is ReceiptKind.RED:
        return []
    return [
        {
            "name": _("Translation sheet"),
            "sub": found.number,
            "href": reverse("staff:receipt_sheet", args=[found.id]),
            "sheets": sheet_choices(DocumentKind.RECEIPT_SHEET),
        }
    ]


@require_POST
@cashier
def act(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """What a cashier does with a receipt; a refusal comes back beside it, nothing having moved."""
    try:
        _act(request, receipt_id, timezone.now())
    except Refusal as refusal:
        return _show(request, receipt_id, refusal=refusal)
    return redirect("staff:receipt", receipt_id=receipt_id)


def _act(request: HttpRequest, receipt_id: UUID, now: datetime) -> None:
    actor, reason = actor_of(request), request.POST.get("reason", "")
    found = get_receipt(receipt_id=receipt_id, actor=actor, now=now)
    match request.POST.get("act"):
        case "again":
            told = issue_again(receipt_id=receipt_id, actor=actor, now=now)
            messages.info(request, str(RECEIPTS[told.state].text))
        case "ask":
            keep_up(settlement_id=found.settlement_id, now=now)
        case "replace":
            replace_receipt(receipt_id=receipt_id, reason=reason, actor=actor, now=now)
            messages.success(request, _("The receipt was sent for reversal; a new one follows by itself."))
        case "swap":
            _tell_paper(request, swap_to_paper(receipt_id=receipt_id, actor=actor, now=now))
        case "confirm" if found.paper:
            _tell_paper(request, confirm_paper(paper_id=found.paper.id, actor=actor, now=now))
        case "back" if found.paper:
            take_paper_back(paper_id=found.paper.id, reason=reason, actor=actor, now=now)
            messages.success(request, _("The paper is void. The electronic receipt counts again."))


def _tell_paper(request: HttpRequest, told: ReceiptInfo) -> None:
    paper = told.paper
    if paper is not None and paper.state is PaperState.PRINTED:
        text = _("Load blank %(number)s and print. The paper counts now; the electronic receipt is locked.")
        messages.success(request, text % {"number": paper.number})
    else:
        messages.warning(request, _("No answer yet. Do not hand out the paper before it is confirmed."))


@require_GET
@cashier
def sheet(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Prints the translation sheet."""
    paper = print_receipt_sheet(
        receipt_id=receipt_id,
        language=paper_language(request),
        sheet=paper_sheet(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)


@require_GET
@cashier
def legal_copy(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """The legal Chinese receipt, as the finance authority's platform draws it."""
    copy = fetch_legal_copy(receipt_id=receipt_id, actor=actor_of(request), now=timezone.now())
    response = HttpResponse(copy.body, content_type=copy.media_type)
    response["Content-Disposition"] = "inline"
    return response
