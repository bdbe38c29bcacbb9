"""The national insurance pays the standard prices of a bill (F46, F47; domain brief §1.1, §1.3, §1.6.11).

Uploaded and priced at the bureau, then quoted; the patient's part is collected first, and only then is the bureau's
settled: what was collected can be given back, a settlement at the bureau without the patient's part would have to be
canceled. A refund cancels it and settles what is kept, then the difference goes back to the patient.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hospital.billing.api import get_refund, get_settlement, list_kept_bases, quote_bill, send_national_refund
from hospital.billing.errors import NotCashier
from hospital.billing.states import RefundState
from hospital.billing.types import BillQuote, NationalCover, Payer, RefundInfo
from hospital.catalog.api import get_pricing_settings
from hospital.catalog.types import InsuranceMode
from hospital.insurance.api import get_claim, get_last_claim, keep_up, open_claim, resettle_claim
from hospital.insurance.errors import ClaimNotPriced, NationalInsuranceOff
from hospital.insurance.states import ClaimState, Wanted
from hospital.insurance.types import ClaimInfo, ClaimLine
from hospital.kernel.actors import Actor, ActorKind, Role, system_actor
from hospital.kernel.money import ZERO

SYSTEM = system_actor("insure_nationally")


def ask_insurance(*, charge_ids: Sequence[UUID], insured_number: str, actor: Actor, now: datetime) -> ClaimInfo:
    """Uploads the standard prices of these lines and asks what the bureau pays; lines of 0.00 are left out.

    The claim is PRICED, or refused (`fault`), or waits for an answer that is asked after. Refusals: those of
    `quote_bill`, `NationalInsuranceOff`, `InsuredNumberMissing`, `NothingToUpload`.
    """
    if get_pricing_settings().intl_insurance_mode is InsuranceMode.NONE:
        raise NationalInsuranceOff
    quote = quote_bill(charge_ids=charge_ids, actor=actor, now=now)  # prices of today, before anything is uploaded
    claim = open_claim(
        person_id=quote.person_id,
        campus_code=quote.campus_code,
        insured_number=insured_number,
        lines=[
            ClaimLine(
                charge_id=line.id,
                code=line.item_code,
                qty=line.qty,
                price=line.standard_u,
                base=line.base,
            )
            for line in quote.lines
        ],
        actor=actor,
        now=now,
    )
    keep_up(number=claim.number, now=now)
    return get_claim(number=claim.number)


def quote_claim(*, number: str, charge_ids: Sequence[UUID], actor: Actor, now: datetime) -> BillQuote:
    """The quote of a bill of which the bureau pays what it said. Refuses `ClaimNotPriced` also for other lines.

    Refusals: those of `quote_bill`, `ClaimUnknown`.
    """
    claim = get_claim(number=number)
    is_priced = claim.state is ClaimState.PRICED and claim.wanted is Wanted.PRICED
    if not is_priced or not claim.charge_ids <= set(charge_ids):
        raise ClaimNotPriced
    cover = NationalCover(claim_number=number, fund=claim.fund, account=claim.account, cash=claim.cash)
    return quote_bill(charge_ids=charge_ids, cover=cover, actor=actor, now=now)


def resettle_refund(*, refund_id: UUID, actor: Actor, now: datetime) -> RefundInfo:
    """An approved refund of a bill that the national insurance shares: cancels there, settles what is kept, pays back.

    Where the bureau does not answer the refund goes on waiting, and on by itself. Again changes nothing. Refuses
    `RefundUnknown`, `NotCashier`.
    """
    refund = get_refund(refund_id=refund_id, actor=actor, now=now)
    if actor.kind is not ActorKind.SYSTEM and (Role.CASHIER, refund.campus_code) not in actor.grants:
        raise NotCashier
    if refund.payer is not Payer.NATIONAL or refund.state is not RefundState.WAITING or not refund.approved_by:
        return refund
    settlement = get_settlement(settlement_id=refund.settlement_id)
    last = get_last_claim(number=settlement.claim_number)
    if last.refund_id == refund_id:
        keep_up(number=last.number, now=now)
    else:
        kept = [
            ClaimLine(charge_id=each.charge_id, code=each.code, qty=each.qty, price=each.price, base=each.base)
            for each in list_kept_bases(settlement_id=settlement.id)
        ]
        resettle_claim(number=last.number, kept=kept, refund_id=refund_id, actor=actor, now=now)
    return send_insured_refund(refund_id=refund_id, now=now)


def send_insured_refund(*, refund_id: UUID, now: datetime) -> RefundInfo:
    """Sends the patient's part back once the bureau has settled what is kept; before that it changes nothing."""
    refund = get_refund(refund_id=refund_id, actor=SYSTEM, now=now)
    settlement = get_settlement(settlement_id=refund.settlement_id)
    claim = get_last_claim(number=settlement.claim_number)
    if claim.refund_id != refund_id or not claim.is_done:
        return refund
    is_settled = claim.state is ClaimState.SETTLED
    return send_national_refund(
        refund_id=refund_id,
        covered_left=claim.fund + claim.account if is_settled else ZERO,
        account_left=claim.account if is_settled else ZERO,
        now=now,
    )
