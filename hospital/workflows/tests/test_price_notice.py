"""The price notice before somebody's first surcharge: one check, whichever way the bill is paid (F46, brief §1.4)."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.audit.api import list_entries
from hospital.billing.api import list_charges, quote_bill
from hospital.billing.models import Charge, Settlement
from hospital.billing.tests.factories import Desk, charge, make_desk, order
from hospital.catalog.models import SurchargeRuleRow
from hospital.catalog.tests.factories import make_rule
from hospital.catalog.types import FeeClass, ScopeKind, ServiceLine
from hospital.consents import catalog
from hospital.consents.api import get_notice, list_price_consents, list_versions
from hospital.consents.errors import NoticeOutdated
from hospital.consents.models import Consent
from hospital.consents.types import ChargedRate, PriceAcceptance, PriceRate, PriceTerms, Purpose, Way
from hospital.documents.api import PaperLanguage
from hospital.encounters.tests.clinic import TEN, make_patient, make_person
from hospital.patients.errors import UnknownPerson
from hospital.workflows.collect_bill import start_collecting
from hospital.workflows.errors import PriceNoticeNeeded, PriceNoticeNotPrinted
from hospital.workflows.pay_bill import start_bill_payment
from hospital.workflows.price_notice import accept_price_notice, get_price_notice, list_due_notices
from hospital.workflows.print_price_notice import print_price_notice, sign_price_notice
from hospital.workflows.take_bill import take_bill
from hospital.workflows.tests.factories import PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]


@pytest.fixture
def desk() -> Desk:
    """An international visit of somebody who was told nothing."""
    made = make_desk()
    Consent.objects.all().delete()
    return made


def lines_of(desk: Desk):
    person_id, encounter_id = desk.visit.person_id, desk.visit.encounter_id
    return list_charges(person_id=person_id, encounter_id=encounter_id, actor=desk.patient, now=TEN)


def due(desk: Desk, *, now=TEN, **more):
    return list_due_notices(person_id=desk.visit.person_id, campus_code="IMC", lines=lines_of(desk), now=now, **more)


def accept(desk: Desk, *, now=TEN, actor=None, way=Way.APP):
    (notice,) = due(desk, now=now)
    return accept_price_notice(
        person_id=desk.visit.person_id,
        campus_code="IMC",
        service_line=notice.service_line,
        acceptance=PriceAcceptance(way=way, text_hash=notice.hash, language="en"),
        actor=actor or desk.patient,
        now=now,
    )


def quote_of(desk: Desk, charges, *, actor=None, now=TEN):
    return quote_bill(charge_ids=charges, actor=actor or desk.patient, now=now).token


def take(desk: Desk, charges, *, now=TEN, key="k-1"):
    return take_bill(quote_token=quote_of(desk, charges, now=now), idempotency_key=key, actor=desk.patient, now=now)


def raise_rule(code: str, value: str) -> None:
    """The rule in force ends now; the new one begins."""
    SurchargeRuleRow.objects.filter(code=code).update(valid_to=TEN)
    make_rule(f"{code}-NEW", value, valid_from=TEN)


@pytest.mark.parametrize("way", ["app", "window"])
def test_no_way_of_paying_takes_a_surcharged_bill_before_the_notice(desk, way):
    charges = charge(desk, order("CBC"))
    actor = desk.cashier if way == "window" else desk.patient
    facts = {"quote_token": quote_of(desk, charges, actor=actor), "idempotency_key": "key-00001", "actor": actor}
    start = start_collecting if way == "window" else partial(start_bill_payment, means=PAGE)
    with pytest.raises(PriceNoticeNeeded) as refused:
        start(**facts, now=TEN)
    assert refused.value.facts == {"service_lines": ["INTL"]}
    assert not Settlement.objects.exists()
    assert set(Charge.objects.values_list("state", flat=True)) == {"PENDING"}
    accept(desk)
    assert start_collecting(**{**facts, "actor": desk.cashier}, now=TEN).amount == 26


def test_every_way_of_paying_takes_its_bill_in_one_place():
    hospital = Path(__file__).parents[2]
    calling = {
        file.relative_to(hospital).as_posix()
        for file in hospital.rglob("*.py")
        if "tests" not in file.parts and "start_settlement(quote_token" in file.read_text(encoding="utf-8")
    }
    assert calling == {"workflows/take_bill.py"}


def test_what_has_no_surcharge_is_paid_without_it(desk):
    charges = charge(desk, order("AML"), order("TUBE"))
    assert due(desk) == ()
    assert take(desk, charges).amount == Decimal("13.71")


def test_the_notice_says_what_the_published_rules_say(desk):
    make_rule("INTL-SURGERY", "0.40", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.SURGERY)
    make_rule("INTL-REG", "0", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.REGISTRATION)
    make_rule("INTL-DRUGS", "0.10", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.WESTERN_DRUG)
    make_rule("INTL-NORTH", "0.90", campus="NORTH")
    make_rule("INTL-CXR", "0.5", scope_kind=ScopeKind.ITEM, scope_id="CXR")
    make_rule("INTL-AML", "0.7", scope_kind=ScopeKind.ITEM, scope_id="AML")
    notice = get_price_notice(service_line=ServiceLine.INTL, campus_code="IMC", now=TEN)
    said = {row.what.en: row.said.en for row in notice.rates}
    assert said == {
        "Services in general": "+30\u00a0%",
        "Surgery": "+40\u00a0%",
        "Single items with a surcharge of their own": "up to +50\u00a0%",
    }
    exempt = [each.en for each in notice.exempt]
    assert {"Drugs", "Materials charged separately", "Blood", "Registration fee"} <= set(exempt)
    assert "does not pay for this service" in notice.payers[1].said.en
    special = get_price_notice(service_line=ServiceLine.SPECIAL, campus_code="IMC", now=TEN)
    assert special.hash != notice.hash
    assert get_price_notice(service_line=ServiceLine.INTL, campus_code="IMC", now=TEN).hash == notice.hash


def test_a_consent_says_who_was_told_what_when_how_and_in_which_language(desk):
    charge(desk, order("CBC"))
    notice = accept(desk)
    accept_again = PriceAcceptance(way=Way.APP, text_hash=notice.hash, language="zh-hans")
    accept_price_notice(
        person_id=desk.visit.person_id,
        campus_code="IMC",
        service_line=ServiceLine.INTL,
        acceptance=accept_again,
        actor=desk.patient,
        now=TEN + timedelta(hours=1),
    )
    row = Consent.objects.get()
    assert (row.purpose, row.scope, row.version, row.language, row.way) == ("PRICE", "INTL", 1, "en", "APP")
    assert (str(row.account_id), row.recorded_by, row.text_hash) == (desk.patient.id, desk.patient.id, notice.hash)
    assert row.given_at == TEN
    (entry,) = list_entries(action="consents.give_price")
    assert entry.details["hash"] == notice.hash
    assert due(desk) == ()


def test_another_text_than_the_one_of_today_is_not_accepted(desk):
    charge(desk, order("CBC"))
    with pytest.raises(NoticeOutdated):
        accept_price_notice(
            person_id=desk.visit.person_id,
            campus_code="IMC",
            service_line=ServiceLine.INTL,
            acceptance=PriceAcceptance(way=Way.APP, text_hash="0" * 64, language="en"),
            actor=desk.patient,
            now=TEN,
        )
    stranger = make_patient(make_person().id)
    with pytest.raises(UnknownPerson):
        accept(desk, actor=stranger)
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("value", "is_asked"), [("0.35", True), ("0.20", False)])
def test_a_ratio_that_rose_asks_again_and_one_that_fell_does_not(desk, value, is_asked):
    charge(desk, order("CBC"))
    accept(desk)
    raise_rule("INTL", value)
    later = TEN + timedelta(minutes=1)
    charges = charge(desk, order("CXR", signed_at=later), now=later)
    assert bool(due(desk, now=later)) is is_asked
    if is_asked:
        with pytest.raises(PriceNoticeNeeded):
            take(desk, charges, now=later)
        accept(desk, now=later)
    assert take(desk, charges, now=later, key="k-2").amount > 0


def test_a_ratio_that_rose_elsewhere_does_not_concern_who_does_not_pay_it(desk):
    charge(desk, order("CBC"))
    accept(desk)
    make_rule("INTL-SURGERY", "0.90", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.SURGERY)
    make_rule("INTL-CXR", "0.90", scope_kind=ScopeKind.ITEM, scope_id="CXR")
    assert due(desk) == ()
    charge(desk, order("CXR", signed_at=TEN), now=TEN)
    assert [notice.service_line for notice in due(desk)] == [ServiceLine.INTL]


def test_a_line_held_at_a_higher_ratio_can_be_accepted_and_paid(desk):
    charges = charge(desk, order("CBC"))
    raise_rule("INTL", "0.10")
    (notice,) = due(desk)
    assert "+30 %" in [row.said.en for row in notice.rates]
    accept(desk)
    assert take(desk, charges).amount == 26


def test_a_new_text_asks_again(desk, monkeypatch):
    charges = charge(desk, order("CBC"))
    accept(desk)
    first = get_notice(purpose=Purpose.PRICE, on=date(2026, 11, 25))
    values = {name: getattr(first, name) for name in ("purpose", "title", "summary", "body")}
    newer = type(first)(**values, version=2, valid_from=date(2026, 11, 20), hash="2" * 64)
    kept = {purpose: list_versions(purpose=purpose) for purpose in Purpose}
    monkeypatch.setattr(catalog, "_notices", lambda: kept | {Purpose.PRICE: (first, newer)})
    with pytest.raises(PriceNoticeNeeded):
        take(desk, charges)
    accept(desk)
    assert take(desk, charges).amount == 26


def test_a_payment_that_began_is_not_asked_again(desk):
    charges = charge(desk, order("CBC"))
    accept(desk)
    token = quote_of(desk, charges)
    facts = {"quote_token": token, "idempotency_key": "key-00001", "actor": desk.patient}
    first = take_bill(**facts, now=TEN)
    Consent.objects.all().delete()
    assert take_bill(**facts, now=TEN + timedelta(minutes=1)).id == first.id


def test_at_the_window_the_signed_paper_is_the_consent_and_the_clerk_the_witness(desk):
    charge(desk, order("CBC"))
    facts = {"person_id": desk.visit.person_id, "service_line": ServiceLine.INTL, "actor": desk.cashier, "now": TEN}
    with pytest.raises(PriceNoticeNotPrinted):
        sign_price_notice(**facts)
    assert not Consent.objects.exists()
    paper = print_price_notice(**facts, language=PaperLanguage.BOTH)
    assert paper.pdf.startswith(b"%PDF")
    sign_price_notice(**facts)
    (consent,) = list_price_consents(person_ids=[desk.visit.person_id])[desk.visit.person_id]
    assert (consent.way, consent.recorded_by, consent.language) == (Way.PAPER, desk.cashier.id, "both")
    assert consent.paper.startswith("PN")
    assert due(desk) == ()


def test_a_paper_that_reads_otherwise_now_is_printed_again(desk):
    charge(desk, order("CBC"))
    facts = {"person_id": desk.visit.person_id, "service_line": ServiceLine.INTL, "actor": desk.cashier, "now": TEN}
    print_price_notice(**facts, language=PaperLanguage.EN)
    make_rule("INTL-SURGERY", "0.90", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.SURGERY)
    with pytest.raises(PriceNoticeNotPrinted):
        sign_price_notice(**facts)
    assert not Consent.objects.exists()
    print_price_notice(**facts, language=PaperLanguage.EN)
    sign_price_notice(**facts)
    assert Consent.objects.count() == 1


def test_who_registers_is_told_before_the_first_charge(desk):
    assert due(desk) == ()
    assert [notice.service_line for notice in due(desk, booked=[ServiceLine.SPECIAL, ServiceLine.NORMAL])] == [
        ServiceLine.SPECIAL
    ]


def test_the_check_takes_as_many_statements_however_long_the_bill(desk, django_assert_max_num_queries):
    charge(desk, *(order("CBC") for _ in range(30)))
    lines = lines_of(desk)
    with django_assert_max_num_queries(7):
        list_due_notices(person_id=desk.visit.person_id, campus_code="IMC", lines=lines, now=TEN)


RATES = st.builds(
    PriceRate,
    ratio=st.decimals(min_value=0, max_value=2, places=4),
    amount=st.decimals(min_value=0, max_value=100, places=2),
    is_fixed=st.booleans(),
)
LEVELS = ("CLASS:LAB", "KIND:SERVICE", "LINE", "OWN")


@given(rates=st.dictionaries(st.sampled_from(LEVELS), RATES), rate=RATES, other=RATES, is_own=st.booleans())
def test_who_was_told_more_is_never_asked_for_less(rates, rate, other, is_own):
    charged = ChargedRate(levels=LEVELS[:3], rate=rate, is_own=is_own)
    terms = PriceTerms(rates=rates)
    raised = PriceTerms(rates={level: named.join(other) for level, named in rates.items()})
    assert not terms.covers(charged) or raised.covers(charged)
    assert PriceTerms(rates={**rates, "CLASS:LAB": rate}).covers(charged)
    if terms.covers(charged) and not is_own:
        named = next((rates[level] for level in LEVELS[:3] if level in rates), PriceRate())
        assert named.ratio >= rate.ratio
        assert named.amount >= rate.amount
