"""Reads of claims."""

from collections.abc import Iterable

from django.db.models import F

from hospital.insurance.errors import ClaimUnknown
from hospital.insurance.models import NationalClaim
from hospital.insurance.states import ClaimState, Wanted
from hospital.insurance.types import ClaimInfo
from hospital.kernel.actors import Actor, Role


def get_claim(*, number: str) -> ClaimInfo:
    """One claim; the caller checks access to its person. Refuses `ClaimUnknown`."""
    row = NationalClaim.objects.filter(number=number).first()
    if row is None:
        raise ClaimUnknown
    return claim_info_of(row)


def get_last_claim(*, number: str) -> ClaimInfo:
    """The claim that stands for this one after refunds: the last that took its place. Refuses `ClaimUnknown`."""
    return list_chain(number=number)[-1]


def list_chain(*, number: str) -> list[ClaimInfo]:
    """A claim and those that took its place after refunds, in this order. Refuses `ClaimUnknown`."""
    chain = [get_claim(number=number)]
    while following := NationalClaim.objects.filter(replaces_id=chain[-1].id).first():
        chain.append(claim_info_of(following))
    return chain


def list_claims(*, numbers: Iterable[str]) -> dict[str, ClaimInfo]:
    """Claims by number; the caller checks access."""
    rows = NationalClaim.objects.filter(number__in=list(numbers)).prefetch_related("lines")
    return {row.number: claim_info_of(row) for row in rows}


def list_refused_claims(*, actor: Actor, limit: int = 100) -> list[ClaimInfo]:
    """What the bureau refused and nobody has sent again, of the campuses whose money the actor handles, oldest first.

    A claim that was only to be priced is none: who asked for its price was told.
    """
    rows = (
        NationalClaim.objects.filter(campus_id__in=actor.campuses_of(Role.CASHIER))
        .exclude(fault="")
        .exclude(wanted=Wanted.PRICED)
        .exclude(state=F("wanted"))
        .prefetch_related("lines")
    )
    return [claim_info_of(row) for row in rows.order_by("opened_at")[:limit]]


def claim_info_of(row: NationalClaim) -> ClaimInfo:
    """The claim as others see it."""
    return ClaimInfo(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        campus_code=row.campus_id,
        state=ClaimState(row.state),
        wanted=Wanted(row.wanted),
        base=row.base,
        fund=row.fund,
        account=row.account,
        cash=row.cash,
        bureau_number=row.bureau_number,
        fault=row.fault,
        is_waiting=bool(row.asked_step),
        opened_at=row.opened_at,
        refund_id=row.refund_id,
        charge_ids=frozenset(line.charge_id for line in row.lines.all()),
    )
