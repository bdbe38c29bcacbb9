"""The price office's desk: facts of items and parts of sets, drafted by one and approved by another (B40-B44)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.catalog.api import get_item_sheet
from hospital.catalog.models import CatalogItem, CompositeList, ItemChange
from hospital.catalog.tests.factories import make_hospital_catalog, make_items, new_item
from hospital.catalog.types import CatalogKind
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.staff_web.administration.words import ACTS
from hospital.staff_web.tests.factories import browser, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "B41", "B42", "B43", "B44")]
DESK = "/staff/catalog/"


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()
    make_items(new_item("GD1", "30.00", kind=CatalogKind.PRICE_ITEM, name=BilingualText("血细胞分析", "Blood cells")))


@pytest.fixture
def maker():
    return browser(make_member(Role.PRICE_OFFICER))


@pytest.fixture
def checker():
    return browser(make_member(Role.PRICE_OFFICER))


def today() -> str:
    return timezone.localdate().isoformat()


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "fee_class": "LAB", "spec_zh": "", "spec_en": "", "unit_zh": "次", "unit_en": "test", "price_item": "",
        "insurance_code": "", "insurance_class": "NONE", "valid_from": today(), "document_no": "", "reason": "",
    } | changes  # fmt: skip


def test_facts_are_drafted_seen_and_approved(maker, checker) -> None:
    wanted = facts(is_sent_out="on", child_percent="20", child_under_years="6", price_item="GD1", insurance_class="B")
    assert maker.post(f"{DESK}items/CBC/facts/", wanted).status_code == 302
    change = ItemChange.objects.get()
    page = checker.get(f"{DESK}changes/{change.id}/").text
    assert "Sent to another laboratory" in page
    assert "takes effect at the instant of the approval" in page
    assert not CatalogItem.objects.get(code="CBC").is_sent_out
    assert checker.post(f"{DESK}changes/{change.id}/decide/", {"act": "approve"}).status_code == 302
    row = CatalogItem.objects.select_related("price_item").get(code="CBC")
    assert (row.is_sent_out, row.child_ratio, row.child_under_years) == (True, Decimal("0.2"), 6)
    assert row.price_item is not None
    history = maker.get(f"{DESK}items/CBC/").text
    assert "Sent to another laboratory" in history
    assert "+20 %" in history


def test_every_step_of_a_change_has_a_word_in_the_audit_trail(maker, checker) -> None:
    for act in ("approve", "reject"):
        maker.post(f"{DESK}items/CBC/facts/", facts(is_blood="on"))
        change = ItemChange.objects.get(status="DRAFT")
        checker.post(f"{DESK}changes/{change.id}/decide/", {"act": act, "reason": "not yet"})
        CatalogItem.objects.filter(code="CBC").update(is_blood=False)
    told = set(AuditEntry.objects.filter(subject_id="CBC").values_list("action", flat=True))
    assert {f"catalog.{verb}_change" for verb in ("draft", "apply", "approve", "reject")} <= told <= ACTS.keys()


def test_the_form_starts_with_what_holds_and_refuses_a_draft_of_nothing(maker) -> None:
    answer = maker.post(f"{DESK}items/CBC/facts/", facts())
    assert (answer.status_code, "Nothing is different" in answer.text) == (422, True)
    assert not ItemChange.objects.exists()


@pytest.mark.parametrize(
    ("code", "changes", "said"),
    [
        ("CBC", {"child_percent": "20", "child_amount": "5"}, "not both"),
        ("CBC", {"emergency_percent": "20", "is_already_special_price": "on"}, "special price have none"),
        ("CBC", {"price_item": "CXR"}, "no catalog item"),
        ("CBC", {"age_from": "10", "age_to": "5"}, "from the lower to the higher"),
        ("CBC", {"valid_from": "2020-01-01", "is_blood": "on"}, "lies in the past"),
    ],
)
def test_what_is_wrong_with_facts_is_said_and_kept(maker, code: str, changes: dict[str, str], said: str) -> None:
    answer = maker.post(f"{DESK}items/{code}/facts/", facts(**changes))
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not ItemChange.objects.exists()


def test_each_catalog_shows_only_the_facts_it_has(maker) -> None:
    shown = {code: maker.get(f"{DESK}items/{code}/facts/").context["form"].fields for code in ("CBC", "AML", "SET")}
    assert {"price_item", "child_percent"} <= shown["CBC"].keys()
    assert not {"price_item", "child_percent", "composite_mode"} & shown["AML"].keys()
    assert "composite_mode" in shown["SET"]
    assert not any(name.startswith("is_") for name in shown["SET"])


def test_a_price_bureau_item_is_found_and_taken_into_the_form(maker) -> None:
    found = maker.get(f"{DESK}find/?for=mapping&q=xxbfx").text
    assert ('value="GD1"' in found, 'value="CBC"' in found) == (True, False)
    page = maker.post(f"{DESK}items/CBC/facts/", facts(take="GD1"))
    assert (page.status_code, 'value="GD1"' in page.text) == (200, True)
    assert not ItemChange.objects.exists()


def test_parts_are_added_taken_off_priced_and_sent(maker, checker) -> None:
    url = f"{DESK}items/SET/parts/"
    assert 'value="CXR"' in maker.get(f"{DESK}find/?for=parts&q=CXR").text
    typed = {"code": ["CBC", "TUBE"], "qty": ["1", "2"], "valid_from": today()}
    added = maker.post(url, typed | {"add": "CXR"})
    assert [row["code"] for row in added.context["rows"]] == ["CBC", "TUBE", "CXR"]
    assert added.context["costs"]["after"] - added.context["costs"]["before"] == Decimal("78.00")
    dropped = maker.post(url, typed | {"drop": "0"})
    assert [row["code"] for row in dropped.context["rows"]] == ["TUBE"]
    assert not ItemChange.objects.exists()
    assert maker.post(url, typed | {"code": ["CBC", "CXR"], "qty": ["1", "0.5"]}).status_code == 302
    change = ItemChange.objects.get()
    assert "falls away" in checker.get(f"{DESK}changes/{change.id}/").text
    assert checker.post(f"{DESK}changes/{change.id}/decide/", {"act": "approve"}).status_code == 302
    sheet = get_item_sheet(code="SET", now=timezone.now() + timedelta(seconds=1))
    assert [(part.code, part.qty) for part in sheet.parts] == [("CBC", Decimal(1)), ("CXR", Decimal("0.5"))]


def test_a_draft_is_tried_in_the_what_if(maker) -> None:
    maker.post(f"{DESK}items/SET/parts/", {"code": ["CBC"], "qty": ["3"], "valid_from": today()})
    change = ItemChange.objects.get()
    asked = {
        "code": "SET", "qty": "1", "service_line": "INTL", "visit_type": "OP", "campus": "IMC", "on": today(),
    }  # fmt: skip
    plain = maker.get(f"{DESK}what-if/", asked)
    tried = maker.get(f"{DESK}what-if/", asked | {"draft": str(change.id)})
    assert (len(plain.context["lines"]), [each["line"].card.code for each in tried.context["lines"]]) == (2, ["CBC"])
    assert tried.context["total"] == Decimal("78.00")
    assert "As if this draft already held" in tried.text
    assert maker.get(f"{DESK}what-if/", asked | {"draft": "no"}).status_code == 200


@pytest.mark.parametrize(
    ("code", "qty", "said"),
    [
        (["SET"], ["1"], "contains itself"),
        (["CBC"], ["x"], "above zero"),
        (["CBC"], ["0.00001"], "above zero"),
        ([], [], "at least one part"),
    ],
)
def test_what_is_wrong_with_parts_is_said(maker, code: list[str], qty: list[str], said: str) -> None:
    answer = maker.post(f"{DESK}items/SET/parts/", {"code": code, "qty": qty, "valid_from": today()})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert CompositeList.objects.count() == 1


def test_parts_of_what_is_no_set_do_not_exist_and_strangers_see_neither(maker) -> None:
    assert maker.get(f"{DESK}items/CBC/parts/").status_code == 404
    for page in ("items/CBC/facts/", "items/SET/parts/", "find/?q=a"):
        assert open_desk(Role.CASHIER).get(f"{DESK}{page}").status_code == 403
