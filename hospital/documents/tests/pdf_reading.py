"""Reading what a PDF really shows: its text, where runs of glyphs begin and end, what it declares about itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Run:
    """Glyphs shown at once: their ends on the page in points, their size, whether they stand upright, and whether the
    font draws every one of them."""

    x0: float
    x1: float
    y: float
    size: float
    is_upright: bool
    is_drawn: bool


class Paper:
    """A PDF of one of the papers."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.catalog: Any = self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, spaces folded."""
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return " ".join(self.pages)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of each page in millimeters."""
        return [
            (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4))
            for page in self.reader.pages
        ]

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        return str(self.catalog["/Metadata"].get_data().decode())

    @property
    def alternative_texts(self) -> list[str]:
        """The texts that stand for pictures, in the order of the structure tree."""
        return list(_alternatives(self.catalog["/StructTreeRoot"]))

    def runs(self) -> Iterator[Run]:
        """Every run of glyphs of every page."""
        for page in self.reader.pages:
            yield from _runs_of(page)


def _alternatives(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from _alternatives(kid)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from _alternatives(node["/K"])


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _multiply(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _widths_of(font: Any) -> dict[int, float]:
    """Glyph widths of a composite font in thousandths of its size."""
    entries: Any = font["/DescendantFonts"][0].get_object().get("/W", [])
    widths: dict[int, float] = {}
    position = 0
    while position < len(entries):
        first, second = int(entries[position]), entries[position + 1].get_object()
        if isinstance(second, list):
            widths.update({first + offset: float(width) for offset, width in enumerate(second)})
            position += 2
        else:
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(entries[position + 2])))
            position += 3
    return widths


def _spaces_of(font: Any) -> set[int]:
    """The glyphs of a font that are spaces."""
    mapping = font["/ToUnicode"].get_data().decode()
    return {int(glyph, 16) for glyph in re.findall(r"^<([0-9A-Fa-f]{4})> <00[2aA]0>$", mapping, re.MULTILINE)}


def _advance(parts: Any, widths: dict[int, float], spaces: set[int]) -> tuple[float, float, bool]:
    """How far a TJ moves, in thousandths: in all, and up to the last glyph that is no space; whether all are drawn
    (glyph 0 is the empty box)."""
    total = inked = 0.0
    is_drawn = True
    for part in parts:
        if isinstance(part, int | float):
            total -= float(part)
            continue
        raw = part if isinstance(part, bytes) else part.original_bytes
        for at in range(0, len(raw), 2):
            glyph = int.from_bytes(raw[at : at + 2], "big")
            total += widths.get(glyph, 1000)
            is_drawn = is_drawn and glyph != 0
            if glyph not in spaces:
                inked = total
    return total, inked, is_drawn


def _runs_of(page: PageObject) -> Iterator[Run]:
    found = {name: font.get_object() for name, font in page["/Resources"].get("/Font", {}).items()}
    fonts = {name: (_widths_of(font), _spaces_of(font)) for name, font in found.items()}
    stack: list[Matrix] = []
    ctm, text, size = _IDENTITY, _IDENTITY, 0.0
    widths, spaces = dict[int, float](), set[int]()
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"q":
            stack.append(ctm)
        elif operator == b"Q":
            ctm = stack.pop()
        elif operator == b"cm":
            ctm = _multiply(_matrix(operands), ctm)
        elif operator == b"Tf":
            (widths, spaces), size = fonts[operands[0]], float(operands[1])
        elif operator == b"Tm":
            text = _matrix(operands)
        elif operator in {b"TJ", b"Tj"}:
            total, inked, is_drawn = _advance(operands[0] if operator == b"TJ" else operands, widths, spaces)
            here = _multiply(text, ctm)
            yield Run(
                x0=here[4],
                x1=here[4] + inked / 1000 * size * here[0],
                y=here[5],
                size=abs(size * here[3]),
                is_upright=abs(here[1]) < 1e-6,
                is_drawn=is_drawn,
            )
            text = _multiply((1, 0, 0, 1, total / 1000 * size, 0), text)
