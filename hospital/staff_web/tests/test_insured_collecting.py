"""The cashier's desk where somebody beside the patient pays (F46, F47)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.billing.api import list_receivables, request_refund
from hospital.billing.models import Receivable, RefundNote, Settlement
from hospital.billing.tests.factories import charge, make_desk, order
from hospital.billing.tests.insurers import make_card, make_contract
from hospital.billing.types import RefundRequestLine
from hospital.catalog.api import change_settings, get_pricing_settings
from hospital.catalog.tests.factories import price_officer
from hospital.catalog.types import InsuranceMode
from hospital.encounters.tests.clinic import TEN
from hospital.insurance.api import settle_claim
from hospital.insurance.models import NationalClaim
from hospital.insurance.tests.bureau import Bureau, FakeBureau
from hospital.kernel.actors import Role
from hospital.patients.models import InsuranceCard
from hospital.staff_web.tests.factories import open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


@pytest.fixture
def bureau(settings) -> FakeBureau:
    """A fresh fake bureau, connected."""
    settings.INSURANCE_BUREAU = "hospital.insurance.tests.bureau.connected_bureau"
    Bureau.connected = FakeBureau()
    return Bureau.connected


@pytest.fixture
def billed():
    """A visit with two open lines of today."""
    desk = make_desk()
    now = timezone.now()
    ids = charge(desk, order("CBC", "5", signed_at=now), order("AML", signed_at=now), now=now)
    return desk, ids


def price(client, desk, ids, **choice):
    """The bill priced with this payer."""
    sent = {"is_choice": "1", "line": [str(each) for each in ids], **choice}
    return client.post(reverse("staff:cashier_quote", args=[desk.visit.person_id]), sent)


def take_cash(client, desk, page):
    """Takes the quote and its patient's part in cash."""
    sent = {"quote_token": page.context["quote"].token, "idempotency_key": page.context["idempotency_key"]}
    client.post(reverse("staff:cashier_pay", args=[desk.visit.person_id]), sent)
    settlement = Settlement.objects.get()
    collect = client.get(reverse("staff:cashier_collect", args=[settlement.id]))
    client.post(
        reverse("staff:cashier_take", args=[settlement.id]),
        {"way": "typed", "given": "1000", "idempotency_key": collect.context["idempotency_key"]},
    )
    settlement.refresh_from_db()
    return settlement


def test_the_desk_chooses_insurer_and_card_and_sees_both_parts(billed) -> None:
    desk, ids = billed
    client = open_desk(Role.CASHIER)
    contract, card = make_contract(name_en="Voyage Health Insurance"), make_card(desk)
    page = price(client, desk, ids, payer="COMMERCIAL")
    assert page.context["quote"] is None
    assert "Choose insurer and card" in page.text
    page = price(client, desk, ids, payer="COMMERCIAL", contract=str(contract.id), card=str(card))
    quote = page.context["quote"]
    assert (quote.patient_amount, quote.covered) == (Decimal("27.00"), Decimal("102.96"))
    assert "Voyage Health Insurance" in page.text
    assert "¥27.00" in page.text
    page = price(client, desk, ids, payer="COMMERCIAL", contract=str(contract.id), card=str(card), copayment="10%")
    assert page.context["payer_refusal"].code == "copayment_not_usable"
    page = price(
        client,
        desk,
        ids,
        payer="COMMERCIAL",
        contract=str(contract.id),
        card=str(card),
        copayment="10 %",
        copayment_reason="on the card",
    )
    assert page.context["quote"].covered == Decimal("92.66")


def test_a_card_that_the_patient_shows_is_written_down(billed) -> None:
    desk, _ids = billed
    client = open_desk(Role.CASHIER)
    sent = {"insurer": "Voyage", "member_number": "V-1", "plan": "Gold", "valid_to": "2099-12-31"}
    client.post(reverse("staff:cashier_add_card", args=[desk.visit.person_id]), sent)
    assert InsuranceCard.objects.get().insurer == "Voyage"
    client.post(reverse("staff:cashier_add_card", args=[desk.visit.person_id]), sent | {"insurer": " "})
    client.post(reverse("staff:cashier_add_card", args=[desk.visit.person_id]), sent | {"valid_to": "2099-02-31"})
    assert InsuranceCard.objects.count() == 1


