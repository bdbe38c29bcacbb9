"""Every paper, in every language, on every length: complete, inside its margins, without the other language."""

import json
import re
from functools import cache

import pytest

from hospital.documents.content import build_content, kind_of
from hospital.documents.rendering import PrintFrame, draw_qr, prepare_fonts, render_pdf
from hospital.documents.samples import SAMPLE_DAY, list_samples, render_sample, render_sample_labels
from hospital.documents.samples.people import CHOLMONDELEY, GHAMDI, LUKASIEWICZ, NGUYEN, VASCONCELOS
from hospital.documents.tests.factories import NOW
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import DocumentKind, PaperLanguage, PaperSheet

SAMPLES = list_samples()
# What is asked about one paper is asked in one process, so that it is drawn once.
EVERY = [
    pytest.param(name, language, id=f"{name}-{language}", marks=pytest.mark.xdist_group(f"paper-{name}"))
    for name in SAMPLES
    for language in PaperLanguage
]
EACH = [pytest.param(name, id=name, marks=pytest.mark.xdist_group(f"paper-{name}")) for name in SAMPLES]
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
AMOUNT = re.compile(r"[\d,]+\.\d\d")
A4, A4_LANDSCAPE, A5, A5_LANDSCAPE = (210, 297), (297, 210), (148, 210), (210, 148)
SHEETS = {
    "fee-statement": A4_LANDSCAPE,
    "refund-notice": A4,
    "price-notice": A4,
    "daily-settlement": A4,
    "prescription": A5,
    "examination-request": A4,
    "treatment-sheet": A4,
    "laboratory-report": A4,
    "examination-report": A4,
    "medical-certificate": A4,
    "medical-document": A4,
    "receipt-sheet": A5_LANDSCAPE,
}
MARGINS_MM = {"registration-slip": 4, "registration-slip-a5": 10, "prescription": 10, "receipt-sheet": 10}


@cache
def paper(name: str, language: PaperLanguage) -> Paper:
    return Paper(render_sample(SAMPLES[name], language))


def margin_of(name: str) -> float:
    matches = [key for key in MARGINS_MM if name.startswith(key)]
    return MARGINS_MM[max(matches, key=len)] if matches else 15


def texts_of(value: object, key: str = "") -> list[tuple[str, str]]:
    """Every text of a snapshot with the key under which it stands."""
    if isinstance(value, dict):
        return [pair for name, part in value.items() for pair in texts_of(part, str(name))]
    if isinstance(value, list):
        return [pair for part in value for pair in texts_of(part, key)]
    return [(key, value)] if isinstance(value, str) else []


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def stray_han(document: Paper, *, names: set[str]) -> list[str]:
    """The Chinese characters of a paper outside these names, and outside texts that are marked as untranslated."""
    text = squeeze(document.text)
    for name in names:
        text = text.replace(name, "")
    return HAN.findall(re.sub(rf"[^†\x00-\x7f]*{HAN.pattern}[^†\x00-\x7f]*†", "", text))


@pytest.mark.requirement("N20", "F48")
@pytest.mark.parametrize("name", EACH)
def test_english_paper_holds_no_chinese_but_names(name: str) -> None:
    snapshot = build_content(SAMPLES[name], on=SAMPLE_DAY)
    names = {squeeze(snapshot["hospital"]["name"]["zh"]), squeeze(snapshot.get("patient", {}).get("zh", ""))} - {""}
    assert stray_han(paper(name, PaperLanguage.EN), names=names) == []


@pytest.mark.requirement("N20")
def test_the_checker_finds_chinese_that_is_no_name() -> None:
    snapshot = build_content(SAMPLES["prescription-narcotic"], on=SAMPLE_DAY)
    names = {squeeze(snapshot["hospital"]["name"]["zh"])}
    assert stray_han(paper("prescription-narcotic", PaperLanguage.EN), names=names) == list("范思乐")


