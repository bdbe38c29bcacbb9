"""Contracts of made-up insurers, and the cards that some patients carry."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from demo.load.actors import loader
from demo.load.clock import local_date
from demo.load.rows import read_rows
from hospital.billing.api import add_contract
from hospital.billing.types import Contract
from hospital.kernel.types import BilingualText
from hospital.patients.api import add_insurance_card
from hospital.patients.models import Person
from hospital.patients.types import NewInsuranceCard

_AGREED_BEFORE: Final = timedelta(days=200)
_EVERY: Final = 5
_PLANS: Final = ("Gold", "Essential", "国际版")


def load_insurers(*, now: datetime) -> None:
    """Three contracts in force, and a card for every fifth patient."""
    rows = read_rows("insurer_contracts.csv")
    for row in rows:
        listed = row["exempt_items_listed"].split()
        add_contract(
            code=row["code"],
            name=BilingualText(row["name_zh"], row["name_en"]),
            terms=Contract(
                discount=Decimal(row["discount"]) if row["discount"] else None,
                is_surcharge_excluded=row["is_surcharge_excluded"] == "yes",
                exempt_items_listed=frozenset(listed),
            ),
            valid_from=local_date(now) - _AGREED_BEFORE,
            actor=loader(),
            now=now,
        )
    for place, person_id in enumerate(Person.objects.order_by("id").values_list("id", flat=True)[::_EVERY]):
        row = rows[place % len(rows)]
        add_insurance_card(
            person_id=person_id,
            card=NewInsuranceCard(
                insurer=row["name_en"],
                plan=_PLANS[place % len(_PLANS)],
                member_number=f"{row['code'][:2]}-{2210 + place}-{7031 + 17 * place}",
                valid_to=local_date(now) + timedelta(days=300),
            ),
            actor=loader(),
            now=now,
        )
