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

_IN_FORCE: Final = 3
_EVERY: Final = 5
_PLANS: Final = ("Gold", "Essential", "国际版")


def load_insurers(*, now: datetime) -> None:
    """Contracts in force, one that ended and one to come, and a card for every fifth patient."""
    rows = read_rows("insurer_contracts.csv")
    today = local_date(now)
    for row in rows:
        add_contract(
            code=row["code"],
            name=BilingualText(row["name_zh"], row["name_en"]),
            terms=Contract(
                discount=_rate(row["discount"]),
                is_surcharge_excluded=row["is_surcharge_excluded"] == "yes",
                exempt_items_listed=frozenset(row["exempt_items_listed"].split()),
            ),
            copayment=_rate(row["copayment"]),
            campuses=row["campuses"].split(),
            valid_from=today + timedelta(days=int(row["first_day"])),
            valid_to=today + timedelta(days=int(row["last_day"])) if row["last_day"] else None,
            actor=loader(),
            now=now,
        )
    rows = rows[:_IN_FORCE]
    for place, person_id in enumerate(Person.objects.order_by("id").values_list("id", flat=True)[::_EVERY]):
        row = rows[place % len(rows)]
        add_insurance_card(
            person_id=person_id,
            card=NewInsuranceCard(
                insurer=row["name_en"],
                plan=_PLANS[place % len(_PLANS)],
                member_number=f"{row['code'][:2]}-{2210 + place}-{7031 + 17 * place}",
                valid_to=today + timedelta(days=300),
            ),
            actor=loader(),
            now=now,
        )


def _rate(text: str) -> Decimal | None:
    return Decimal(text) if text else None
