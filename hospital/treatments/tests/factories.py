"""A dressing that can be ordered, and plans for it."""

from decimal import Decimal

from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.kernel.types import BilingualText
from hospital.treatments.types import Plan
from hospital.treatments.vocabulary import Frequency, Laterality

DRESSING = "DRS"


def make_dressing() -> None:
    """A treatment of the catalog."""
    make_items(
        new_item(
            DRESSING,
            "20.00",
            fee_class=FeeClass.TREATMENT,
            name=BilingualText("换药（小）", "Dressing change, small"),
            service=ServiceFacts(category=ServiceCategory.TREATMENT),
        )
    )


def make_plan(**facts: object) -> Plan:
    """Three dressings of the left knee, once a day."""
    usual: dict[str, object] = {
        "site": "KNEE",
        "laterality": Laterality.LEFT,
        "frequency": Frequency.QD,
        "sessions": 3,
        "dose": Decimal(20),
        "dose_unit": "min",
    }
    return Plan(**(usual | facts))  # type: ignore[arg-type]