@pytest.mark.requirement("N20", "N08")
@pytest.mark.parametrize("language", PaperLanguage)
def test_labels_of_drugs_stand_whole_in_one_language(language: PaperLanguage) -> None:
    labels = Paper(render_sample_labels(language))
    assert [width for width, _ in labels.sizes] == [80, 80, 80]
    assert all(run.is_drawn for run in labels.runs())
    assert ("阿莫西林" in squeeze(labels.text)) == (language != PaperLanguage.EN)
    assert ("Amoxicillin" in labels.text) == (language != PaperLanguage.ZH)
    if language == PaperLanguage.EN:
        assert stray_han(labels, names=set()) == []


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("character", ["\U00020000", "\U000233b4", "\ue000", "ᚠ"])
def test_a_character_that_no_font_draws_prints_as_a_mark(character: str) -> None:
    snapshot = json.loads(json.dumps(build_content(SAMPLES["examination-request"], on=SAMPLE_DAY)))
    snapshot["patient"]["zh"] = f"王{character}明"
    frame = PrintFrame(number="ER1", check_code="0000-0001", verify_url="https://imc.example/v/ER1", issued_at=NOW)
    pdf = render_pdf(kind=DocumentKind.EXAMINATION_REQUEST, content=snapshot, frame=frame, language=PaperLanguage.ZH)
    assert "王〓明" in squeeze(Paper(pdf).text)


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("name", EACH)
def test_chinese_paper_holds_no_english_captions(name: str) -> None:
    text = paper(name, PaperLanguage.ZH).text
    for caption in ("Name", "Sex", "Amount", "Refund", "Page ", "Printed", "Scan to verify", "Physician"):
        assert caption not in text


@pytest.mark.requirement("N20")
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_stands_outside_the_margins_or_is_too_small(name: str, language: PaperLanguage) -> None:
    width = float(paper(name, language).reader.pages[0].mediabox.width)
    margin = margin_of(name) / 25.4 * 72
    runs = [run for run in paper(name, language).runs() if run.is_upright]
    assert len(runs) > 20
    assert [run for run in runs if run.x0 < margin - 1 or run.x1 > width - margin + 1] == []
    # A superscript mark and a name that was shrunk to fit may be smaller.
    assert [run for run in runs if run.size < 4.2] == []


@pytest.mark.requirement("N20")
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_no_glyph_is_missing(name: str, language: PaperLanguage) -> None:
    text = paper(name, language).text
    assert all(run.is_drawn for run in paper(name, language).runs())
    assert "\ufffd" not in text
    assert "†" not in text
    names = {str(font["/BaseFont"]) for page in paper(name, language).reader.pages for font in _fonts_of(page)}
    assert {re.sub(r"^/[A-Z]{6}\+|-.*$", "", face) for face in names} <= {"SourceSans3", "NotoSansSC"}


def _fonts_of(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_text_of_the_snapshot_is_on_the_paper(name: str, language: PaperLanguage) -> None:
    shown = squeeze(paper(name, language).text)
    snapshot = build_content(SAMPLES[name], on=SAMPLE_DAY)
    other = {PaperLanguage.ZH: {"en"}, PaperLanguage.EN: {"zh"}, PaperLanguage.BOTH: set()}[language]
    body = {key: value for key, value in snapshot.items() if key not in {"hospital", "patient", "sheet"}}
    for key, text in texts_of(body):
        if key not in {"color", "svg"} | other:  # a picture has no text
            assert squeeze(text) in shown, (key, text)


@pytest.mark.requirement("F48")
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_sheet_and_page_numbers(name: str, language: PaperLanguage) -> None:
    sizes = paper(name, language).sizes
    if kind_of(SAMPLES[name]) == DocumentKind.REGISTRATION_SLIP:
        assert len(sizes) == 1
        assert sizes[0] == A5 if name.endswith("a5") else sizes[0][0] == 80
        return
    sheet = next(size for key, size in SHEETS.items() if name.startswith(key))
    assert set(sizes) == {sheet}
    for number, text in enumerate(paper(name, language).pages, start=1):
        if language != PaperLanguage.ZH:
            assert f"Page {number} of {len(sizes)}" in text
        if language != PaperLanguage.EN:
            assert f"第{number}页共{len(sizes)}页" in squeeze(text)


@pytest.mark.requirement("F48")
@pytest.mark.parametrize("language", PaperLanguage)
def test_eighty_lines_repeat_the_head_and_print_the_total_once(language: PaperLanguage) -> None:
    pages = [squeeze(page) for page in paper("fee-statement-80", language).pages]
    head = "标准单价" if language != PaperLanguage.EN else "Std.price"
    total = "合计（人民币元，共80项）" if language != PaperLanguage.EN else "Total(CNY),80lines"
    assert len(pages) > 2
    assert all(head in page for page in pages)
    assert [total in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(GHAMDI.record_number in page for page in pages)


@pytest.mark.requirement("F46", "F48")
def test_fee_statement_shows_lines_ratio_as_charged_and_totals() -> None:
    text = paper("fee-statement", PaperLanguage.EN).text
    assert "Outpatient fee statement" in text
    assert "Consultation, chief physician" in text
    assert "+30 %" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert not re.search(r"1\.30?\s*×|×\s*1\.3", text)
    assert "3.4567" in text  # a filed price keeps its places
    amounts = [line.amount for line in SAMPLES["fee-statement"].lines]
    assert f"{sum(amounts):,.2f}" == "568.86"
    assert "568.86" in text
    assert "Five hundred sixty-eight yuan and 86/100" in text


@pytest.mark.requirement("F45")
def test_registration_slip_in_english() -> None:
    text = paper("registration-slip", PaperLanguage.EN).text
    for part in ("Registration slip", "B031", "Tue, 24 Nov 2026", "10:00–10:30", "WHITAKER-HALE", "¥390.00"):
        assert part in text


@pytest.mark.requirement("F47")
def test_refund_notice_in_english() -> None:
    text = paper("refund-notice", PaperLanguage.EN).text.replace("\N{NO-BREAK SPACE}", " ")
    for part in ("Refund notice", "+30 %", "Total refund (CNY)", "110.50", "Card ending 1111", "3–7 working days"):
        assert part in text
    assert "Receipts" not in text
    assert "4401-26-0093215" in paper("refund-notice-1", PaperLanguage.EN).text


@pytest.mark.requirement("D52")
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("prescription", "Ordinary"),
        ("prescription-5-long", "Emergency"),
        ("prescription-pediatric", "Pediatric"),
        ("prescription-narcotic", "Narcotic"),
        ("prescription-psychotropic-1", "Psychotropic I"),
        ("prescription-psychotropic-2", "Psychotropic II"),
    ],
)
def test_prescription_in_english_names_its_class(name: str, word: str) -> None:
    text = paper(name, PaperLanguage.EN).text
    assert word in text
    assert "Rp." in text
    assert "Nothing below this line" in text


