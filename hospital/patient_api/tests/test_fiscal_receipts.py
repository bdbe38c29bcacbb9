"""Fiscal receipts on a paid bill, and statements of a visit and of a period (F48, A07)."""

import pytest

from hospital.billing.api import list_refundable_lines, request_refund
from hospital.billing.types import RefundRequestLine
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of
from hospital.receipts.api import keep_up
from hospital.receipts.tests.factories import finish
from hospital.receipts.tests.platform import FakePlatform, Platform

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F48", "A07")]


@pytest.fixture
def platform(settings) -> FakePlatform:
    settings.FISCAL_PLATFORM = "hospital.receipts.tests.platform.connected_platform"
    Platform.connected = FakePlatform()
    return Platform.connected


def bill_of(world):
    return answer_of(world.owner.get(f"/bills/{world.settlement_id}"))


def test_a_paid_bill_tells_its_receipt_and_prints_it(world, platform, stranger, anonymous):
    assert bill_of(world)["receipts"] == []
    platform.troubles["issue"] = ["DOWN"]
    keep_up(settlement_id=world.settlement_id, now=TEN)
    (waiting,) = bill_of(world)["receipts"]
    assert (waiting["state"], waiting["number"]) == ("WAITING", "")
    refused = world.owner.get(f"/receipts/{waiting['id']}/sheet")
    assert (refused.status_code, code_of(refused)) == (409, "receipt_not_issued")
    keep_up(settlement_id=world.settlement_id, now=TEN)
    (receipt,) = bill_of(world)["receipts"]
    assert (receipt["kind"], receipt["state"], receipt["amount"]) == ("BLUE", "IN_FORCE", bill_of(world)["amount"])
    assert receipt["number"]
    assert receipt["check_code"]
    assert [one["code"] for one in bill_of(world)["all_means"]] == ["card"]
    assert bill_of(world)["cash_rounding"] == "0.00"
    for path in ("sheet?language=both", "sheet?language=zh", "copy"):
        paper = world.owner.get(f"/receipts/{receipt['id']}/{path}")
        assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-"), path
    for path in ("sheet", "copy"):
        refused = stranger.get(f"/receipts/{receipt['id']}/{path}")
        assert (refused.status_code, code_of(refused)) == (404, "receipt_unknown")
        assert anonymous.get(f"/receipts/{receipt['id']}/{path}").status_code == 401


@pytest.mark.requirement("F47")
def test_a_refund_shows_the_red_receipt_and_the_one_that_replaces_it(world, platform, acquirer):
    keep_up(settlement_id=world.settlement_id, now=TEN)
    cashier = make_staff(Role.CASHIER)
    lines = list_refundable_lines(settlement_id=world.settlement_id, actor=cashier, now=TEN)
    line = next(each for each in lines if each.qty > 0)
    note = request_refund(
        settlement_id=world.settlement_id,
        lines=[RefundRequestLine(line.line.id, line.qty)],
        reason="PATIENT_CANCELED",
        idempotency_key="a-key-of-its-own",
        actor=cashier,
        now=TEN,
    )
    finish(note)
    keep_up(settlement_id=world.settlement_id, now=TEN)
    told = [(one["kind"], one["state"]) for one in bill_of(world)["receipts"]]
    assert told == [("BLUE", "REVERSED"), ("RED", "ISSUED"), ("BLUE", "IN_FORCE")]


def test_statements_of_a_visit_and_of_a_period_are_the_payers_own(world, stranger):
    paths = (
        f"/visits/{world.encounter_id}/statement",
        f"/people/{world.person_id}/statement?first_on=2026-11-01&last_on=2026-11-30&language=zh",
        f"/people/{world.person_id}/statement",
    )
    for path in paths:
        paper = world.owner.get(path)
        assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-"), path
        assert code_of(stranger.get(path)) == "unknown_person"
    refused = world.owner.get(f"/people/{world.person_id}/statement?first_on=2026-11-30&last_on=2026-11-01")
    assert (refused.status_code, code_of(refused)) == (422, "period_not_usable")
    nothing = world.owner.get(f"/people/{world.person_id}/statement?first_on=2026-01-01&last_on=2026-01-31")
    assert (nothing.status_code, code_of(nothing)) == (404, "nothing_charged")
