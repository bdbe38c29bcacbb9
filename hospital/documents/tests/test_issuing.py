"""Issuing, printing again, replacing, voiding."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    PaperSheet,
    Subject,
    issue_document,
    list_documents,
    list_missing_english,
    print_document,
    render_document,
    supersede_documents,
    verify_document,
    void_document,
)
from hospital.documents.errors import (
    DocumentDamaged,
    DocumentNotFound,
    EnglishTextMissing,
    ReasonMissing,
    SheetNotOffered,
)
from hospital.documents.models import DocumentTextGap, IssuedDocument
from hospital.documents.samples import list_samples
from hospital.documents.samples.examinations import examination_report
from hospital.documents.samples.people import WHITAKER
from hospital.documents.samples.visit import fee_line, fee_statement
from hospital.documents.states import DocumentState
from hospital.documents.tests.factories import BILL, NOW, REGISTRAR, make_document, make_person
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import Authenticity, ExaminationRequest, FeeStatement
from hospital.kernel.transitions import IllegalTransition
from hospital.kernel.types import BilingualText

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def untranslated_statement() -> FeeStatement:
    line = replace(fee_line(1), item=BilingualText("痰培养加药敏"))
    return fee_statement(WHITAKER, (fee_line(0), line))


@pytest.mark.requirement("F48")
def test_number_holds_letters_day_and_serial() -> None:
    just_after_midnight = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)
    first = make_document(now=just_after_midnight)
    second = make_document("prescription", now=just_after_midnight)
    assert first.number.startswith("FS20261125")
    assert second.number.startswith("RX20261125")
    assert len(first.number) == 17
    assert first.check_code.replace("-", "").isalnum()
    assert first.verify_url.endswith(f"/v/{first.number}?k={first.check_code}")
    assert (first.state, first.printed_count, first.gaps) == (DocumentState.VALID, 0, 0)


@pytest.mark.requirement("F46", "F47", "F48", "D52", "D53", "R56", "F45")
@pytest.mark.parametrize(
    "name",
    [
        "registration-slip",
        "fee-statement",
        "refund-notice",
        "prescription",
        "examination-request",
        "laboratory-report",
        "examination-report",
    ],
)
@pytest.mark.parametrize("language", PaperLanguage)
def test_every_kind_is_issued_and_rendered(name: str, language: PaperLanguage) -> None:
    issued = make_document(name, person_id=make_person(), language=language)
    paper = render_document(number=issued.number, actor=REGISTRAR, now=LATER)
    assert paper.language == language
    assert paper.filename == f"{issued.number}-{language}.pdf"
    assert issued.number in Paper(paper.pdf).text


def test_asking_again_gives_the_same_document() -> None:
    first, again = make_document(), make_document(now=LATER)
    assert again.number == first.number
    assert IssuedDocument.objects.count() == 1
    other = make_document(subject=Subject("billing.bill", "another"))
    assert other.number != first.number


def test_electronic_copy_is_the_same_bytes_and_not_counted() -> None:
    issued = make_document()
    first = render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf
    assert first == render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf
    assert IssuedDocument.objects.get().printed_count == 0


@pytest.mark.requirement("F48")
def test_reprints_are_counted_and_marked() -> None:
    issued = make_document()
    papers = [print_document(number=issued.number, actor=REGISTRAR, now=LATER) for _ in range(3)]
    assert [paper.reprint for paper in papers] == [0, 1, 2]
    assert "Reprint" not in Paper(papers[0].pdf).text
    assert "Reprint 2" in Paper(papers[2].pdf).text
    assert "Printed 2026-11-24 19:20 HE Xiaomin" in Paper(papers[2].pdf).text
    assert IssuedDocument.objects.get().printed_count == 3


@pytest.mark.requirement("F48")
def test_a_paper_is_printed_on_the_sheets_it_is_laid_out_for_and_counted_as_one() -> None:
    issued = make_document()
    rolls = [
        print_document(number=issued.number, actor=REGISTRAR, now=LATER, sheet=sheet)
        for sheet in (PaperSheet.A4, PaperSheet.ROLL_80)
    ]
    assert [paper.reprint for paper in rolls] == [0, 1]
    notice = make_document("refund-notice")
    with pytest.raises(SheetNotOffered):
        print_document(number=notice.number, actor=REGISTRAR, now=LATER, sheet=PaperSheet.ROLL_80)
    assert IssuedDocument.objects.get(number=notice.number).printed_count == 0


@pytest.mark.requirement("N20")
def test_legal_paper_without_english_is_refused_in_english_only() -> None:
    with pytest.raises(EnglishTextMissing) as refused:
        make_document(content=untranslated_statement(), language=PaperLanguage.EN)
    assert refused.value.facts["line"] == "2 · 痰培养加药敏"
    assert "痰培养加药敏" in refused.value.message
    assert IssuedDocument.objects.count() == 0

    issued = make_document(content=untranslated_statement(), language=PaperLanguage.BOTH)
    assert issued.gaps == 1
    assert "痰培养加药敏" in Paper(render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf).text
    for act in (render_document, print_document):
        with pytest.raises(EnglishTextMissing):
            act(number=issued.number, actor=REGISTRAR, now=NOW, language=PaperLanguage.EN)
    assert IssuedDocument.objects.get().printed_count == 0


@pytest.mark.requirement("N20")
def test_other_papers_print_the_chinese_and_log_the_gap() -> None:
    sample = list_samples()["examination-request"]
    assert isinstance(sample, ExaminationRequest)
    content = replace(sample, purpose=BilingualText("排除肺部病变"))
    issued = make_document(content=content, language=PaperLanguage.EN)
    assert "†" in Paper(render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf).text
    assert DocumentTextGap.objects.get().path == "purpose"
    (missing,) = list_missing_english()
    assert (missing.text_zh, missing.documents) == ("排除肺部病变", 1)


def test_content_of_another_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="FeeStatement"):
        issue_document(
            kind=DocumentKind.PRESCRIPTION,
            subject=BILL,
            person_id=None,
            content=untranslated_statement(),
            actor=REGISTRAR,
            now=NOW,
        )


@pytest.mark.requirement("N19")
@pytest.mark.parametrize("change", [{"content": {}}, {"number": "FS1"}, {"check_code": "0"}, {"issued_by": "9"}])
def test_what_was_issued_cannot_be_changed(change: dict[str, object]) -> None:
    make_document()
    before = IssuedDocument.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedDocument.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedDocument.objects.all().delete()
    assert IssuedDocument.objects.values().get() == before


def test_a_damaged_snapshot_is_not_printed() -> None:
    issued = make_document()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE documents_issueddocument DISABLE TRIGGER USER")
        IssuedDocument.objects.update(content={**IssuedDocument.objects.get().content, "visit": "X"})
        cursor.execute("ALTER TABLE documents_issueddocument ENABLE TRIGGER USER")
    with pytest.raises(DocumentDamaged):
        render_document(number=issued.number, actor=REGISTRAR, now=NOW)
    with pytest.raises(DocumentDamaged):
        print_document(number=issued.number, actor=REGISTRAR, now=NOW)
    assert IssuedDocument.objects.get().printed_count == 0


@pytest.mark.requirement("F48")
def test_voiding_needs_a_reason_and_happens_once() -> None:
    issued = make_document()
    with pytest.raises(ReasonMissing):
        void_document(number=issued.number, reason="  ", actor=REGISTRAR, now=LATER)
    assert IssuedDocument.objects.get().state == DocumentState.VALID
    voided = void_document(number=issued.number, reason="Wrong patient", actor=REGISTRAR, now=LATER)
    assert (voided.state, voided.state_reason) == (DocumentState.VOIDED, "Wrong patient")
    assert "VOID" in Paper(render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf).text
    with pytest.raises(IllegalTransition):
        void_document(number=issued.number, reason="Again", actor=REGISTRAR, now=LATER)
    with pytest.raises(DocumentNotFound):
        void_document(number="FS0", reason="Nothing", actor=REGISTRAR, now=LATER)


def test_a_voided_document_does_not_stand_in_the_way_of_a_new_one() -> None:
    first = make_document()
    void_document(number=first.number, reason="Printed on wrong paper", actor=REGISTRAR, now=LATER)
    second = make_document(now=LATER)
    assert second.number != first.number


@pytest.mark.requirement("R56")
def test_a_corrected_report_replaces_the_first_which_stays() -> None:
    person_id = make_person()
    first = make_document("laboratory-report", person_id=person_id)
    content = list_samples()["laboratory-report-1"]
    second = make_document(content=content, person_id=person_id, replaces=first.number, now=LATER)
    listed = list_documents(person_id=person_id, actor=REGISTRAR, now=LATER)
    assert [(paper.number, paper.state) for paper in listed] == [
        (second.number, DocumentState.VALID),
        (first.number, DocumentState.SUPERSEDED),
    ]
    assert "REPLACED" in Paper(render_document(number=first.number, actor=REGISTRAR, now=LATER).pdf).text
    with pytest.raises(IllegalTransition):
        make_document("laboratory-report-80", person_id=person_id, replaces=first.number, now=LATER)
    assert IssuedDocument.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("F48")
def test_eight_at_once_get_eight_numbers_and_one_paper_each() -> None:
    def issue(index: int) -> tuple[str, str]:
        try:
            mine = make_document(subject=Subject("billing.bill", f"bill {index}"))
            shared = make_document(subject=Subject("billing.bill", "shared"))
            pdf = render_document(number=mine.number, actor=REGISTRAR, now=NOW).pdf
            assert mine.number in Paper(pdf).text
            return mine.number, shared.number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(issue, range(8)))
    assert len({mine for mine, _ in numbers}) == 8
    assert len({shared for _, shared in numbers}) == 1
    assert IssuedDocument.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_makes_nobody_wait_for_a_number() -> None:
    def issue_elsewhere() -> str:
        try:
            return make_document(subject=Subject("billing.bill", "quick")).number
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        mine = make_document(subject=Subject("billing.bill", "slow"))
        other = pool.submit(issue_elsewhere).result(timeout=20)
    assert other != mine.number


@pytest.mark.requirement("N20", "A08")
def test_an_examination_report_without_english_is_refused_by_the_name_of_its_part() -> None:
    untranslated = replace(examination_report(WHITAKER), findings=BilingualText("双肺清晰"))
    with pytest.raises(EnglishTextMissing) as refused:
        make_document(content=untranslated)
    assert refused.value.facts == {"line": "检查所见 Findings", "count": 1}
    assert not IssuedDocument.objects.exists()
    issued = make_document(content=untranslated, language=PaperLanguage.BOTH)
    with pytest.raises(EnglishTextMissing):
        render_document(number=issued.number, actor=REGISTRAR, now=LATER, language=PaperLanguage.EN)
    assert render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf


@pytest.mark.requirement("N20", "A08")
def test_an_examination_report_prints_in_english_where_only_the_question_is_in_chinese() -> None:
    asked = replace(examination_report(WHITAKER), clinical_info=BilingualText("发热待查"))
    issued = make_document(content=asked)
    text = Paper(render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf).text
    assert (issued.gaps, "发热待查" in text) == (1, True)


@pytest.mark.requirement("N19")
def test_papers_of_what_was_overtaken_are_marked_and_the_check_says_so() -> None:
    issued = make_document("examination-report")
    other = make_document("examination-report", subject=Subject("results.exam_report", "other"))
    assert supersede_documents(subject=BILL, actor=REGISTRAR, now=LATER) == 1
    assert supersede_documents(subject=BILL, actor=REGISTRAR, now=LATER) == 0
    states = {row.number: row.state for row in IssuedDocument.objects.all()}
    assert states == {issued.number: DocumentState.SUPERSEDED, other.number: DocumentState.VALID}
    found = verify_document(number=issued.number, check_code=issued.check_code)
    assert found.authenticity == Authenticity.SUPERSEDED
    text = Paper(render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf).text
    assert "REPLACED" in text
