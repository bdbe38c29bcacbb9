"""Code 128: what the bars of a label say."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hospital.documents import barcodes
from hospital.documents.barcodes import draw_code128, list_symbols

pytestmark = pytest.mark.requirement("R56", "D53")


def test_the_published_example_has_its_check_symbol():
    assert list_symbols("PJJ123C")[-2:] == [55, 106]  # Code 128's own worked example


def test_a_specimen_number_goes_in_pairs_and_its_last_digit_alone():
    assert list_symbols("26112600017")[:-2] == [105, 26, 11, 26, 0, 1, 100, 23]


def test_every_symbol_has_its_own_eleven_modules():
    widths = barcodes._WIDTHS
    assert len(set(widths)) == 107
    assert {sum(map(int, each)) for each in widths[:-1]} == {11}
    assert all(sum(map(int, each[::2])) % 2 == 0 for each in widths[:-1])  # the bars: what a reader checks itself by


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=24))
def test_what_is_drawn_is_read_back(text):
    assert read_bars(draw_code128(text)) == text


@pytest.mark.parametrize("text", ["", "标本", "a\n"])
def test_what_cannot_be_said_is_refused(text):
    with pytest.raises(ValueError, match="printable ASCII"):
        list_symbols(text)


def read_bars(svg):
    """Reads the modules back as a scanner does: by the widths of bars and spaces, and the check symbol."""
    bars = [(int(at), int(width)) for at, width in re.findall(r"M(\d+) 0h(\d+)v", svg)]
    widths = []
    for (at, width), following in zip(bars, [*bars[1:], None], strict=True):
        widths += [width] if following is None else [width, following[0] - at - width]
    assert bars[0][0] == barcodes.QUIET
    symbols = [barcodes._WIDTHS.index("".join(map(str, widths[at : at + 6]))) for at in range(0, len(widths) - 7, 6)]
    assert widths[-7:] == [2, 3, 3, 1, 1, 1, 2]
    *said, check = symbols
    assert check == (said[0] + sum(at * value for at, value in enumerate(said))) % 103
    is_pairs, text = said[0] == 105, ""
    for value in said[1:]:
        if value == 100:
            is_pairs = False
        else:
            text += f"{value:02d}" if is_pairs else chr(value + 32)
    return text
