"""Claims at the bureau: opened, wanted otherwise, settled again after a refund (F46, F47, brief §1.3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.billing.api import find_settlement_of_claim
from hospital.billing.states import SettlementState
from hospital.catalog.api import get_pricing_settings
from hospital.catalog.types import InsuranceMode
from hospital.insurance.errors import ClaimUnknown, InsuredNumberMissing, NationalInsuranceOff, NothingToUpload
from hospital.insurance.keeping import INSURED_NUMBER, SYSTEM, keep_up
from hospital.insurance.models import NationalClaim, NationalClaimLine
from hospital.insurance.queries import claim_info_of
from hospital.insurance.states import ClaimState, Wanted
from hospital.insurance.types import ClaimInfo, ClaimLine
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.crypto import encrypt_field
from hospital.kernel.money import ZERO
from hospital.kernel.queue import defer_task

LIFETIME = timedelta(minutes=20)
"""Longer than a quote lives: a claim that nobody took for a bill by then is called off."""
LOOK_AGAIN = timedelta(minutes=10)


def open_claim(
    *, person_id: UUID, campus_code: str, insured_number: str, lines: Sequence[ClaimLine], actor: Actor, now: datetime
) -> ClaimInfo:
    """Writes a claim down that is to be priced; `keep_up` asks the bureau. Lines of 0.00 are left out.

    The same person's earlier claims at the campus that no bill took are called off. Refuses `NationalInsuranceOff`,
    `InsuredNumberMissing`, `NothingToUpload`.
    """
    if get_pricing_settings().intl_insurance_mode is InsuranceMode.NONE:
        raise NationalInsuranceOff
    number = "".join(insured_number.split())
    if not 0 < len(number) <= 40:
        raise InsuredNumberMissing
    wanted = [line for line in lines if line.base > 0]
    if not wanted:
        raise NothingToUpload
    with acting(actor=actor):
        _call_off_earlier(person_id, campus_code, actor, now)
        row = NationalClaim.objects.create(
            number=_next_number(now),
            person_id=person_id,
            campus_id=campus_code,
            insured_number=encrypt_field(number, place=INSURED_NUMBER),
            state=ClaimState.NEW,
            wanted=Wanted.PRICED,
            base=sum((line.base for line in wanted), ZERO),
            opened_at=now,
            opened_by=actor.id,
        )
        _write_lines(row, wanted)
        _record(row, "insurance.open_claim", actor, now)
        defer_task("insurance.end_claim", schedule_at=now + LIFETIME, number=row.number)
    return claim_info_of(row)


def _next_number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('insurance_claim_number'::regclass)")
        (value,) = cursor.fetchone()
    return f"N{local_day(now):%y%m%d}-{value:06d}"


def _write_lines(row: NationalClaim, lines: Sequence[ClaimLine]) -> None:
    NationalClaimLine.objects.bulk_create(
        NationalClaimLine(
            claim=row,
            charge_id=line.charge_id,
            position=position,
            code=line.code,
            qty=line.qty,
            price=line.price,
            base=line.base,
        )
        for position, line in enumerate(lines, start=1)
    )


def _record(row: NationalClaim, action: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="national_claim",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
        details={"number": row.number, "base": str(row.base)},
    )


def _call_off_earlier(person_id: UUID, campus_code: str, actor: Actor, now: datetime) -> None:
    for row in NationalClaim.objects.filter(
        person_id=person_id, campus_id=campus_code, wanted=Wanted.PRICED, replaces=None
    ).exclude(state=ClaimState.CANCELLED):
        settlement = find_settlement_of_claim(claim_number=row.number)
        if settlement is None or settlement.state is SettlementState.RELEASED:
            _want(row.number, Wanted.CANCELLED, actor, now)


def _want(number: str, wanted: Wanted, actor: Actor, now: datetime) -> None:
    """In the caller's transaction. A refusal of before does not stop another wish."""
    row = NationalClaim.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise ClaimUnknown
    if row.wanted in (wanted, Wanted.CANCELLED):
        return
    row.wanted, row.fault = wanted.value, ""
    row.save(update_fields=["wanted", "fault"])
    _record(row, f"insurance.want_{wanted.value.lower()}", actor, now)
    defer_task("insurance.keep_up", number=number)


def settle_claim(*, number: str, now: datetime) -> None:
    """The patient's part is in: the bureau is to pay its own. Refuses `ClaimUnknown`."""
    with acting(actor=SYSTEM):
        _want(number, Wanted.SETTLED, SYSTEM, now)
    keep_up(number=number, now=now)


def end_claim(*, number: str, now: datetime) -> None:
    """Calls a claim off that no bill took in time, or whose bill was given up; one being paid is looked at later."""
    settlement = find_settlement_of_claim(claim_number=number)
    if settlement is not None and settlement.state is SettlementState.SETTLED:
        return
    if settlement is not None and settlement.state is SettlementState.OPEN:
        defer_task("insurance.end_claim", schedule_at=now + LOOK_AGAIN, number=number)
        return
    with acting(actor=SYSTEM):
        _want(number, Wanted.CANCELLED, SYSTEM, now)
    keep_up(number=number, now=now)


def resettle_claim(
    *, number: str, kept: Sequence[ClaimLine], refund_id: UUID, actor: Actor, now: datetime
) -> ClaimInfo:
    """Cancels a claim and settles what is kept anew, for a refund; repeating it changes nothing (brief §1.6.11).

    Nothing kept: the claim is cancelled and that is all. Returns the claim whose end the refund waits for.
    """
    with acting(actor=actor):
        old = NationalClaim.objects.select_for_update().filter(number=number).first()
        if old is None:
            raise ClaimUnknown
        following = NationalClaim.objects.filter(refund_id=refund_id).first()
        if following is None:
            following = _follow(old, [line for line in kept if line.base > 0], refund_id, actor, now)
            _want(number, Wanted.CANCELLED, actor, now)
    keep_up(number=number, now=now)
    if following.id != old.id:
        keep_up(number=following.number, now=now)
    return claim_info_of(NationalClaim.objects.get(id=following.id))


def _follow(
    old: NationalClaim, kept: Sequence[ClaimLine], refund_id: UUID, actor: Actor, now: datetime
) -> NationalClaim:
    if not kept:
        NationalClaim.objects.filter(id=old.id).update(refund_id=refund_id)
        return old
    row = NationalClaim.objects.create(
        number=_next_number(now),
        person_id=old.person_id,
        campus_id=old.campus_id,
        replaces=old,
        refund_id=refund_id,
        insured_number=old.insured_number,
        state=ClaimState.NEW,
        wanted=Wanted.SETTLED,
        base=sum((line.base for line in kept), ZERO),
        opened_at=now,
        opened_by=actor.id,
    )
    _write_lines(row, kept)
    _record(row, "insurance.open_claim", actor, now)
    return row


def ask_again(*, number: str, actor: Actor, now: datetime) -> None:
    """A person sends again what the bureau refused."""
    with acting(actor=actor):
        row = NationalClaim.objects.select_for_update().filter(number=number).first()
        if row is None:
            raise ClaimUnknown
        if row.fault:
            row.fault = ""
            row.save(update_fields=["fault"])
            _record(row, "insurance.ask_again", actor, now)
    keep_up(number=number, now=now)