def test_where_the_center_does_not_settle_the_desk_says_that_all_is_self_paid(billed) -> None:
    desk, ids = billed
    page = price(open_desk(Role.CASHIER), desk, ids, payer="NATIONAL")
    assert "does not settle with the national insurance" in page.text
    assert page.context["quote"].covered == 0


@pytest.mark.requirement("F47")
def test_national_insurance_from_the_question_to_the_refund(billed, bureau: FakeBureau) -> None:
    desk, ids = billed
    settings = replace(get_pricing_settings(), intl_insurance_mode=InsuranceMode.BASE_ONLY)
    change_settings(settings=settings, actor=price_officer(), now=TEN)
    client = open_desk(Role.CASHIER)
    page = price(client, desk, ids, payer="NATIONAL")
    assert "Insurance number" in page.text
    sent = {"is_choice": "1", "line": [str(each) for each in ids], "payer": "NATIONAL", "insured_number": "440100"}
    page = client.post(reverse("staff:cashier_ask_national", args=[desk.visit.person_id]), sent)
    quote = page.context["quote"]
    assert (quote.covered, quote.patient_amount) == (Decimal("90.37"), Decimal("52.59"))
    settlement = take_cash(client, desk, page)
    assert (settlement.state, settlement.amount, settlement.cash_rounding) == ("SETTLED", Decimal("52.59"), 0)
    settle_claim(number=settlement.claim_number, now=timezone.now())
    assert NationalClaim.objects.get().state == "SETTLED"
    assert Receivable.objects.get().amount == Decimal("90.37")
    assert "142.96" in client.get(reverse("staff:cashier_bill", args=[settlement.id])).text
    request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(ids[0], Decimal(1))],
        reason="not needed",
        idempotency_key="k",
        actor=desk.cashier,
        now=timezone.now(),
    )
    note = RefundNote.objects.get()
    bureau.troubles["2208"] = ["DOWN"]
    decide = reverse("staff:refund_decide", args=[note.id])
    client.post(decide, {"act": "approve"})
    page = client.get(reverse("staff:refund", args=[note.id]))
    assert "Approved, waits for the insurance" in page.text
    client.post(decide, {"act": "insurance"})
    note.refresh_from_db()
    assert (note.state, note.amount + note.covered_amount) == ("COMPLETED", Decimal("26.00"))
    left = list_receivables(actor=desk.cashier)[0].left
    last = NationalClaim.objects.get(state="SETTLED")
    assert left == last.fund + last.account


def test_what_the_insurance_refuses_after_the_patient_paid_waits_for_a_person(billed, bureau: FakeBureau) -> None:
    desk, ids = billed
    settings = replace(get_pricing_settings(), intl_insurance_mode=InsuranceMode.BASE_ONLY)
    change_settings(settings=settings, actor=price_officer(), now=TEN)
    client = open_desk(Role.CASHIER)
    sent = {"is_choice": "1", "line": [str(each) for each in ids], "payer": "NATIONAL", "insured_number": "440100"}
    settlement = take_cash(
        client, desk, client.post(reverse("staff:cashier_ask_national", args=[desk.visit.person_id]), sent)
    )
    bureau.troubles["2207"] = ["REFUSED", "REFUSED"]
    settle_claim(number=settlement.claim_number, now=timezone.now())
    assert "one matter" in client.get(reverse("staff:cashier")).text
    page = client.get(reverse("staff:cashier_troubled")).text
    for told in ("The national insurance refused", settlement.number, settlement.claim_number, "参保状态异常"):
        assert told in page
    again = reverse("staff:cashier_claim_again", args=[settlement.claim_number])
    assert "refused it again" in client.post(again, follow=True).text
    elsewhere = open_desk(Role.CASHIER, campus="MAIN")
    assert settlement.claim_number not in elsewhere.get(reverse("staff:cashier_troubled")).text
    assert elsewhere.post(again).status_code == 404
    assert "was asked again" in client.post(again, follow=True).text
    assert NationalClaim.objects.get().state == "SETTLED"
    assert client.post(again).status_code == 404
    assert "No payment needs a person" in client.get(reverse("staff:cashier_troubled")).text
