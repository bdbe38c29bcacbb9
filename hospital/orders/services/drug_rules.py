"""The tables that decision support reads, kept by pharmacists: interactions, limits of doses, cautions (D52)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import DatabaseError, models, transaction

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, Role
from hospital.orders.decoction_words import Handling
from hospital.orders.errors import BadDrugRule, WrongRole
from hospital.orders.models import DoseLimit, DrugCaution, DrugInteraction, PieceRule
from hospital.orders.safety import ingredient_of
from hospital.orders.vocabulary import DOSE_UNITS

INTERACTION, LIMIT, CAUTION, PIECE = "interaction", "limit", "caution", "piece"
_ROWS: Mapping[str, models.Manager[Any]] = {
    INTERACTION: DrugInteraction.objects,
    LIMIT: DoseLimit.objects,
    CAUTION: DrugCaution.objects,
    PIECE: PieceRule.objects,
}
_ABOVE_ALL = 10_000


@dataclass(frozen=True, slots=True)
class DrugRules:
    """Every rule, by drug."""

    interactions: list[DrugInteraction]
    limits: list[DoseLimit]
    cautions: list[DrugCaution]
    pieces: list[PieceRule]


def list_drug_rules(*, text: str = "") -> DrugRules:
    """The rules whose drug contains `text`. Four statements."""
    word = text.strip().lower()
    pairs = DrugInteraction.objects.filter(models.Q(first__contains=word) | models.Q(second__contains=word))
    return DrugRules(
        interactions=list(pairs.order_by("first", "second")),
        limits=list(DoseLimit.objects.filter(ingredient__contains=word).order_by("ingredient", "from_years")),
        cautions=list(
            DrugCaution.objects.filter(ingredient__contains=word).order_by("ingredient", "below_gfr", "from_week")
        ),
        pieces=list(PieceRule.objects.filter(ingredient__contains=word).order_by("ingredient")),
    )


def add_drug_rule(*, kind: str, facts: Mapping[str, str], actor: Actor, now: datetime) -> int:
    """Adds a rule from what was typed; it speaks from the next prescription on. Returns its number.

    Refuses `WrongRole` (pharmacists keep the tables), `BadDrugRule`.
    """
    _check_role(actor)
    read = _READERS.get(kind)
    if read is None:
        raise BadDrugRule
    try:
        columns = read(facts)
    except (InvalidOperation, ValueError) as wrong:
        raise BadDrugRule from wrong
    with acting(actor=actor):
        try:
            with transaction.atomic():
                row = _ROWS[kind].create(**columns)
        except DatabaseError as wrong:
            raise BadDrugRule from wrong
        _trace(kind=kind, number=row.pk, what="added", actor=actor, now=now)
        return int(row.pk)


def delete_drug_rule(*, kind: str, number: int, actor: Actor, now: datetime) -> None:
    """Takes a rule away; its versions stay in the audit trail. One that is gone is no error.

    Refuses `WrongRole`, `BadDrugRule` (no such kind).
    """
    _check_role(actor)
    rows = _ROWS.get(kind)
    if rows is None:
        raise BadDrugRule
    with acting(actor=actor):
        if rows.filter(pk=number).delete()[0]:
            _trace(kind=kind, number=number, what="deleted", actor=actor, now=now)


def _check_role(actor: Actor) -> None:
    if not actor.has_role(Role.PHARMACIST):
        raise WrongRole


def _trace(*, kind: str, number: int, what: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action="orders.change_rule",
        subject_kind=f"drug_{kind}",
        subject_id=str(number),
        now=now,
        details={"what": what},
    )


def _read_interaction(facts: Mapping[str, str]) -> dict[str, Any]:
    first, second = sorted((_drug(facts, "first"), _drug(facts, "second")))
    return {"first": first, "second": second, **_words(facts)}


def _read_limit(facts: Mapping[str, str]) -> dict[str, Any]:
    unit = facts.get("unit", "")
    most = Decimal(facts.get("most", "").strip() or "nan")
    if unit not in DOSE_UNITS or not most.is_finite() or most <= 0:
        raise BadDrugRule
    return {
        "ingredient": _drug(facts, "ingredient"),
        "most": most,
        "unit": unit,
        "from_years": _whole(facts, "from_years", 0),
        "to_years": _whole(facts, "to_years", 200),
        "is_per_kg": facts.get("per_kg", "") == "1",
    }


def _read_caution(facts: Mapping[str, str]) -> dict[str, Any]:
    below = facts.get("below_gfr", "").strip()
    return {
        "ingredient": _drug(facts, "ingredient"),
        "from_week": _whole(facts, "from_week", 0),
        "to_week": _whole(facts, "to_week", 43),
        "below_gfr": _whole(facts, "below_gfr", 0) if below else None,
        **_words(facts),
    }


def _read_piece(facts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "ingredient": _drug(facts, "ingredient"),
        "handling": Handling(facts.get("handling", "")),
        "is_toxic": facts.get("toxic", "") == "1",
    }


_READERS: Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    INTERACTION: _read_interaction,
    LIMIT: _read_limit,
    CAUTION: _read_caution,
    PIECE: _read_piece,
}


def _drug(facts: Mapping[str, str], name: str) -> str:
    ingredient = ingredient_of(facts.get(name, ""))
    if not ingredient:
        raise BadDrugRule
    return ingredient[:200]


def _words(facts: Mapping[str, str]) -> dict[str, str]:
    zh, en = facts.get("text_zh", "").strip(), facts.get("text_en", "").strip()
    if not zh:
        raise BadDrugRule
    return {"text_zh": zh[:200], "text_en": en[:300]}


def _whole(facts: Mapping[str, str], name: str, usual: int) -> int:
    number = int(facts.get(name, "").strip() or usual)
    if not 0 <= number < _ABOVE_ALL:
        raise BadDrugRule
    return number
