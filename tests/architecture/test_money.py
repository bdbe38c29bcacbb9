"""Money is Decimal: no floating-point number comes near it."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import list_python, name_of, parse

MONEY = ("hospital/billing", "hospital/payments", "hospital/catalog")


def list_floats(tree: ast.AST) -> Iterator[int]:
    """Lines that write a floating-point number, name the type or a field of it."""
    for node in ast.walk(tree):
        is_number = isinstance(node, ast.Constant) and isinstance(node.value, float)
        is_name = isinstance(node, ast.Name) and node.id == "float"
        is_field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
        if is_number or is_name or is_field:
            yield node.lineno


def test_no_float_in_the_contexts_of_money() -> None:
    assert [name_of(path, line) for path in list_python(*MONEY) for line in list_floats(parse(path))] == []


@pytest.mark.parametrize("source", ["price = 1.5", "price = float(text)", "price = models.FloatField()"])
def test_a_float_is_seen(source: str) -> None:
    assert list(list_floats(ast.parse(source))) == [1]
