"""Receipt numbers of a day as ranges: none is left out, none is made up (brief §2, 日结)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.workflows.settlement_receipts import RANGE, join_ranges

pytestmark = pytest.mark.requirement("F48", "N16")


@given(st.sets(st.integers(0, 300)))
def test_ranges_hold_exactly_the_numbers_they_came_from(numbers: set[int]) -> None:
    found: list[int] = []
    ranges = join_ranges(sorted(f"{number:08}" for number in numbers))
    assert len(ranges) == sum(1 for number in numbers if number - 1 not in numbers)
    for each in ranges:
        first, _dash, last = each.partition(RANGE)
        found.extend(range(int(first), int(last or first) + 1))
    assert found == sorted(numbers)


def test_letters_and_lengths_part_ranges() -> None:
    assert join_ranges(["A0009", "A0010", "B0011", "9", "10"]) == (f"A0009{RANGE}A0010", "B0011", "9", "10")
    assert join_ranges([]) == ()
