"""Tables in and out: a dry run, faults row by row in both languages, all or nothing, two people (B40-B44)."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from hospital.audit.models import AuditEntry
from hospital.catalog.api import (
    COLUMNS,
    apply_import,
    approve_change,
    approve_import,
    check_import,
    draft_facts,
    get_import,
    get_item_sheet,
    list_item_changes,
    list_table,
    load_price_book,
    publish_price,
    submit_import,
    write_csv,
    write_xlsx,
)
from hospital.catalog.errors import ImportNotReady, NotPriceOffice, RuleStartsInPast, SameChecker
from hospital.catalog.files import read_table
from hospital.catalog.models import CatalogImport, CatalogItem, ItemChange, StandardPrice
from hospital.catalog.tests.factories import (
    NINE,
    make_composite,
    make_hospital_catalog,
    make_items,
    new_item,
    price_officer,
)
from hospital.catalog.types import (
    Addition,
    CatalogKind,
    ImportState,
    ServiceLine,
    SurchargeSource,
    TranslationStatus,
    VisitType,
)
from hospital.kernel.actors import Actor, ActorKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "B41", "B42", "B43", "B44")]
MAKER, CHECKER = price_officer("maker"), price_officer("checker")
LATER = NINE + timedelta(hours=1)
Table = Sequence[Sequence[str]]


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()


def as_excel(rows: Table) -> bytes:
    """What Excel saves: numbers are numbers."""
    book = Workbook()
    for row in rows:
        book.active.append([Decimal(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def submit(content: bytes, **facts: Any) -> UUID:
    given: dict[str, Any] = {
        "file_name": "prices.csv", "content": content, "valid_from": None, "actor": MAKER, "now": NINE,
    }  # fmt: skip
    return submit_import(**given | facts)


def checked(rows: Table, write: Callable[[Table], bytes] = write_csv, **facts: Any) -> UUID:
    import_id = submit(write(rows), **facts)
    check_import(import_id=import_id, now=NINE)
    return import_id


def taken_in(rows: Table, *, now: datetime = LATER, **facts: Any) -> UUID:
    import_id = checked(rows, **facts)
    approve_import(import_id=import_id, actor=CHECKER, now=now)
    apply_import(import_id=import_id, now=now)
    return import_id


def faults(rows: Table) -> list[tuple[int, str, str]]:
    card = get_import(import_id=checked(rows))
    assert card.state is ImportState.REFUSED
    assert all(fault.text.zh and fault.text.zh != fault.text.en for fault in card.faults)
    return [(fault.row, fault.column, fault.text.en) for fault in card.faults]


NEW = ["code", "kind", "fee_class", "name_zh", "name_en", "unit_zh", "price"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx, as_excel], ids=["csv", "xlsx", "excel"])
def test_new_changed_and_equal_rows(write) -> None:
    rows = [
        NEW,
        ["700001", "CHARGE_ITEM", "LAB", "新项目", "New test", "次", "12.5"],
        ["CBC", "", "", "血常规", "Full blood count", "次", "20"],
        ["CXR", "", "", "胸部正位X线摄影", "Chest X-ray, frontal view", "次", "61.00"],
        ["TUBE", "", "", "真空采血管", "Vacuum blood collection tube", "次", "0.75"],
    ]
    import_id = checked(rows, write)
    assert get_import(import_id=import_id).counts == {
        "new": 1, "changed": 1, "same": 1, "prices": 2, "lists": 0, "faults": 0,
    }  # fmt: skip
    assert not CatalogItem.objects.filter(code="700001").exists()
    approve_import(import_id=import_id, actor=CHECKER, now=LATER)
    apply_import(import_id=import_id, now=LATER)
    assert get_import(import_id=import_id).state is ImportState.DONE
    new = get_item_sheet(code="700001", now=LATER)
    assert (new.card.base_u, new.card.translation_status) == (Decimal("12.5"), TranslationStatus.DRAFT)
    assert get_item_sheet(code="CBC", now=LATER).card.name.en == "Full blood count"
    newest, oldest = get_item_sheet(code="CXR", now=LATER).prices
    assert (newest.base_u, newest.valid_from, oldest.valid_to) == (Decimal(61), LATER, LATER)
    assert StandardPrice.objects.filter(item__code="TUBE").count() == 1
    assert AuditEntry.objects.filter(action="catalog.import").count() == 1


def test_what_is_exported_can_be_taken_in_again_and_changes_nothing() -> None:
    make_items(
        new_item("P1", "20.00", kind=CatalogKind.PRICE_ITEM), new_item("M1", "20.00", price_item="P1"),
    )  # fmt: skip
    table = list(list_table(now=NINE))
    assert table[0] == list(COLUMNS)
    for write in (write_csv, write_xlsx):
        assert [list(row) for row in read_table(write(table))] == table
        counts = get_import(import_id=checked(table, write)).counts
        assert (counts["same"], counts["new"], counts["changed"], counts["prices"], counts["lists"]) == (
            len(table) - 1, 0, 0, 0, 0,
        )  # fmt: skip


def test_every_fault_names_its_row_and_column() -> None:
    rows = [
        [*NEW, "is_blood", "child_ratio", "child_amount", "price_item", "parts", "age_from", "insurance_class"],
        ["", "DRUG", "LAB", "无", "", "", "", "", "", "", "", "", "", ""],
        ["A", "THING", "LAB", "甲", "", "", "-1", "maybe", "x", "", "", "", "", ""],
        ["B", "DRUG", "LAB", "", "", "", "", "", "0.2", "", "", "", "", ""],
        ["C", "CHARGE_ITEM", "LAB", "丙", "", "", "1.00001", "", "0.1", "1", "NOBODY", "", "1.5", "Z"],
        ["CBC", "DRUG", "", "血常规", "", "", "", "", "", "", "", "CXR*1", "", ""],
        ["D", "COMPOSITE", "LAB", "丁", "", "", "3", "", "", "", "", "", "", ""],
        ["E", "COMPOSITE", "LAB", "戊", "", "", "", "", "", "", "", "CBC*0", "", ""],
        ["F", "COMPOSITE", "LAB", "己", "", "", "", "", "", "", "", "NOBODY*1", "", ""],
        ["G", "CHARGE_ITEM", "", "庚", "", "", "", "", "", "", "", "", "", ""],
        ["CXR", "", "", "影", "", "", "", "", "", "", "", "", "", ""],
        ["CXR", "", "", "影", "", "", "", "", "", "", "", "", "", ""],
    ]
    found = {(row, column) for row, column, _text in faults(rows)}
    assert {
        (2, "code"), (3, "kind"), (3, "price"), (3, "is_blood"), (3, "child_ratio"), (4, "name_zh"), (4, "child_ratio"),
        (5, "price"), (5, "child_amount"), (5, "price_item"), (5, "age_from"), (5, "insurance_class"), (6, "kind"),
        (6, "parts"), (7, "price"), (7, "parts"), (8, "parts"), (9, "parts"), (10, "fee_class"), (12, "code"),
    } <= found  # fmt: skip
    assert CatalogItem.objects.count() == 6


def test_one_fault_refuses_the_whole_file() -> None:
    rows = [NEW, ["OK1", "DRUG", "WESTERN_DRUG", "好", "", "盒", "1"], ["BAD", "DRUG", "WESTERN_DRUG", "", "", "", "1"]]
    import_id = checked(rows)
    with pytest.raises(ImportNotReady):
        approve_import(import_id=import_id, actor=CHECKER, now=LATER)
    apply_import(import_id=import_id, now=LATER)
    assert not CatalogItem.objects.filter(code="OK1").exists()


def test_sets_with_their_parts() -> None:
    rows = [["code", "kind", "fee_class", "name_zh", "parts"], ["NEWSET", "COMPOSITE", "LAB", "新套餐", "CBC*1;SET*2"]]
    taken_in(rows)
    book = load_price_book(codes=["NEWSET"], now=LATER).book
    leaves = book.explode(code="NEWSET", qty=Decimal(1), at=LATER)
    assert [(leaf.item.code, leaf.qty) for leaf in leaves] == [("CBC", 1), ("CBC", 2), ("TUBE", 4)]
    evening = LATER + timedelta(hours=9)
    taken_in([["code", "parts"], ["NEWSET", "CXR*1"]], now=evening)
    assert [part.code for part in get_item_sheet(code="NEWSET", now=evening).parts] == ["CXR"]
    ring = [["code", "parts"], ["SET", "NEWSET*1"], ["NEWSET", "SET*1"]]
    assert [(row, column) for row, column, _text in faults(ring)] == [(2, "parts"), (3, "parts")]


def test_a_mapping_within_the_file_and_one_taken_away() -> None:
    heading = ["code", "kind", "fee_class", "name_zh", "price_item"]
    rows = [heading, ["M1", "CHARGE_ITEM", "LAB", "映射", "P1"], ["P1", "PRICE_ITEM", "LAB", "物价", ""]]
    taken_in(rows)
    assert get_item_sheet(code="M1", now=LATER).facts.price_item == "P1"
    taken_in([["code", "price_item"], ["M1", ""]])
    assert get_item_sheet(code="M1", now=LATER).facts.price_item == ""


def test_two_people_and_one_time() -> None:
    import_id = checked([NEW, ["N1", "DRUG", "WESTERN_DRUG", "药", "", "盒", "1"]])
    with pytest.raises(SameChecker):
        approve_import(import_id=import_id, actor=MAKER, now=LATER)
    stranger = Actor(kind=ActorKind.STAFF, id="x", label="x")
    with pytest.raises(NotPriceOffice):
        approve_import(import_id=import_id, actor=stranger, now=LATER)
    with pytest.raises(NotPriceOffice):
        submit(b"code\n1", actor=stranger)
    with pytest.raises(RuleStartsInPast):
        submit(b"code\n1", valid_from=NINE - timedelta(days=2))
    approve_import(import_id=import_id, actor=CHECKER, now=LATER)
    for _again in range(2):
        apply_import(import_id=import_id, now=LATER)
    assert StandardPrice.objects.filter(item__code="N1").count() == 1
    with pytest.raises(ImportNotReady):
        approve_import(import_id=import_id, actor=CHECKER, now=LATER)


def test_a_later_start_and_a_price_that_is_scheduled_behind_it() -> None:
    start = NINE + timedelta(days=3)
    taken_in([["code", "price"], ["CBC", "25"]], valid_from=start)
    assert get_item_sheet(code="CBC", now=NINE).card.base_u == Decimal(20)
    assert get_item_sheet(code="CBC", now=start).card.base_u == Decimal(25)
    publish_price(code="CXR", base_u=Decimal(70), valid_from=start, actor=MAKER, now=NINE)
    assert [(row, column) for row, column, _text in faults([["code", "price"], ["CXR", "65"]])] == [(2, "price")]


def test_what_changed_between_check_and_approval_is_checked_again() -> None:
    import_id = checked([["code", "price"], ["CBC", "25"]])
    approve_import(import_id=import_id, actor=CHECKER, now=LATER)
    publish_price(code="CBC", base_u=Decimal(30), valid_from=LATER + timedelta(days=9), actor=MAKER, now=LATER)
    apply_import(import_id=import_id, now=LATER)
    assert get_import(import_id=import_id).state is ImportState.REFUSED
    assert get_item_sheet(code="CBC", now=LATER).card.base_u == Decimal(20)


@pytest.mark.parametrize(
    "content", [b"", b"name\n1", b"PK\x03\x04 broken", b"\xff\xff\xff"], ids=["", "no code", "zip", "bytes"]
)
def test_files_that_are_no_table(content: bytes) -> None:
    import_id = submit(content)
    check_import(import_id=import_id, now=NINE)
    card = get_import(import_id=import_id)
    assert (card.state, len(card.faults)) == (ImportState.REFUSED, 1)


def test_other_encodings_separators_and_what_looks_like_a_formula() -> None:
    taken_in([["code", "name_zh"], ["CBC", "=血常规"]])
    assert CatalogItem.objects.get(code="CBC").name_zh == "=血常规"
    assert b",'=" in write_csv(list_table(now=LATER))
    import_id = submit("code;name_zh\nCXR;胸片\n".encode("gb18030"))
    check_import(import_id=import_id, now=NINE)
    assert CatalogImport.objects.get(id=import_id).counts["changed"] == 1


def test_flags_in_both_languages() -> None:
    taken_in([["code", "is_sent_out", "is_blood"], ["CBC", "是", "否"], ["CXR", "yes", "no"]])
    assert set(CatalogItem.objects.filter(is_sent_out=True).values_list("code", flat=True)) == {"CBC", "CXR"}


def test_what_a_table_changes_holds_from_its_instant_on() -> None:
    taken_in([["code", "fee_class", "child_ratio"], ["CBC", "EXAM", "0.2"]], now=LATER)
    book = load_price_book(codes=["CBC"], now=LATER + timedelta(days=1)).book
    before, after = (book.find_item("CBC", at) for at in (LATER - timedelta(seconds=1), LATER))
    assert (before.fee_class, before.child) == ("LAB", None)
    assert (after.fee_class, after.child) == ("EXAM", Addition(ratio=Decimal("0.2")))
    (change,) = ItemChange.objects.filter(item__code="CBC")
    assert change.facts == {"fee_class": ["LAB", "EXAM"], "child_ratio": [None, "0.2"]}
    assert (change.maker, change.checker, change.document_no) == ("maker", "checker", "prices.csv")
    assert not list_item_changes()


def test_a_table_wins_over_an_older_change_of_the_same_fact() -> None:
    sheet = get_item_sheet(code="CBC", now=NINE)
    change_id = draft_facts(
        code="CBC", facts=replace(sheet.facts, insurance_code="A1"), valid_from=NINE, actor=MAKER, now=NINE
    )
    approve_change(change_id=change_id, actor=CHECKER, now=NINE + timedelta(minutes=1))
    taken_in([["code", "insurance_code", "fee_class"], ["CBC", "B2", "EXAM"]], now=LATER)
    later = LATER + timedelta(hours=1)
    assert load_price_book(codes=["CBC"], now=later).cards["CBC"].insurance_code == "B2"
    assert load_price_book(codes=["CBC"], now=later).book.find_item("CBC", later).fee_class == "EXAM"


def test_texts_alone_leave_no_change_of_facts() -> None:
    taken_in([["code", "name_en"], ["CBC", "Full blood count"]])
    assert not ItemChange.objects.exists()


def test_the_mode_of_a_set_follows_the_instant_of_the_line() -> None:
    make_composite("PACK", ("CBC", "1"), ratio="0.25")
    CatalogItem.objects.filter(code="PACK").update(composite_mode="OVERRIDE")
    taken_in([["code", "composite_mode"], ["PACK", "INHERIT"]], now=LATER)
    book = load_price_book(codes=["PACK"], now=LATER + timedelta(days=1)).book
    item = book.find_item("CBC", LATER)

    def source(at: datetime) -> SurchargeSource:
        return book.resolve(
            item=item, service_line=ServiceLine.INTL, visit_type=VisitType.OP, campus="IMC", at=at, path=("PACK",)
        ).source

    assert source(LATER - timedelta(seconds=1)) is SurchargeSource.COMPOSITE
    assert source(LATER) is not SurchargeSource.COMPOSITE
