"""What a paper refuses to say, and what it says about missing English."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hospital.documents.content import build_content, content_digest
from hospital.documents.content.gaps import find_gaps
from hospital.documents.errors import AmountsDisagree, PrescriptionEmpty, TooManyDrugs
from hospital.documents.rendering import PrintFrame, render_pdf
from hospital.documents.samples import SAMPLE_DAY, list_samples
from hospital.documents.samples.people import WHITAKER
from hospital.documents.samples.visit import fee_line, fee_statement, refund_line, refund_notice
from hospital.documents.tests.factories import NOW
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import DocumentKind, PaperLanguage, Prescription
from hospital.kernel.types import BilingualText

SAMPLES = list_samples()


def prescription_of(count: int) -> Prescription:
    sample = SAMPLES["prescription"]
    assert isinstance(sample, Prescription)
    return replace(sample, drugs=sample.drugs[:1] * count)


@pytest.mark.requirement("D52")
def test_prescription_of_five_drugs_and_no_more() -> None:
    assert len(build_content(prescription_of(5), on=SAMPLE_DAY)["items"]) == 5
    with pytest.raises(TooManyDrugs) as refused:
        build_content(prescription_of(6), on=SAMPLE_DAY)
    assert refused.value.facts == {"limit": 5, "count": 6}
    with pytest.raises(PrescriptionEmpty):
        build_content(prescription_of(0), on=SAMPLE_DAY)


@pytest.mark.requirement("F46")
def test_shares_that_miss_the_amount_are_refused() -> None:
    line = fee_line(0)
    wrong = replace(line, insurer_amount=Decimal("0.01"))
    with pytest.raises(AmountsDisagree) as refused:
        build_content(fee_statement(WHITAKER, (line, wrong)), on=SAMPLE_DAY)
    assert refused.value.facts == {"place": "line 2"}


@pytest.mark.requirement("F47")
def test_refund_lines_and_channels_agree() -> None:
    notice = refund_notice(WHITAKER, (refund_line(3),))
    with pytest.raises(AmountsDisagree):
        build_content(replace(notice, channels=()), on=SAMPLE_DAY)
    over = replace(notice.lines[0], refund_amount=notice.lines[0].paid_amount + Decimal("0.01"))
    with pytest.raises(AmountsDisagree):
        build_content(replace(notice, lines=(over,)), on=SAMPLE_DAY)


def test_totals_are_the_sums_of_the_lines() -> None:
    snapshot = build_content(SAMPLES["fee-statement-insured"], on=SAMPLE_DAY)
    for total, column in (("amount", "amount"), ("insurer", "insurer"), ("patient", "patient")):
        lines = sum(Decimal(line[column].replace(",", "")) for line in snapshot["lines"])
        assert Decimal(snapshot["totals"][total].replace(",", "")) == lines
    base, surcharge = (Decimal(snapshot["totals"][key].replace(",", "")) for key in ("base", "surcharge"))
    assert base + surcharge == Decimal(snapshot["totals"]["amount"].replace(",", ""))


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("en", ["", "  ", "Culture 痰培养"])
def test_a_gap_names_its_line(en: str) -> None:
    line = replace(fee_line(1), item=BilingualText("痰培养加药敏", en))
    gaps = find_gaps(build_content(fee_statement(WHITAKER, (fee_line(0), line)), on=SAMPLE_DAY))
    assert [(gap.path, gap.row, gap.line) for gap in gaps] == [("lines.2.item", 2, "2 · 痰培养加药敏")]


def test_samples_have_no_gaps() -> None:
    assert [gap for sample in SAMPLES.values() for gap in find_gaps(build_content(sample, on=SAMPLE_DAY))] == []


def test_digest_follows_the_content_and_nothing_else() -> None:
    first = build_content(SAMPLES["fee-statement"], on=SAMPLE_DAY)
    assert content_digest(first) == content_digest(dict(reversed(first.items())))
    assert content_digest(first) != content_digest({**first, "visit": "OP-1"})


def test_what_is_not_known_yet_prints_a_dash() -> None:
    nothing = BilingualText("", "")
    statement = replace(fee_statement(WHITAKER, ()), visit_number="", department=nothing, doctor=nothing)
    frame = PrintFrame(number="FS1", check_code="0000-0001", verify_url="https://imc.example/v/FS1", issued_at=NOW)
    snapshot = build_content(statement, on=SAMPLE_DAY)
    assert find_gaps(snapshot) == ()
    for language in PaperLanguage:
        pdf = render_pdf(kind=DocumentKind.FEE_STATEMENT, content=snapshot, frame=frame, language=language)
        assert Paper(pdf).text.count("–") == 3
