"""Pure rules of decoctions: how much of each piece, how long it lasts, what is out of bounds (domain brief 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import HANDLINGS, PACES, Formula, Handling
from hospital.orders.safety import AlertKind, SafetyAlert
from hospital.orders.types import DrugPack
from hospital.orders.vocabulary import Frequency, Route

MOST_DOSES = 99
MOST_PARTS = 6
MOST_ML = 1000
_DAYS_A_DOSE: Mapping[Frequency, Fraction] = {
    Frequency.QD: Fraction(1),
    Frequency.BID: Fraction(1, 2),
    Frequency.QOD: Fraction(2),
}


@dataclass(frozen=True, slots=True)
class KnownPiece:
    """What is kept of a piece: how it is usually handled, and whether it is toxic."""

    handling: Handling
    is_toxic: bool = False


def is_formula_sound(formula: Formula) -> bool:
    """Whether its numbers are within bounds and its pace is one of the list; what is drunk says how much."""
    if formula.is_internal and formula.ml is None:
        return False
    return (
        1 <= formula.doses <= MOST_DOSES
        and formula.pace in PACES
        and 1 <= formula.parts <= MOST_PARTS
        and (formula.ml is None or 1 <= formula.ml <= MOST_ML)
    )


def count_days(*, doses: int, pace: Frequency) -> int:
    """How many days so many packets last, the last day counted whole."""
    return -int(-(doses * _DAYS_A_DOSE[pace]) // 1)


def count_grams(*, grams: Decimal, doses: int, pack: DrugPack | None) -> Decimal | None:
    """What is charged and dispensed of a piece: grams of one packet × packets, in the unit it is sold in, exactly.

    None where it is not sold by weight.
    """
    if pack is None or pack.unit != "g" or pack.content != 1:
        return None
    return grams * doses


def route_of(formula: Formula) -> Route:
    """The route that the lines of a decoction keep."""
    return Route.PO if formula.is_internal else Route.TOP


def find_toxic(*, handling: Handling, known: KnownPiece | None) -> list[SafetyAlert]:
    """A toxic piece that is handled otherwise than it has to be."""
    if known is None or not known.is_toxic or handling is known.handling:
        return []
    right = HANDLINGS[known.handling]
    return [SafetyAlert(AlertKind.TOXIC, BilingualText(f"有毒饮片，须{right.zh}", f"A toxic piece: {right.en}"))]