@pytest.mark.requirement("D53")
def test_examination_request_in_english() -> None:
    text = paper("examination-request", PaperLanguage.EN).text
    for part in ("Examination request", "Digital radiography, two views", "Caution", "Both sides", "Before you come"):
        assert part in text


@pytest.mark.requirement("R56")
def test_laboratory_report_in_english_marks_the_critical_value() -> None:
    text = paper("laboratory-report", PaperLanguage.EN).text
    for part in ("Laboratory report", "Critical low", "<0.01", "1:320", "Collected", "Received", "Tested", "Reported"):
        assert part in text
    assert "Converted" in text
    assert "Converted" not in paper("laboratory-report-0", PaperLanguage.EN).text
    assert "No results" in paper("laboratory-report-0", PaperLanguage.EN).text


@pytest.mark.requirement("A08", "W26", "N19")
def test_examination_report_in_english_tells_what_was_amended() -> None:
    text = paper("examination-report", PaperLanguage.EN).text
    for part in ("Examination report", "Technique", "Findings", "Impression", "Recommendation", "Final report"):
        assert part in text
    assert "Versions" not in text
    amended = paper("examination-report-amended", PaperLanguage.EN).text
    for part in ("Addendum (version 3)", "Amended report (version 2)", "Left and right were mixed up", "Addendum 1"):
        assert part in amended
    assert "Technique" not in paper("examination-report-short", PaperLanguage.EN).text
    assert len(paper("examination-report-80", PaperLanguage.BOTH).pages) > 2


@pytest.mark.requirement("N20")
@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("registration-slip-long", CHOLMONDELEY),
        ("prescription-narcotic", VASCONCELOS),
        ("prescription-pediatric", LUKASIEWICZ),
        ("prescription-psychotropic-2", NGUYEN),
        ("fee-statement-80", GHAMDI),
    ],
)
@pytest.mark.parametrize("language", PaperLanguage)
def test_names_stand_whole_with_their_diacritics(name: str, person, language: PaperLanguage) -> None:
    first = paper(name, language).pages[0]
    assert person.family_name in first
    assert person.given_names in first


@pytest.mark.requirement("F48")
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_number_code_and_address_of_the_check(name: str, language: PaperLanguage) -> None:
    number = f"{kind_of(SAMPLES[name]).prefix}202611240001829"
    assert number in paper(name, language).text
    assert "7D2F-0725" in paper(name, language).text
    assert f"QR code: https://imc.example/v/{number}?k=7D2F-0725" in paper(name, language).alternative_texts


