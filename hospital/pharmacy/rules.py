"""Pure rules of the pharmacy (domain brief 4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from hospital.catalog.types import ItemCard, PrescriptionClass
from hospital.pharmacy.types import BatchOffer, BatchPick

_DOUBLE_CONTROL = frozenset({PrescriptionClass.NARCOTIC, PrescriptionClass.PSYCHOTROPIC_1})
GOOD_FOR_AT_MOST = timedelta(days=3)  # counted with the day of issue
SOON = timedelta(days=90)


def is_controlled(drug: ItemCard) -> bool:
    """Whether a drug is under double control: narcotic, or psychotropic of the first class."""
    return drug.drug is not None and drug.drug.prescription_class in _DOUBLE_CONTROL


def last_valid_day(issued_on: date) -> date:
    """The last day to which a doctor may extend a prescription."""
    return issued_on + GOOD_FOR_AT_MOST - timedelta(days=1)


def needed_until(*, on: date, days: int) -> date:
    """The day on which the course ends that begins `on`: what is handed out must not expire before."""
    return on + timedelta(days=max(days, 1) - 1)


def choose_batches(*, wanted: Decimal, offers: Iterable[BatchOffer], good_until: date) -> tuple[BatchPick, ...]:
    """What to take from which batch: first expiring first, nothing that expires before `good_until`.

    Empty when all of it together is too little; else the quantities add up to `wanted`.
    """
    left = wanted
    picks = []
    for offer in sorted(offers, key=lambda offer: (offer.expires_on, str(offer.id))):
        if offer.expires_on < good_until or offer.on_hand <= 0 or left <= 0:
            continue
        taken = min(left, offer.on_hand)
        picks.append(BatchPick(offer.id, taken))
        left -= taken
    return tuple(picks) if left <= 0 else ()
