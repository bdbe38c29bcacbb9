"""Contracts with commercial insurers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from hospital.audit.api import acting, record_act
from hospital.billing.errors import ContractEndsWrong, ContractNotUsable, ContractOverlaps, ContractUnknown
from hospital.billing.models import InsurerContract
from hospital.billing.rules.tills import require_contract_office
from hospital.billing.types import Contract
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText


def add_contract(
    *,
    code: str,
    name: BilingualText,
    terms: Contract,
    valid_from: date,
    actor: Actor,
    now: datetime,
    valid_to: date | None = None,
    copayment: Decimal | None = None,
    campuses: Iterable[str] = (),
) -> UUID:
    """Writes a contract down; `valid_to` is its last day, no campus stands for all.

    Refuses `NotContractOffice`, `ContractNotUsable` (no name, a discount or a patient's part above the whole price, an
    end before the start) and `ContractOverlaps` (the insurer has another one in these days).
    """
    require_contract_office(actor)
    is_named = code.strip() and name.zh.strip() and name.en.strip()
    if not is_named or not _is_fraction(terms.discount) or not _is_fraction(copayment) or copayment == 0:
        raise ContractNotUsable
    if valid_to is not None and valid_to < valid_from:
        raise ContractNotUsable
    conflicts = {"insurer_contract_once": ContractOverlaps(), "insurer_contract_one_at_a_time": ContractOverlaps()}
    with acting(actor=actor), refusing(conflicts):
        row = InsurerContract.objects.create(
            code=code.strip(),
            name_zh=name.zh.strip(),
            name_en=name.en.strip(),
            discount=terms.discount,
            is_surcharge_excluded=terms.is_surcharge_excluded,
            exempt_items_listed=sorted(terms.exempt_items_listed),
            copayment=copayment,
            campuses=sorted(set(campuses)),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        _trace("billing.add_contract", row, actor=actor, now=now)
    return row.id


def end_contract(*, contract_id: UUID, last_day: date, reason: str, actor: Actor, now: datetime) -> None:
    """Ends a contract after `last_day`, which is today or later and before the end that was agreed.

    What was settled keeps its amounts, a quote in hand its split. Refuses `NotContractOffice`, `ContractUnknown`,
    `ContractEndsWrong`.
    """
    require_contract_office(actor)
    mine = InsurerContract.objects.filter(id=contract_id)
    with acting(actor=actor):
        row = mine.select_for_update().first()
        if row is None:
            raise ContractUnknown
        is_open = Q(valid_to=None) | Q(valid_to__gt=last_day)
        if last_day < local_day(now) or not mine.filter(is_open, valid_from__lte=last_day).update(valid_to=last_day):
            raise ContractEndsWrong
        row.refresh_from_db()
        _trace("billing.end_contract", row, actor=actor, now=now, reason=reason.strip()[:200])


def _is_fraction(rate: Decimal | None) -> bool:
    return rate is None or (rate.is_finite() and 0 <= rate <= 1)


def _trace(action: str, row: InsurerContract, *, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="insurer_contract",
        subject_id=str(row.id),
        now=now,
        reason=reason,
        details={
            "code": row.code,
            "name": row.name_en,
            "discount": str(row.discount),
            "copayment": str(row.copayment),
            "from": str(row.valid_from),
            "to": str(row.valid_to),
        },
    )