@pytest.mark.requirement("F48")
@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize(
    "name",
    ["registration-slip", "fee-statement", "prescription", "laboratory-report-80", "examination-report-80"],
)
def test_declares_archive_and_accessibility_standards(name: str, language: PaperLanguage) -> None:
    document = paper(name, language)
    assert re.search(r"pdfaid:part>2<", document.metadata)
    assert re.search(r"pdfaid:conformance>A<", document.metadata)
    assert re.search(r"pdfuaid:part>1<", document.metadata)
    assert document.catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean
    assert str(document.catalog["/Lang"]).startswith("en" if language == PaperLanguage.EN else "zh")
    assert document.reader.metadata.title.endswith("202611240001829")


def test_qr_code_draws_the_modules_of_its_payload() -> None:
    assert draw_qr("https://imc.example/v/A?k=1") != draw_qr("https://imc.example/v/A?k=2")
    assert draw_qr("https://imc.example/v/A?k=1").startswith("<?xml")


def test_the_same_bytes_each_time() -> None:
    sample = SAMPLES["fee-statement-insured"]
    assert render_sample(sample, PaperLanguage.BOTH) == render_sample(sample, PaperLanguage.BOTH)
    assert render_sample(sample, PaperLanguage.BOTH) != render_sample(sample, PaperLanguage.BOTH, serial=1830)


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "HE Xiaomin Reprint 2"), ("zh", "何晓敏第2次补打"), ("both", "第2次补打Reprint2")],
    ids=["en", "zh", "both"],
)
@pytest.mark.parametrize("name", ["registration-slip", "fee-statement"])
def test_reprint_and_void_are_written_on_the_paper(name: str, language: str, word: str) -> None:
    mode = PaperLanguage(language)
    void = "VOID" if language == "en" else "作废"
    marked = squeeze(Paper(render_sample(SAMPLES[name], mode, reprint=2, is_void=True)).text)
    assert squeeze(word) in marked
    assert void in marked
    assert squeeze(word) not in squeeze(paper(name, mode).text)
    assert void not in squeeze(paper(name, mode).text)


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("language", [PaperLanguage.EN, PaperLanguage.BOTH])
def test_a_missing_english_text_prints_chinese_with_a_mark(language: PaperLanguage) -> None:
    snapshot = json.loads(json.dumps(build_content(SAMPLES["examination-request"], on=SAMPLE_DAY)))
    snapshot["items"][0]["item"] = {"zh": "数字化摄影", "en": ""}
    frame = PrintFrame(number="ER1", check_code="0000-0001", verify_url="https://imc.example/v/ER1", issued_at=NOW)
    pdf = render_pdf(kind=DocumentKind.EXAMINATION_REQUEST, content=snapshot, frame=frame, language=language)
    text = squeeze(Paper(pdf).text)
    assert "数字化摄影†" in text
    assert "†NoEnglishonfileyet" in text


def test_fonts_are_installed() -> None:
    assert len(prepare_fonts()) == 2


SEVERAL_SHEETS = [
    (name, sheet)
    for name in ("registration-slip", "fee-statement", "fee-statement-80", "receipt-sheet", "receipt-sheet-14")
    for sheet in PaperSheet
]


@pytest.mark.requirement("F48")
@pytest.mark.parametrize(("name", "sheet"), SEVERAL_SHEETS, ids=[f"{name}-{sheet}" for name, sheet in SEVERAL_SHEETS])
def test_slip_statement_and_receipt_fit_each_sheet(name: str, sheet: PaperSheet) -> None:
    document = Paper(render_sample(SAMPLES[name], PaperLanguage.BOTH, sheet=sheet))
    box = document.reader.pages[0].mediabox
    edges = sorted((round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)))
    if sheet is PaperSheet.ROLL_80:
        assert 80 in edges
        assert len(document.reader.pages) == 1
    else:
        assert edges == ([210, 297] if sheet is PaperSheet.A4 else [148, 210])
    content = build_content(SAMPLES[name], on=SAMPLE_DAY)
    total = content["total"] if "total" in content else content.get("totals", {}).get("amount", content.get("fee"))
    assert squeeze(total) in squeeze(document.text)
    assert "7D2F-0725" in document.text


@pytest.mark.requirement("F48")
def test_a_reversed_receipt_says_so_with_the_red_number() -> None:
    text = squeeze(paper("receipt-sheet-reversed", PaperLanguage.BOTH).text)
    assert "此票据已红冲，红字票据号码" in text
    assert "0093187461" in text
    assert "已红冲" not in paper("receipt-sheet", PaperLanguage.BOTH).text
