"""Choices of a column from the values of an enumeration."""

from enum import StrEnum


def choices_of(values: type[StrEnum]) -> list[tuple[str, str]]:
    """Value and label of each member; labels are translated where they are shown."""
    return [(value.value, value.value) for value in values]
