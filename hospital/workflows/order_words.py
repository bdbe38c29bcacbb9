"""What a patient reads of the orders of a visit: what they are, and how to prepare or take each."""

from collections.abc import Sequence
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.orders.api import Formula, explain_formula, word_formula
from hospital.orders.types import LineView, OrderView


def name_lines(lines: Sequence[LineView], *, orders: Sequence[OrderView]) -> tuple[BilingualText, ...]:
    """What was ordered; a decoction is one thing, whatever it is made of."""
    formulas = {order.id: order.formula for order in orders if order.formula}
    found: dict[UUID, BilingualText] = {}
    for line in lines:
        formula = formulas.get(line.order_id)
        found[line.order_id if formula else line.id] = _decoction_name(formula) if formula else line.name
    return tuple(found.values())


def tell_lines(lines: Sequence[LineView], *, orders: Sequence[OrderView]) -> tuple[BilingualText, ...]:
    """How to prepare, and how each drug is taken; of a decoction how it is decocted and taken, step by step."""
    decoctions = {order.id for order in orders if order.formula}
    usual = [line for line in lines if line.order_id not in decoctions]
    taken = [_instruction(line) for line in usual if line.preparation.zh or line.directions.zh]
    for order in orders:
        own = [line for line in lines if line.order_id == order.id]
        if order.formula and own:
            marked = [line.handling for line in own if line.handling]
            taken += [word_formula(order.formula), *explain_formula(formula=order.formula, handlings=marked)]
    return tuple(taken)


def _decoction_name(formula: Formula) -> BilingualText:
    several = "" if formula.doses == 1 else "s"
    return BilingualText(f"中药汤剂 {formula.doses} 剂", f"Herbal decoction, {formula.doses} packet{several}")


def _instruction(line: LineView) -> BilingualText:
    """How to prepare for a test, or how a drug is taken."""
    if not line.directions.zh:
        return line.preparation
    name, how = line.name, line.directions
    return BilingualText(f"{name.zh}：{how.zh}", f"{name.en or name.zh}: {how.en or how.zh}")
