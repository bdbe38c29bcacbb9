"""Reading receipts. Those that take an actor return only what that actor may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.kernel.actors import Actor, ActorKind
from hospital.patients.api import require_access
from hospital.patients.errors import UnknownPerson
from hospital.receipts.errors import (
    FiscalPlatformRefused,
    FiscalPlatformUnavailable,
    ReceiptNotIssued,
    ReceiptUnknown,
)
from hospital.receipts.models import FiscalReceipt, PaperReceipt
from hospital.receipts.ports import FiscalRejected, FiscalUnavailable, ReceiptCopy, fiscal_platform
from hospital.receipts.rules.contents import load_content
from hospital.receipts.rules.tills import require_cashier
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState
from hospital.receipts.types import PaperInfo, ReceiptInfo

_TROUBLED = Q(state=ReceiptState.FAILED) | Q(state=ReceiptState.SENT, attempts__gt=1) | Q(is_held_by_paper=True)


def list_receipts(*, settlement_ids: Iterable[UUID]) -> Mapping[UUID, tuple[ReceiptInfo, ...]]:
    """The receipts of these bills by bill, in the order in which they were asked for: blue, red, papers, and those
    that have no number. Two queries. The caller has checked access.

    A bill without a receipt yet has an empty tuple. For the daily settlement: numbers issued are those with `number`,
    red ones have kind RED, void papers stand in `papers`.
    """
    found: defaultdict[UUID, list[ReceiptInfo]] = defaultdict(list)
    wanted = list(settlement_ids)
    for info in _infos(FiscalReceipt.objects.filter(settlement_id__in=wanted).order_by("settlement_id", "turn")):
        found[info.settlement_id].append(info)
    return {settlement_id: tuple(found[settlement_id]) for settlement_id in wanted}


def list_receipts_issued(
    *, campus_code: str, issued_from: datetime, issued_to: datetime, actor: Actor
) -> tuple[ReceiptInfo, ...]:
    """Receipts of a campus that got their number in `[issued_from, issued_to)`, oldest first. Refuses `NotCashier`."""
    require_cashier(actor, campus_code)
    rows = FiscalReceipt.objects.filter(campus_id=campus_code, issued_at__gte=issued_from, issued_at__lt=issued_to)
    return tuple(_infos(rows.order_by("issued_at", "id")))


def find_receipts(
    *,
    campus_code: str,
    requested_from: datetime,
    requested_to: datetime,
    actor: Actor,
    text: str = "",
    is_troubled: bool = False,
    limit: int = 100,
) -> tuple[ReceiptInfo, ...]:
    """Receipts of a campus that were asked for in `[requested_from, requested_to)`, newest first.

    `text` is part of a receipt's, paper's or bill's number, of our number or of the payer's name, on whatever day.
    `is_troubled` narrows to those that a person has to look at, of all days. Refuses `NotCashier`.
    """
    require_cashier(actor, campus_code)
    rows = FiscalReceipt.objects.filter(campus_id=campus_code)
    if is_troubled:
        rows = rows.filter(_TROUBLED)
    elif not text.strip():
        rows = rows.filter(requested_at__gte=requested_from, requested_at__lt=requested_to)
    if text.strip():
        rows = rows.filter(_matches(text.strip()))
    return tuple(_infos(rows.order_by("-requested_at", "-turn")[:limit]))


def _matches(text: str) -> Q:
    with_paper = PaperReceipt.objects.filter(number__icontains=text).values("receipt_id")
    return (
        Q(number__icontains=text)
        | Q(business_number__icontains=text)
        | Q(settlement__number__icontains=text)
        | Q(content__payer_name__icontains=text)
        | Q(id__in=with_paper)
    )


def count_troubled_receipts(*, campus_code: str, actor: Actor) -> int:
    """How many receipts of a campus a person has to look at. Refuses `NotCashier`."""
    require_cashier(actor, campus_code)
    return FiscalReceipt.objects.filter(_TROUBLED, campus_id=campus_code).count()


def get_receipt(*, receipt_id: UUID, actor: Actor, now: datetime) -> ReceiptInfo:
    """One receipt whose payer the actor may see. Refuses `ReceiptUnknown`, for staff `NoCareRelation`."""
    return _info_of(_visible(receipt_id, actor, now))


def _visible(receipt_id: UUID, actor: Actor, now: datetime) -> FiscalReceipt:
    row = FiscalReceipt.objects.select_related("settlement").filter(id=receipt_id).first()
    if row is None:
        raise ReceiptUnknown
    try:
        require_access(actor=actor, person_id=row.person_id, now=now)
    except UnknownPerson as unknown:
        raise ReceiptUnknown from unknown
    if actor.kind is ActorKind.STAFF:
        require_cashier(actor, row.campus_id)
    return row


def find_receipt_in_force(*, settlement_id: UUID, actor: Actor, now: datetime) -> ReceiptInfo | None:
    """The receipt that speaks for a bill now; None while none is issued. The caller's person is checked.

    Refuses `ReceiptUnknown` where the actor may not see the payer.
    """
    row = FiscalReceipt.objects.filter(
        settlement_id=settlement_id, kind=ReceiptKind.BLUE, state=ReceiptState.ISSUED
    ).first()
    return get_receipt(receipt_id=row.id, actor=actor, now=now) if row else None


def fetch_legal_copy(*, receipt_id: UUID, actor: Actor, now: datetime) -> ReceiptCopy:
    """The legal Chinese receipt as the platform draws it. Asks the platform: not inside a transaction.

    Refuses like `get_receipt`, and with `ReceiptNotIssued`, `FiscalPlatformUnavailable`, `FiscalPlatformRefused`.
    """
    row = _visible(receipt_id, actor, now)
    if not row.copy_url:
        raise ReceiptNotIssued
    try:
        return fiscal_platform().fetch_copy(row.copy_url)
    except FiscalUnavailable as silence:
        raise FiscalPlatformUnavailable from silence
    except FiscalRejected as refusal:
        raise FiscalPlatformRefused(fault=refusal.fault) from refusal


def describe_receipt(receipt_id: UUID) -> ReceiptInfo:
    """One receipt, without an access check."""
    return _info_of(FiscalReceipt.objects.select_related("settlement").get(id=receipt_id))


def _info_of(row: FiscalReceipt) -> ReceiptInfo:
    return _describe(row, tuple(_paper(paper) for paper in row.papers.order_by("printed_at", "id")))


def _infos(rows: QuerySet[FiscalReceipt]) -> list[ReceiptInfo]:
    receipts = list(rows.select_related("settlement"))
    papers: defaultdict[UUID, list[PaperInfo]] = defaultdict(list)
    used = PaperReceipt.objects.filter(receipt_id__in=[row.id for row in receipts]).order_by("printed_at", "id")
    for paper in used:
        papers[paper.receipt_id].append(_paper(paper))
    return [_describe(row, tuple(papers[row.id])) for row in receipts]


def _describe(row: FiscalReceipt, papers: tuple[PaperInfo, ...]) -> ReceiptInfo:
    return ReceiptInfo(
        id=row.id,
        business_number=row.business_number,
        settlement_id=row.settlement_id,
        settlement_number=row.settlement.number,
        person_id=row.person_id,
        campus_code=row.campus_id,
        turn=row.turn,
        kind=ReceiptKind(row.kind),
        state=ReceiptState(row.state),
        batch=row.batch,
        number=row.number,
        check_code=row.check_code,
        amount=row.amount,
        reverses_id=row.reverses_id,
        reason=row.reason,
        requested_at=row.requested_at,
        issued_at=row.issued_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        fault=row.fault,
        is_held_by_paper=row.is_held_by_paper,
        content=load_content(row.content),
        papers=papers,
    )


def _paper(row: PaperReceipt) -> PaperInfo:
    return PaperInfo(
        id=row.id,
        receipt_id=row.receipt_id,
        batch=row.batch,
        number=row.number,
        state=PaperState(row.state),
        printed_by=row.printed_by_label,
        printed_at=row.printed_at,
        voided_by=row.voided_by_label,
        voided_at=row.voided_at,
        reason=row.reason,
    )
