"""Code 128 (ISO/IEC 15417): what a label's reader types, as bars."""

from typing import Final

# Widths of bar, space, bar, space, bar, space in modules, by symbol value; 106 is the stop with its last bar.
_WIDTHS: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()
_CODE_B, _START_B, _START_C, _STOP = 100, 104, 105, 106
QUIET: Final = 10  # modules of white on each side, which a reader needs


def list_symbols(text: str) -> list[int]:
    """The symbols of `text` from start to stop. Digits go in pairs, a last odd one alone; anything else one by one.

    Only printable ASCII can be said; `ValueError` for the rest and for nothing.
    """
    if not text or not all(" " <= letter <= "~" for letter in text):
        raise ValueError("Code 128 holds printable ASCII only")
    if text.isdigit() and len(text) > 1:
        pairs = [int(text[at : at + 2]) for at in range(0, len(text) - 1, 2)]
        last = [_CODE_B, ord(text[-1]) - 32] if len(text) % 2 else []
        symbols = [_START_C, *pairs, *last]
    else:
        symbols = [_START_B, *(ord(letter) - 32 for letter in text)]
    check = (symbols[0] + sum(at * value for at, value in enumerate(symbols))) % 103
    return [*symbols, check, _STOP]


def draw_code128(text: str) -> str:
    """The bars as SVG text, one unit a module and 40 high, with the quiet zones. Refuses like `list_symbols`."""
    at, bars = QUIET, []
    for symbol in list_symbols(text):
        for place, width in enumerate(map(int, _WIDTHS[symbol])):
            if place % 2 == 0:
                bars.append(f"M{at} 0h{width}v40h-{width}z")
            at += width
    size = f"width='{at + QUIET}' height='40' viewBox='0 0 {at + QUIET} 40'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} shape-rendering='crispEdges'><path d='{''.join(bars)}'/></svg>"
    )
