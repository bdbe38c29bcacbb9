"""The price office's desk: finding, editing, drafting, approving by another, asking which rule wins (B40-B44)."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.billing.tests.scenarios import item as scenario_item
from hospital.billing.tests.scenarios import order, scenario
from hospital.catalog.api import draft_rule, get_item_sheet, get_pricing_settings, list_rules
from hospital.catalog.models import CatalogItem, ItemChange, StandardPrice, SurchargeRuleRow
from hospital.catalog.tests.factories import make_hospital_catalog, new_rule, price_officer
from hospital.catalog.types import RuleStatus, ScopeKind
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import browser, count_queries, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "B41", "B42", "B43", "B44")]
DESK = "/staff/catalog/"


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()


@pytest.fixture
def maker():
    return browser(make_member(Role.PRICE_OFFICER))


@pytest.fixture
def checker():
    return browser(make_member(Role.PRICE_OFFICER))


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def texts(**changes: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "name_zh": "血常规",
        "name_en": "Full blood count",
        "translation_status": "REVIEWED",
        "is_active": "on",
    } | changes


PAGES = (
    "",
    "items/CBC/",
    "items/SET/",
    "items/CBC/facts/",
    "items/SET/parts/",
    "new/",
    "rules/",
    "rules/new/",
    "waiting/",
    "what-if/",
    "settings/",
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_in_both_languages_for_the_price_office_alone(language: str) -> None:
    client = open_desk(Role.PRICE_OFFICER, language=language)
    for page in PAGES:
        answer = client.get(f"{DESK}{page}")
        assert answer.status_code == 200, page
        assert ("Price catalog" in answer.text) == (language == "en")
    for other in (Role.CASHIER, Role.DOCTOR):
        assert open_desk(other).get(DESK).status_code == 403


def test_the_list_finds_by_initials_and_shows_standard_surcharge_and_price(maker) -> None:
    page = maker.get(f"{DESK}?q=xcg")
    (row,) = page.context["rows"]
    assert (row["item"].code, row["fee"].base, row["fee"].total, row["fee"].mark) == (
        "CBC",
        Decimal("20.00"),
        Decimal("26.00"),
        "+30 %",
    )
    swapped = maker.get(f"{DESK}?q=xcg", headers={"HX-Request": "true"})
    assert "<html" not in swapped.text
    assert "Nothing fits" in maker.get(f"{DESK}?q=nothing-like-it").text


def test_the_list_takes_a_fixed_number_of_statements(maker) -> None:
    assert count_queries(maker, f"{DESK}?q=xcg") == count_queries(maker, f"{DESK}?kind=CHARGE_ITEM")


def test_texts_are_saved_and_what_changed_is_shown(maker) -> None:
    assert maker.post(f"{DESK}items/CBC/", texts()).status_code == 302
    page = maker.get(f"{DESK}items/CBC/").text
    assert "<ins>Full blood count</ins>" in page
    stale = maker.post(f"{DESK}items/CBC/", texts(name_en="Other"))
    assert stale.status_code == 409
    assert get_item_sheet(code="CBC", now=timezone.now()).card.name.en == "Full blood count"
    refused = maker.post(f"{DESK}items/CBC/", texts(version="2", name_en=""))
    assert (refused.status_code, "Write the English name" in refused.text) == (422, True)


def test_a_price_is_drafted_by_one_and_approved_by_another(maker, checker) -> None:
    sent = maker.post(
        f"{DESK}items/CBC/change/", {"base_u": "22", "valid_from": tomorrow(), "document_no": "7", "reason": "new file"}
    )
    assert sent.status_code == 302
    change = ItemChange.objects.get()
    page = maker.get(f"{DESK}changes/{change.id}/").text
    assert "Somebody else in the price office approves it" in page
    assert 'value="approve"' not in page
    assert maker.post(f"{DESK}changes/{change.id}/decide/", {"act": "approve"}).status_code == 403
    assert StandardPrice.objects.filter(item__code="CBC").count() == 1
    assert 'value="approve"' in checker.get(f"{DESK}changes/{change.id}/").text
    assert checker.post(f"{DESK}changes/{change.id}/decide/", {"act": "approve"}).status_code == 302
    assert StandardPrice.objects.filter(item__code="CBC").count() == 2
    assert AuditEntry.objects.filter(action="catalog.approve_change").count() == 1


def test_turning_down_needs_a_reason(maker, checker) -> None:
    maker.post(f"{DESK}items/SET/change/", {"percent": "25", "valid_from": tomorrow()})
    change = ItemChange.objects.get()
    assert change.ratio == Decimal("0.25")
    for reason, status in (("no", 422), ("the wrong year", 302)):
        answer = checker.post(f"{DESK}changes/{change.id}/decide/", {"act": "reject", "reason": reason})
        assert answer.status_code == status
    change.refresh_from_db()
    assert change.status == RuleStatus.REJECTED


def test_a_start_in_the_past_is_refused_beside_the_day(maker) -> None:
    answer = maker.post(f"{DESK}items/CBC/change/", {"base_u": "22", "valid_from": "2020-01-01"})
    assert (answer.status_code, "lies in the past" in answer.text) == (422, True)
    assert not ItemChange.objects.exists()


def rule_form(**changes: Any) -> dict[str, Any]:
    return {
        "code": "LAB",
        "service_line": "INTL",
        "scope_kind": "FEE_CLASS",
        "item_code": "",
        "fee_class": "LAB",
        "nature": "SERVICE",
        "visit_type": "OP",
        "campus": "ANY",
        "mode": "RATIO",
        "value": "12.5",
        "valid_from": tomorrow(),
        "last_day": "",
        "approval_no": "A-1",
        "reason_zh": "检验",
        "reason_en": "Laboratory",
    } | changes


def test_a_rule_is_drafted_previewed_and_approved(maker, checker) -> None:
    assert maker.post(f"{DESK}rules/new/", rule_form()).status_code == 302
    row = SurchargeRuleRow.objects.get(code="LAB")
    assert (row.value, row.scope_id, row.status) == (Decimal("0.1250"), "LAB", RuleStatus.DRAFT)
    page = checker.get(f"{DESK}rules/{row.id}/").text
    assert "last month" in page
    assert "+12.5 %" in re.sub(r"\s+", " ", page)
    assert checker.post(f"{DESK}rules/{row.id}/decide/", {"act": "approve"}).status_code == 302
    assert list_rules(code="LAB")[0].status is RuleStatus.PUBLISHED
    ended = maker.post(f"{DESK}rules/{row.id}/end/", {"last_day": tomorrow(), "reason": "replaced"})
    assert ended.status_code == 302
    assert list_rules(code="LAB")[0].valid_to is not None
    assert 'value="12.5"' in maker.get(f"{DESK}rules/new/?from=LAB").text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"scope_kind": "ITEM"}, "Which item is it about?"),
        ({"value": "12.345"}, "two decimals"),
        ({"last_day": "2020-01-01"}, "cannot be used"),
    ],
    ids=["no item", "precise", "backward"],
)
def test_a_rule_that_cannot_be_stays_a_form(maker, changes: dict[str, str], text: str) -> None:
    answer = maker.post(f"{DESK}rules/new/", rule_form(**changes))
    assert (answer.status_code, text in answer.text) == (422, True)
    assert not SurchargeRuleRow.objects.filter(code="LAB").exists()


def test_a_fixed_price_below_some_bases_warns(maker, checker) -> None:
    rule = new_rule("WIDE", "10", scope_kind=ScopeKind.FEE_CLASS, scope_id="LAB", mode="FIXED_PRICE")
    now = timezone.now()
    rule_id = draft_rule(
        rule=type(rule)(**{name: getattr(rule, name) for name in rule.__slots__} | {"valid_from": now}),
        actor=price_officer("someone"),
        now=now,
    )
    answer = checker.post(f"{DESK}rules/{rule_id}/decide/", {"act": "approve"}, follow=True)
    assert "below the standard price of: CBC" in answer.text


def test_a_new_item_has_no_price_before_the_checker_says_so(maker) -> None:
    form = {
        "code": "NEW1",
        "kind": "CHARGE_ITEM",
        "fee_class": "LAB",
        "name_zh": "新项目",
        "name_en": "New test",
        "unit_zh": "次",
        "unit_en": "test",
        "price_item": "",
        "base_u": "12.50",
        "valid_from": timezone.localdate().isoformat(),
        "document_no": "",
    }
    assert maker.post(f"{DESK}new/", form).status_code == 302
    sheet = get_item_sheet(code="NEW1", now=timezone.now())
    assert (list(sheet.prices), sheet.changes[0].base_u) == ([], Decimal("12.50"))
    again = maker.post(f"{DESK}new/", form)
    assert (again.status_code, "already in use" in again.text) == (422, True)
    unknown = maker.post(f"{DESK}new/", form | {"code": "NEW2", "price_item": "NOBODY"})
    assert unknown.status_code == 422
    assert not CatalogItem.objects.filter(code="NEW2").exists()


def test_which_rule_wins(maker) -> None:
    address = f"{DESK}what-if/?code=SET&qty=2&service_line=INTL&visit_type=OP&campus=IMC&on={tomorrow()}"
    page = maker.get(address)
    assert [each["line"].card.code for each in page.context["lines"]] == ["CBC", "TUBE"]
    assert page.context["total"] == Decimal("55.00")
    assert "Wins" in page.text
    unknown = maker.get(address.replace("SET", "NONE"))
    assert (unknown.status_code, "no catalog item" in unknown.text) == (422, True)


def test_a_file_of_scenarios_is_answered_like_the_command(maker) -> None:
    document = json.dumps({"cases": [scenario([scenario_item()], [order()])]}).encode()
    answer = maker.post(f"{DESK}what-if/", {"scenarios": SimpleUploadedFile("cases.json", document)})
    assert json.loads(answer.content)["cases"][0]["answer"]["totals"]["total"] == "65.00"
    for broken in (b"{", b"[]"):
        answer = maker.post(f"{DESK}what-if/", {"scenarios": SimpleUploadedFile("cases.json", broken)})
        assert (answer.status_code, "cannot be read" in answer.text) == (422, True)


def test_settings_change_at_once_and_stay_readable(maker) -> None:
    form = {
        "rounding_mode": "LINE",
        "combination": "SPECIAL_WINS",
        "composite_mode": "INHERIT",
        "intl_insurance_mode": "NONE",
        "price_hold": "END_OF_DAY",
        "child_age_limit": "7",
        "cash_rounding": "",
    }
    assert maker.post(f"{DESK}settings/", form).status_code == 302
    maker.post(f"{DESK}settings/", form | {"rounding_mode": "UNIT", "cash_rounding": "0.10"})
    settings = get_pricing_settings()
    assert (settings.rounding_mode, settings.cash_rounding) == ("UNIT", Decimal("0.10"))
    assert "<del>LINE</del>" in maker.get(f"{DESK}settings/").text
