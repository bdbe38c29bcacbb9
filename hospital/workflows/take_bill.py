"""Every way of paying takes its bill here: at the window, in the app, at a machine (F46, brief §1.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hospital.audit.api import acting
from hospital.billing.api import list_lines_of_settlement, start_settlement
from hospital.billing.types import SettlementInfo
from hospital.catalog.types import ServiceLine
from hospital.consents.types import PriceAcceptance
from hospital.kernel.actors import Actor
from hospital.workflows.price_notice import accept_price_notice, require_price_consent


@dataclass(frozen=True, slots=True)
class AcceptedNotice:
    """A price notice that a payer accepts together with the payment."""

    service_line: ServiceLine
    acceptance: PriceAcceptance


def take_bill(
    *,
    quote_token: str,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
    accepted: Sequence[AcceptedNotice] = (),
) -> SettlementInfo:
    """Takes the quoted lines for one payer, if the patient was told of their surcharges; the money follows.

    The same key again returns the same settlement, and asks nothing again. What is `accepted` is written down first,
    in the same transaction. Refuses with `PriceNoticeNeeded`, `NoticeOutdated` and as `start_settlement`; nothing is
    taken then.
    """
    with acting(actor=actor):
        settlement = start_settlement(quote_token=quote_token, idempotency_key=idempotency_key, actor=actor, now=now)
        if settlement.started_at < now:
            return settlement
        for notice in accepted:
            accept_price_notice(
                person_id=settlement.person_id,
                campus_code=settlement.campus_code,
                service_line=notice.service_line,
                acceptance=notice.acceptance,
                actor=actor,
                now=now,
            )
        lines = list_lines_of_settlement(settlement_id=settlement.id)
        require_price_consent(person_id=settlement.person_id, lines=lines, now=now)
    return settlement
