"""Sample papers of every kind: `./imc papers` writes them, the tests read them. All people are invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from hospital.documents.content import build_content, kind_of
from hospital.documents.labels import print_drug_labels
from hospital.documents.rendering import PrintFrame, render_pdf
from hospital.documents.samples import people
from hospital.documents.samples.care import care_samples
from hospital.documents.samples.examinations import examination_samples
from hospital.documents.samples.labels import sample_labels
from hospital.documents.samples.medical import medical_samples
from hospital.documents.samples.notices import notice_samples
from hospital.documents.samples.settlements import settlement_samples
from hospital.documents.samples.treatments import treatment_samples
from hospital.documents.samples.visit import visit_samples
from hospital.documents.types import PaperContent, PaperLanguage, PaperSheet
from hospital.kernel.types import BilingualText

SAMPLE_DAY = date(2026, 11, 24)
_ISSUED_AT = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
_REPRINTED_AT = datetime(2026, 11, 25, 1, 5, tzinfo=UTC)
_VOID = BilingualText("作废", "VOID")


def list_samples() -> dict[str, PaperContent]:
    """Every sample by file name."""
    return {
        **visit_samples(),
        **care_samples(),
        **examination_samples(),
        **medical_samples(),
        **treatment_samples(),
        **notice_samples(),
        **settlement_samples(),
    }


def render_sample(
    content: PaperContent,
    language: PaperLanguage,
    *,
    serial: int = 1829,
    reprint: int = 0,
    is_void: bool = False,
    sheet: PaperSheet | None = None,
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
        printed_by=people.HE if reprint else None,
        watermark=_VOID if is_void else None,
    )
    return render_pdf(
        kind=kind_of(content),
        content=build_content(content, on=SAMPLE_DAY),
        frame=frame,
        language=language,
        sheet=sheet,
    )


def render_sample_labels(language: PaperLanguage) -> bytes:
    """The sample labels of drugs as PDF."""
    return print_drug_labels(sheet=sample_labels(), language=language, now=_ISSUED_AT)


@dataclass(frozen=True, slots=True)
class Variant:
    """A sample as it is written: which, on what, the how manieth reprint."""

    name: str
    sample: str
    reprint: int = 0
    is_void: bool = False
    sheet: PaperSheet | None = None


def list_variants() -> list[Variant]:
    """Every sample as it is, a few reprinted or void, and those that fit several sheets on each of them."""
    samples = list_samples()
    plain = [Variant(name, name) for name in samples]
    marked = [
        Variant("fee-statement-reprint", "fee-statement", reprint=1),
        Variant("prescription-void", "prescription", is_void=True),
        Variant("registration-slip-void", "registration-slip", reprint=2, is_void=True),
        Variant("receipt-sheet-reprint", "receipt-sheet", reprint=2),
    ]
    sheets = [
        Variant(f"{name}-on-{sheet}", name, sheet=sheet)
        for name in ("registration-slip", "fee-statement", "fee-statement-insured", "receipt-sheet", "receipt-sheet-14")
        for sheet in kind_of(samples[name]).sheets[1:]
    ]
    return plain + marked + sheets


def write_sample_papers(folder: Path) -> int:
    """Writes every variant in each language mode as PDF; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    samples, variants = list_samples(), list_variants()
    for serial, each in enumerate(variants, start=1829):
        for language in PaperLanguage:
            pdf = render_sample(
                samples[each.sample],
                language,
                serial=serial,
                reprint=each.reprint,
                is_void=each.is_void,
                sheet=each.sheet,
            )
            (folder / f"{each.name}.{language}.pdf").write_bytes(pdf)
    for language in PaperLanguage:
        (folder / f"drug-labels.{language}.pdf").write_bytes(render_sample_labels(language))
    return (len(variants) + 1) * len(PaperLanguage)
