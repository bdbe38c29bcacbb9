"""How long a laboratory report takes to draw: a blood count, and one of 80 lines, in both languages.

Processor time of this process, the warm median; each round prints another number, so that nothing comes whole from a
cache.
"""

import os
import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hospital.documents.types import PaperContent

ROUNDS = 11


def measure() -> dict[str, float | str]:
    """`lab_report_pdf_ms`, and `lab_report_80_lines_ratio`: how many times longer 80 lines take."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from hospital.documents.samples import list_samples

    usual, long = (_warm_median(list_samples()[name]) for name in ("laboratory-report", "laboratory-report-80"))
    return {"lab_report_pdf_ms": round(usual, 1), "lab_report_80_lines_ratio": round(long / usual, 2)}


def _warm_median(sample: "PaperContent") -> float:
    """Milliseconds of the median round; the first two, which load fonts, are left out."""
    from hospital.documents.samples import render_sample
    from hospital.documents.types import PaperLanguage

    spent = []
    for turn in range(ROUNDS + 2):
        begun = time.process_time()
        render_sample(sample, PaperLanguage.BOTH, serial=turn)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent[2:])
