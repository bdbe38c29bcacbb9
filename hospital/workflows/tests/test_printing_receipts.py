"""Receipts and statements on paper (F47, F48)."""

import re
from datetime import date
from decimal import Decimal

import pytest

from hospital.billing.tests.factories import charge, later, make_desk, order, settle
from hospital.documents.api import PaperLanguage, PaperSheet, list_documents
from hospital.documents.errors import EnglishTextMissing
from hospital.documents.states import DocumentState
from hospital.documents.tests.pdf_reading import Paper
from hospital.encounters.models import Encounter
from hospital.kernel.actors import ActorKind
from hospital.patients.errors import UnknownPerson
from hospital.receipts.errors import ReceiptNotIssued, ReceiptUnknown
from hospital.receipts.tests.factories import finish, keep, receipts_of, refund
from hospital.receipts.tests.platform import FakePlatform, Platform
from hospital.workflows.errors import NothingCharged, PeriodNotUsable
from hospital.workflows.print_fee_statement import (
    print_fee_statement,
    print_statement_of_period,
    print_statement_of_visit,
)
from hospital.workflows.print_receipt import print_receipt_sheet
from hospital.workflows.print_refund_notice import print_refund_notice

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F48"), pytest.mark.usefixtures("acquirer", "platform")]
DAY = date(2026, 11, 25)


@pytest.fixture
def platform(settings) -> FakePlatform:
    settings.FISCAL_PLATFORM = "hospital.receipts.tests.platform.connected_platform"
    Platform.connected = FakePlatform()
    return Platform.connected


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_sheet_of_a_receipt_carries_its_number_and_adds_up() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"), order("AML", "2"))
    (receipt,) = keep(settlement)
    paper = print_receipt_sheet(
        receipt_id=receipt.id, language=PaperLanguage.BOTH, actor=desk.cashier, now=later(hours=1)
    )
    text = squeeze(Paper(paper.pdf).text)
    for told in (receipt.number, receipt.batch, receipt.check_code, f"{receipt.amount:,.2f}", "化验费", "Laboratory"):
        assert told in text
    again = print_receipt_sheet(
        receipt_id=receipt.id,
        language=PaperLanguage.EN,
        actor=desk.patient,
        now=later(hours=1),
        sheet=PaperSheet.ROLL_80,
    )
    assert (again.number, again.reprint) == (paper.number, 1)
    assert "by the patient Reprint 1" in " ".join(Paper(again.pdf).text.split())


def test_a_stranger_and_a_receipt_without_a_number_have_no_sheet(platform: FakePlatform) -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    platform.troubles["issue"] = ["DOWN"]
    (receipt,) = keep(settlement)
    with pytest.raises(ReceiptNotIssued):
        print_receipt_sheet(receipt_id=receipt.id, language=PaperLanguage.EN, actor=desk.cashier, now=later())
    (receipt,) = keep(settlement)
    stranger = type(desk.patient)(kind=ActorKind.PATIENT, id=str(receipt.id), label="stranger")
    with pytest.raises(ReceiptUnknown):
        print_receipt_sheet(receipt_id=receipt.id, language=PaperLanguage.EN, actor=stranger, now=later())


def test_an_english_sheet_refuses_a_department_without_english() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))
    department = Encounter.objects.get(id=desk.visit.encounter_id).department
    type(department).objects.filter(pk=department.pk).update(name_en="")
    (receipt,) = keep(settlement)
    with pytest.raises(EnglishTextMissing, match=department.name_zh):
        print_receipt_sheet(receipt_id=receipt.id, language=PaperLanguage.EN, actor=desk.cashier, now=later())


