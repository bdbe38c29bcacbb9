"""Sample papers of every kind: `./imc papers` writes them, the tests read them. All people are invented."""

from datetime import UTC, date, datetime
from pathlib import Path

from hospital.documents.content import build_content, kind_of
from hospital.documents.rendering import PrintFrame, render_pdf
from hospital.documents.samples.care import care_samples
from hospital.documents.samples.examinations import examination_samples
from hospital.documents.samples.visit import visit_samples
from hospital.documents.types import PaperContent, PaperLanguage
from hospital.kernel.types import BilingualText

SAMPLE_DAY = date(2026, 11, 24)
_ISSUED_AT = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
_REPRINTED_AT = datetime(2026, 11, 25, 1, 5, tzinfo=UTC)
_VOID = BilingualText("作废", "VOID")


def list_samples() -> dict[str, PaperContent]:
    """Every sample by file name."""
    return {**visit_samples(), **care_samples(), **examination_samples()}


def render_sample(
    content: PaperContent, language: PaperLanguage, *, serial: int = 1829, reprint: int = 0, is_void: bool = False
) -> bytes:
    """A sample as PDF, as if it had been issued on the sample day."""
    number = f"{kind_of(content).prefix}20261124{serial:07d}"
    check = f"7D2F-{serial:04X}"
    frame = PrintFrame(
        number=number,
        check_code=check,
        verify_url=f"https://imc.example/v/{number}?k={check}",
        issued_at=_ISSUED_AT,
        printed_at=_REPRINTED_AT if reprint else None,
        reprint=reprint,
        watermark=_VOID if is_void else None,
    )
    return render_pdf(
        kind=kind_of(content), content=build_content(content, on=SAMPLE_DAY), frame=frame, language=language
    )


def write_sample_papers(folder: Path) -> int:
    """Writes every sample in each language mode as PDF; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = list_samples()
    variants = [(name, content, 0, False) for name, content in samples.items()]
    variants.append(("fee-statement-reprint", samples["fee-statement"], 1, False))
    variants.append(("prescription-void", samples["prescription"], 0, True))
    variants.append(("registration-slip-void", samples["registration-slip"], 2, True))
    for serial, (name, content, reprint, is_void) in enumerate(variants, start=1829):
        for language in PaperLanguage:
            path = folder / f"{name}.{language}.pdf"
            path.write_bytes(render_sample(content, language, serial=serial, reprint=reprint, is_void=is_void))
    return len(variants) * len(PaperLanguage)
