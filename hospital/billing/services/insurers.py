"""Contracts with commercial insurers."""

from datetime import date, datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.errors import ContractNotUsable
from hospital.billing.models import InsurerContract
from hospital.billing.types import Contract
from hospital.kernel.actors import Actor
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
) -> UUID:
    """Writes a contract down; `valid_to` is its last day. Refuses `ContractNotUsable`: no name, a discount above the
    whole price, an end before the start, the same code and start again.
    """
    rate = terms.discount
    is_priced = rate is None or (rate.is_finite() and 0 <= rate <= 1)
    if not (code.strip() and name.zh.strip() and name.en.strip() and is_priced):
        raise ContractNotUsable
    if valid_to is not None and valid_to < valid_from:
        raise ContractNotUsable
    with acting(actor=actor), refusing({"insurer_contract_once": ContractNotUsable()}):
        row = InsurerContract.objects.create(
            code=code.strip(),
            name_zh=name.zh.strip(),
            name_en=name.en.strip(),
            discount=rate,
            is_surcharge_excluded=terms.is_surcharge_excluded,
            exempt_items_listed=sorted(terms.exempt_items_listed),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        record_act(
            actor=actor,
            action="billing.add_contract",
            subject_kind="insurer_contract",
            subject_id=str(row.id),
            now=now,
            details={"code": row.code, "name": row.name_en, "discount": str(rate)},
        )
    return row.id
