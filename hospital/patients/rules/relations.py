"""Who may act for whom, by age and relation (A03; domain brief 8; PIPL, articles 28 and 31)."""

from datetime import date
from enum import StrEnum
from typing import Final

CONSENT_AGE: Final = 14  # below it a guardian consents
FULL_AGE: Final = 18


class Relation(StrEnum):
    """What the person is to the account."""

    SELF = "SELF"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    PARENT = "PARENT"
    OTHER = "OTHER"


# A person under age needs somebody of full age: not oneself, and nobody's spouse or parent is a child.
_OF_MINORS: Final = frozenset({Relation.CHILD, Relation.OTHER})


def age_on(born_on: date, on: date) -> int:
    """Completed calendar years; who was born on 29 February has the birthday on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_minor(born_on: date, *, on: date) -> bool:
    """Under 18."""
    return age_on(born_on, on) < FULL_AGE


def needs_guardian_consent(born_on: date, *, on: date) -> bool:
    """Under 14: personal data are taken with a guardian's consent alone."""
    return age_on(born_on, on) < CONSENT_AGE


def is_relation_possible(relation: Relation, born_on: date, *, on: date) -> bool:
    """Whether a person of this age can stand in this relation to an account's owner."""
    return relation in _OF_MINORS or not is_minor(born_on, on=on)


def are_records_open(relation: Relation, born_on: date, *, proved_on: date | None, on: date) -> bool:
    """Whether the account may read reports: of oneself, of a minor, and of an adult who agreed as an adult.

    A child's records close on the eighteenth birthday until the child, now of age, agrees.
    """
    if relation is Relation.SELF or is_minor(born_on, on=on):
        return True
    return proved_on is not None and not is_minor(born_on, on=proved_on)
