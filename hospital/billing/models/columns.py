"""Columns of money, quantities and codes."""

from decimal import Decimal
from enum import StrEnum

from django.db import models


def money_column() -> "models.DecimalField[Decimal, Decimal]":
    """CNY, two places; zero until something is known."""
    return models.DecimalField(max_digits=14, decimal_places=2, default=Decimal("0.00"))


def unit_price_column() -> "models.DecimalField[Decimal, Decimal]":
    """CNY per unit, up to four places."""
    return models.DecimalField(max_digits=14, decimal_places=4)


def quantity_column() -> "models.DecimalField[Decimal, Decimal]":
    """A quantity with four places."""
    return models.DecimalField(max_digits=12, decimal_places=4)


def code_column(values: type[StrEnum], *, length: int = 20) -> "models.CharField[str, str]":
    """One of an enumeration's values."""
    return models.CharField(max_length=length, choices=[(value.value, value.value) for value in values])
