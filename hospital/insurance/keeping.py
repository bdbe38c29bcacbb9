"""Transaction after transaction with the bureau until a claim is what is wanted of it, or an answer is outstanding."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hospital.audit.api import acting, record_act
from hospital.insurance.models import NationalClaim
from hospital.insurance.ports import (
    BureauRejected,
    BureauShares,
    BureauUnavailable,
    KnownClaim,
    Upload,
    UploadLine,
    insurance_bureau,
)
from hospital.insurance.rules import REACHED, next_step, wait_before
from hospital.insurance.states import CLAIM_TRANSITIONS, ClaimState, Step, Wanted
from hospital.kernel.actors import system_actor
from hospital.kernel.crypto import decrypt_field
from hospital.kernel.queue import defer_task

log = logging.getLogger(__name__)
SYSTEM = system_actor("insurance.keep_up")
INSURED_NUMBER = "insurance_nationalclaim.insured_number"
_MOST_STEPS = 8
_UNSETTLED = (ClaimState.UPLOADED, ClaimState.PRICED)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A transaction that is written down and about to be sent; `is_again`: it may have arrived before."""

    row: NationalClaim
    step: Step
    is_again: bool


def keep_up(*, number: str, now: datetime) -> None:
    """Takes step by step until the claim is what is wanted, the bureau refuses, or does not answer.

    May be repeated and called by several at once: the bureau knows each transaction by our number, and what was not
    answered is asked after before it is sent again. Must not be called inside a transaction.
    """
    for _ in range(_MOST_STEPS):
        asked = _plan(number, now)
        if asked is None or not _carry_out(asked, now):
            return


def ask_after(*, number: str, attempt: int, now: datetime) -> None:
    """A planned question about a transaction that was not answered; one that a newer one replaced does nothing."""
    if NationalClaim.objects.filter(number=number, attempts=attempt).exclude(asked_step="").exists():
        keep_up(number=number, now=now)


def _plan(number: str, now: datetime) -> _Asked | None:
    with transaction.atomic(durable=True), acting(actor=SYSTEM):
        row = NationalClaim.objects.select_for_update(of=("self",)).select_related("replaces").get(number=number)
        step = Step(row.asked_step) if row.asked_step else _next(row, now)
        if step is None:
            return None
        is_again = bool(row.asked_step)
        row.asked_step, row.attempts = step.value, row.attempts + 1
        row.asked_first_at = row.asked_first_at or now
        row.save(update_fields=["asked_step", "attempts", "asked_first_at"])
        defer_task(
            "insurance.ask_after",
            schedule_at=now + wait_before(asked_first_at=row.asked_first_at, now=now),
            number=number,
            attempt=row.attempts,
        )
        return _Asked(row, step, is_again)


def _next(row: NationalClaim, now: datetime) -> Step | None:
    """What is to be asked now; a claim that never left the house is called off without the bureau."""
    state, wanted = ClaimState(row.state), Wanted(row.wanted)
    if row.fault or (row.replaces is not None and row.replaces.state != ClaimState.CANCELLED):
        return None
    if state is ClaimState.NEW and wanted is Wanted.CANCELLED:
        _reach(row, ClaimState.CANCELLED, now)
        return None
    return next_step(state, wanted)


def _carry_out(asked: _Asked, now: datetime) -> bool:
    """Whether the step was taken."""
    try:
        shares = _exchange(asked)
        fault = ""
    except BureauRejected as refusal:
        shares, fault = None, refusal.fault[:200] or "refused"
    except BureauUnavailable as silence:
        log.warning("claim %s: %s: no answer: %s", asked.row.number, asked.step.value, silence)
        return False
    with transaction.atomic(durable=True), acting(actor=SYSTEM):
        row = NationalClaim.objects.select_for_update().get(id=asked.row.id)
        if row.asked_step != asked.step.value:
            return False
        row.asked_step, row.asked_first_at, row.fault = "", None, fault
        if shares is not None:
            row.fund, row.account, row.cash = shares.fund, shares.account, shares.cash
            row.bureau_number = shares.settlement or row.bureau_number
        row.save(update_fields=["asked_step", "asked_first_at", "fault", "fund", "account", "cash", "bureau_number"])
        if fault:
            _record(row, "insurance.refused", now, reason=fault)
            return False
        _reach(row, REACHED[asked.step], now)
    return True


def _reach(row: NationalClaim, state: ClaimState, now: datetime) -> None:
    CLAIM_TRANSITIONS.check(current=ClaimState(row.state), target=state)
    row.state = state.value
    row.save(update_fields=["state"])
    _record(row, f"insurance.{state.value.lower()}", now)
    if row.state != row.wanted:
        return
    following = NationalClaim.objects.filter(replaces=row).first()
    if following is not None:
        defer_task("insurance.keep_up", number=following.number)
    elif row.refund_id is not None:
        defer_task("workflows.send_insured_refund", refund_id=str(row.refund_id))


def _record(row: NationalClaim, action: str, now: datetime, *, reason: str = "") -> None:
    record_act(
        actor=SYSTEM,
        action=action,
        subject_kind="national_claim",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        reason=reason,
        details={"number": row.number, "fund": str(row.fund), "account": str(row.account), "cash": str(row.cash)},
    )


def _exchange(asked: _Asked) -> BureauShares | None:
    """The bureau's answer; what an unanswered transaction came to is asked first."""
    row, step = asked.row, asked.step
    if asked.is_again and step is not Step.PRE_SETTLE:
        known = insurance_bureau().find(row.number)
        if _has_happened(step, known):
            return _checked(row, known.shares) if known is not None and step is Step.SETTLE else None
    return _call(row, step)


def _has_happened(step: Step, known: KnownClaim | None) -> bool:
    state = known.state if known is not None else None
    match step:
        case Step.SETTLE:
            return state is ClaimState.SETTLED
        case Step.CANCEL_UPLOAD:
            return state in (None, ClaimState.CANCELLED)
        case _:
            return state in _UNSETTLED


def _call(row: NationalClaim, step: Step) -> BureauShares | None:
    bureau = insurance_bureau()
    match step:
        case Step.UPLOAD:
            bureau.upload(_upload_of(row))
        case Step.PRE_SETTLE:
            return _checked(row, bureau.pre_settle(row.number))
        case Step.SETTLE:
            return _checked(row, bureau.settle(row.number))
        case Step.CANCEL_SETTLEMENT:
            bureau.cancel_settlement(row.number, settlement=row.bureau_number)
        case Step.CANCEL_UPLOAD:
            bureau.cancel_upload(row.number)
    return None


def _checked(row: NationalClaim, shares: BureauShares | None) -> BureauShares:
    """An answer that does not make the base, or is not what was told before, is no answer: a person has to look."""
    if shares is None or shares.fund + shares.account + shares.cash != row.base:
        raise BureauUnavailable("the shares do not make what was uploaded")
    is_priced = row.state == ClaimState.PRICED
    if is_priced and (shares.fund, shares.account, shares.cash) != (row.fund, row.account, row.cash):
        raise BureauUnavailable("other shares than before")
    return shares


def _upload_of(row: NationalClaim) -> Upload:
    return Upload(
        number=row.number,
        insured_number=decrypt_field(row.insured_number, place=INSURED_NUMBER),
        lines=tuple(
            UploadLine(number=line.position, code=line.code, qty=line.qty, price=line.price, base=line.base)
            for line in row.lines.order_by("position")
        ),
        base=row.base,
    )
