"""How long a fee statement takes to draw, and how much longer WeasyPrint takes for the same document.

The Typst figure is the warm median of a bilingual statement of nine lines; each round prints another number, so that
nothing comes whole from a cache. WeasyPrint draws the same snapshot from plain HTML. It would spend most of its time on
the large variable fonts, so it gets static ones cut down to the statement's letters beforehand: the ratio is the least
that can be said for Typst.
"""

import html
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 15


def measure() -> dict[str, float | str]:
    """`typst_fee_statement_ms` and `typst_vs_weasyprint` (how many times faster Typst is)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from hospital.documents.samples import list_samples, render_sample
    from hospital.documents.types import PaperLanguage

    sample = list_samples()["fee-statement-insured"]
    typst_ms = _warm_median(lambda turn: render_sample(sample, PaperLanguage.BOTH, serial=turn))
    figures: dict[str, float | str] = {"typst_fee_statement_ms": round(typst_ms, 1)}
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as missing:
        figures["typst_vs_weasyprint"] = f"left out: WeasyPrint's system libraries are missing ({missing})"[:160]
        return figures
    with tempfile.TemporaryDirectory() as folder:
        style, fonts = _style(Path(folder)), FontConfiguration()

        def draw(turn: int) -> bytes:
            return bytes(HTML(string=_page(turn, style)).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1"))

        figures["typst_vs_weasyprint"] = round(_warm_median(draw) / typst_ms, 2)
    return figures


def _warm_median(draw: Callable[[int], bytes]) -> float:
    """Milliseconds of the median round; the first two, which load fonts, are left out."""
    spent = []
    for turn in range(ROUNDS + 2):
        begun = time.perf_counter()
        draw(turn)
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent[2:])


_STYLE = """
@page { size: A4 landscape; margin: 16mm 15mm; @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 8.5pt "Latin", "Chinese"; font-variant-numeric: tabular-nums }
h1 { text-align: center; font-size: 15pt } small { color: #48524F }
table { width: 100%; border-collapse: collapse } td, th { padding: 2pt 3pt; border-bottom: .35pt solid #9DA7A4 }
thead { display: table-header-group } .number { text-align: right; white-space: nowrap }
"""
_COLUMNS = (
    "no",
    "date",
    "code",
    "item",
    "spec",
    "unit",
    "qty",
    "standard",
    "ratio",
    "charged",
    "amount",
    "class",
    "insurer",
    "patient",
)


def _style(folder: Path) -> str:
    """The style sheet with both faces, cut down to the letters of the page and made static at two weights."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    from hospital.documents.rendering import prepare_fonts

    letters = {ord(letter) for letter in _page(0, "")} | set(range(32, 127))
    rules = [_STYLE]
    for face, source in zip(("Latin", "Chinese"), prepare_fonts(), strict=True):
        variable = next(path for path in sorted(source.glob("*wght*.ttf")) if "Italic" not in path.name)
        for weight in (400, 700):
            font = TTFont(variable)
            subsetter = Subsetter(Options(notdef_outline=True))
            subsetter.populate(unicodes=letters)
            subsetter.subset(font)
            path = folder / f"{face}-{weight}.ttf"
            instantiateVariableFont(font, {"wght": weight}).save(path)
            rules.append(f'@font-face {{ font-family: {face}; src: url("{path.as_uri()}"); font-weight: {weight} }}')
    return "".join(rules)


def _both(value: Any) -> str:
    if isinstance(value, dict):
        return f"{html.escape(value['zh'])}<br><small>{html.escape(value['en'])}</small>"
    return html.escape(value or "")


def _page(turn: int, style: str) -> str:
    """The statement's snapshot as HTML: the same texts, table, totals and QR code."""
    from hospital.documents.content import build_content
    from hospital.documents.rendering import draw_qr
    from hospital.documents.samples import SAMPLE_DAY, list_samples

    data = build_content(list_samples()["fee-statement-insured"], on=SAMPLE_DAY)
    number = f"FS20261124{turn:07d}"
    facts = ("visit", "bill", "department", "doctor", "period", "payer", "settlement")
    head = "".join(f"<th>{column}</th>" for column in _COLUMNS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_both(line[column])}</td>" for column in _COLUMNS) + "</tr>" for line in data["lines"]
    )
    totals = "".join(f"<p class=number>{key} {value}</p>" for key, value in data["totals"].items())
    return (
        f"<html lang=zh><title>{number}</title><style>{style}</style>"
        f"<p>{_both(data['hospital']['name'])} {number}</p>{draw_qr(number).partition('?>')[2]}"
        f"<h1>{_both(data['title'])}</h1><p>{data['patient']['family']} {data['patient']['given']}</p>"
        + "".join(f"<p>{_both(data[fact])}</p>" for fact in facts)
        + f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{totals}<p>{_both(data['words'])}</p>"
    )