@pytest.mark.requirement("F47")
def test_the_refund_notice_tells_the_red_number_once_there_is_one() -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML", "2"))
    keep(settlement)
    note = refund(desk, settlement, (cbc, "1"))
    finish(note)
    first = print_refund_notice(refund_id=note.id, language=PaperLanguage.EN, actor=desk.cashier, now=later(hours=2))
    keep(settlement, hours=3)
    blue, red, rest = receipts_of(settlement)
    second = print_refund_notice(refund_id=note.id, language=PaperLanguage.EN, actor=desk.cashier, now=later(hours=4))
    text = Paper(second.pdf).text
    for told in (blue.number, red.number, rest.number, f"{rest.amount:,.2f}"):
        assert told in text
    assert red.number not in Paper(first.pdf).text
    papers = list_documents(person_id=settlement.person_id, actor=desk.cashier, now=later(hours=4))
    assert {paper.number: paper.state for paper in papers} == {
        first.number: DocumentState.SUPERSEDED,
        second.number: DocumentState.VALID,
    }
    sheet = print_receipt_sheet(receipt_id=blue.id, language=PaperLanguage.ZH, actor=desk.cashier, now=later(hours=4))
    assert f"此票据已红冲，红字票据号码{red.number}" in squeeze(Paper(sheet.pdf).text)
    with pytest.raises(ReceiptNotIssued):
        print_receipt_sheet(receipt_id=red.id, language=PaperLanguage.ZH, actor=desk.cashier, now=later(hours=4))


@pytest.mark.requirement("F48")
def test_statements_of_a_visit_and_of_a_period_agree_with_the_bills() -> None:
    desk = make_desk()
    first, (cbc,) = settle(desk, order("CBC"))
    second, _ = settle(desk, order("AML", "2"))
    charge(desk, order("CXR"))
    finish(refund(desk, first, (cbc, "1")))
    total = first.amount + second.amount + Decimal("78.00")
    visit = print_statement_of_visit(
        encounter_id=desk.visit.encounter_id, language=PaperLanguage.EN, actor=desk.cashier, now=later(hours=3)
    )
    period = print_statement_of_period(
        person_id=first.person_id,
        first_on=DAY,
        last_on=DAY,
        language=PaperLanguage.EN,
        actor=desk.patient,
        now=later(hours=3),
        sheet=PaperSheet.A5,
    )
    for paper in (visit, period):
        text = " ".join(Paper(paper.pdf).text.split())
        assert f"{total:,.2f}" in text
        assert f"Refunded or under way {first.amount:,.2f}" in text
        assert "Not paid yet 78.00" in text
        assert f"Paid CNY {first.amount + second.amount:,.2f}" in text
    assert visit.number != period.number


def test_a_statement_of_a_bill_tells_what_went_back() -> None:
    desk = make_desk()
    settlement, (cbc, _aml) = settle(desk, order("CBC"), order("AML"))
    before = print_fee_statement(
        settlement_id=settlement.id, language=PaperLanguage.ZH, actor=desk.cashier, now=later(hours=1)
    )
    finish(refund(desk, settlement, (cbc, "1")))
    after = print_fee_statement(
        settlement_id=settlement.id, language=PaperLanguage.ZH, actor=desk.cashier, now=later(hours=3)
    )
    assert "已退或退费中26.00" in squeeze(Paper(after.pdf).text)
    assert after.number != before.number


def test_a_period_that_makes_no_statement_is_refused() -> None:
    desk = make_desk()
    settlement, _ = settle(desk, order("CBC"))

    def ask(first: date, last: date, actor=desk.patient) -> None:
        print_statement_of_period(
            person_id=settlement.person_id,
            first_on=first,
            last_on=last,
            language=PaperLanguage.EN,
            actor=actor,
            now=later(),
        )

    with pytest.raises(PeriodNotUsable):
        ask(DAY, date(2026, 11, 24))
    with pytest.raises(PeriodNotUsable):
        ask(date(2025, 11, 1), DAY)
    with pytest.raises(NothingCharged):
        ask(date(2026, 11, 26), date(2026, 11, 27))
    with pytest.raises(UnknownPerson):
        ask(DAY, DAY, actor=type(desk.patient)(kind=ActorKind.PATIENT, id=str(settlement.id), label="stranger"))
