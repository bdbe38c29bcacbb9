"""The demonstration catalog and diagnoses hold together: names in both languages, references to rows that exist."""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hospital.results.api import find_kind
from hospital.results.types import ExamKind

DATA = Path(__file__).parents[2] / "demo" / "data"
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
BRITISH = re.compile(
    r"aem|oede|\boeso|haem|anaest|paediat|gynaec|tumour|colour|centre|fibre|goitre|catalogue|rrhoe|counsell|leuco|litre",
    re.IGNORECASE,
)
ENGLISH_PHRASE = re.compile(r"\b[a-z]{3,} [a-z]{3,}\b")
RATIO = re.compile(r"\d\.\d{4}")

FEE_CLASSES = frozenset(
    """
    BED CONSULTATION EXAM LAB TREATMENT SURGERY NURSING MATERIAL WESTERN_DRUG TCM_PIECES PATENT_DRUG
    GENERAL_CONSULTATION REGISTRATION OTHER
    """.split()
)
CATEGORIES = frozenset(
    """
    REGISTRATION CONSULT LAB IMAGING ULTRASOUND ENDOSCOPY PATHOLOGY ECG TREATMENT SURGERY NURSING BED VACCINE OTHER
    """.split()
)
FLAGS = {"blood", "statutory_free", "sent_out", "already_special_price"}
FILES = {
    "charge_items": 190,
    "consumables": 45,
    "composites": 12,
    "composite_components": 40,
    "price_items": 40,
    "drugs": 115,
    "surcharge_rules": 12,
    "icd10": 310,
}
PRICED = ("charge_items", "consumables", "price_items", "drugs")
Row = dict[str, str]


def read(name: str) -> list[Row]:
    folder = DATA if name == "icd10" else DATA / "catalog"
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def codes(name: str) -> set[str]:
    return {row["code"] for row in read(name)}


def components_of() -> dict[str, list[str]]:
    inside: dict[str, list[str]] = {}
    for row in read("composite_components"):
        inside.setdefault(row["composite"], []).append(row["component"])
    return inside


@pytest.mark.parametrize(("name", "least"), FILES.items())
def test_every_file_is_large_enough_and_rectangular(name: str, least: int) -> None:
    rows = read(name)
    assert len(rows) >= least
    assert all(None not in row and None not in row.values() for row in rows)
    assert all(value == value.strip() for row in rows for value in row.values())


def test_the_five_kinds_hold_at_least_four_hundred_rows() -> None:
    assert sum(len(read(name)) for name in (*PRICED, "composites")) >= 400


def test_a_code_names_one_row_across_the_five_kinds() -> None:
    seen = Counter(row["code"] for name in (*PRICED, "composites") for row in read(name))
    assert [code for code, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("name", ["surcharge_rules", "icd10"])
def test_rules_and_diagnoses_have_unique_codes(name: str) -> None:
    assert len(codes(name)) == len(read(name))


@pytest.mark.parametrize("name", [name for name in FILES if name != "composite_components"])
def test_texts_come_in_both_languages_and_each_in_its_own(name: str) -> None:
    for row in read(name):
        for zh in [column for column in row if column.endswith("_zh") and column.removesuffix("_zh") + "_en" in row]:
            en = zh.removesuffix("_zh") + "_en"
            assert bool(row[zh]) == bool(row[en]), (row["code"], zh)
            assert not CJK.search(row[en]), (row["code"], row[en])
            assert not ENGLISH_PHRASE.search(row[zh]), (row["code"], row[zh])
            if row[zh] and not zh.startswith("spec"):
                assert CJK.search(row[zh]), (row["code"], zh, row[zh])


@pytest.mark.parametrize("name", ["charge_items", "consumables", "composites", "price_items", "icd10"])
def test_no_row_is_nameless_and_no_name_names_two_rows_that_read_the_same(name: str) -> None:
    rows = read(name)
    assert all(row["name_zh"] and row["name_en"] for row in rows)
    for column in ("name_zh", "name_en"):
        shown = Counter((row[column], row.get("spec", "")) for row in rows)
        assert [text for text, times in shown.items() if times > 1] == []


def test_no_two_drugs_read_the_same() -> None:
    for language in ("zh", "en"):
        columns = [f"{part}_{language}" for part in ("generic", "form", "spec")]
        shown = Counter(tuple(row[column] for column in columns) for row in read("drugs"))
        assert [text for text, times in shown.items() if times > 1] == []


@pytest.mark.parametrize("name", ["charge_items", "consumables", "composites", "price_items", "drugs", "icd10"])
def test_english_is_spelled_the_american_way(name: str) -> None:
    english = [(row["code"], row[column]) for row in read(name) for column in row if column.endswith("_en")]
    assert [found for found in english if BRITISH.search(found[1])] == []


@pytest.mark.parametrize("name", PRICED)
def test_prices_are_positive_decimals_of_at_most_four_places(name: str) -> None:
    for row in read(name):
        price = Decimal(row["price"])
        exponent = price.normalize().as_tuple().exponent
        assert price > 0, row["code"]
        assert isinstance(exponent, int)
        assert exponent >= (-4 if name == "drugs" else -2), row["code"]


def test_charge_items_use_the_agreed_words() -> None:
    for row in read("charge_items"):
        assert row["fee_class"] in FEE_CLASSES, row["code"]
        assert row["category"] in CATEGORIES, row["code"]
        assert row["insurance_class"] in {"A", "B", "C"}, row["code"]
        assert set(row["flags"].split()) <= FLAGS, row["code"]
        assert re.fullmatch(r"\d{9}(-\d)?", row["code"])
        assert bool(row["insurance_code"]) == (row["insurance_class"] != "C"), row["code"]


def test_a_charge_item_is_charged_at_the_price_filed_for_its_price_item() -> None:
    filed = {row["code"]: row for row in read("price_items")}
    mapped = [row for row in read("charge_items") if row["price_item"]]
    assert len(mapped) >= 40
    for row in mapped:
        item = filed[row["price_item"]]
        assert all(row[column] == item[column] for column in ("price", "fee_class", "unit_zh", "unit_en")), row["code"]
        assert "already_special_price" not in row["flags"], row["code"]
    assert {row["price_item"] for row in mapped} == set(filed)


def test_additions_are_ratios_and_stay_off_exempt_items() -> None:
    """Domain brief §1.6.1: no addition on a statutory-free item, none on an item that is already specially priced."""
    added = [row for row in read("charge_items") if row["child_ratio"] or row["emergency_ratio"]]
    assert added
    for row in added:
        assert not {"statutory_free", "already_special_price"} & set(row["flags"].split()), row["code"]
        for ratio in (row["child_ratio"], row["emergency_ratio"]):
            assert not ratio or RATIO.fullmatch(ratio), row["code"]


def test_vaccines_and_sent_out_tests_carry_their_exemption() -> None:
    for row in read("charge_items"):
        assert ("statutory_free" in row["flags"]) == (row["category"] == "VACCINE"), row["code"]
        goes_out = "reference laboratory" in row["name_en"] or "NIPT" in row["name_en"]
        assert ("sent_out" in row["flags"]) == goes_out, row["code"]


def test_every_specimen_test_says_what_to_collect_and_every_image_where_to_look() -> None:
    for row in read("charge_items"):
        if row["category"] == "LAB":
            assert row["specimen_en"], row["code"]
        if row["category"] in {"IMAGING", "ULTRASOUND", "ENDOSCOPY", "ECG"}:
            assert row["modality"], row["code"]


@pytest.mark.requirement("R57")
def test_every_device_of_an_examination_has_a_kind_of_report_and_imaging_is_read_by_two() -> None:
    with (DATA / "exam_rules.csv").open(encoding="utf-8") as file:
        rules = {row["item_code"]: row["modality"] for row in csv.DictReader(file)}
    for row in read("charge_items"):
        if row["category"] in {"IMAGING", "ULTRASOUND", "ENDOSCOPY", "ECG"}:
            modality = rules.get(row["code"], row["modality"])
            kind = find_kind(modality)
            assert kind is not None, row["code"]
            if row["category"] == "IMAGING" and modality not in {"OP", "OPT"}:
                assert kind is ExamKind.RADIOLOGY, row["code"]


def test_the_story_finds_its_two_requests_and_its_registration_fees() -> None:
    names = {row["code"]: row for row in read("charge_items")}
    assert names["250101015"]["name_en"] == "Complete blood count with 5-part differential"
    assert names["210102015"]["name_en"] == "Chest X-ray, PA and lateral"
    special = [row for row in names.values() if "already_special_price" in row["flags"]]
    international = [row for row in special if row["category"] == "REGISTRATION"]
    assert len(international) >= 8
    assert all(row["fee_class"] == "CONSULTATION" and not row["price_item"] for row in international)


def test_consumables_say_how_they_are_charged() -> None:
    rows = read("consumables")
    assert {row["charged_separately"] for row in rows} == {"true", "false"}
    assert {row["vbp"] for row in rows} == {"true", "false"}
    assert all(row["insurance_class"] in {"A", "B", "C"} and row["manufacturer_en"] and row["spec_zh"] for row in rows)


def test_composites_resolve_and_never_contain_themselves() -> None:
    composites, inside = codes("composites"), components_of()
    known = composites | codes("charge_items") | codes("consumables")
    assert set(inside) == composites
    assert {component for parts in inside.values() for component in parts} <= known
    assert all(Decimal(row["quantity"]) > 0 for row in read("composite_components"))
    pairs = [(row["composite"], row["component"]) for row in read("composite_components")]
    assert len(set(pairs)) == len(pairs)

    def depth(code: str, above: tuple[str, ...]) -> int:
        assert code not in above, (*above, code)
        return 1 + max((depth(part, (*above, code)) for part in inside.get(code, ())), default=0)

    depths = {code: depth(code, ()) for code in composites}
    assert max(depths.values()) == 4, "one nested set inside another, within the five levels allowed"


def test_an_override_names_its_ratio_and_its_approval() -> None:
    rows = read("composites")
    assert {row["composite_mode"] for row in rows} == {"INHERIT", "OVERRIDE"}
    for row in rows:
        if row["composite_mode"] == "OVERRIDE":
            assert RATIO.fullmatch(row["override_ratio"]), row["code"]
            assert row["approval_no"], row["code"]
        else:
            assert not row["override_ratio"] + row["approval_no"], row["code"]


def test_drugs_use_the_agreed_words() -> None:
    classes = {"WESTERN_DRUG": "XY", "PATENT_DRUG": "ZC", "TCM_PIECES": "YP"}
    for row in read("drugs"):
        assert row["code"].startswith(classes[row["fee_class"]])
        assert row["default_route"] in {"PO", "IV", "IM", "SC", "INH", "TOP", "OPH", "SL", "PR"}, row["code"]
        assert row["default_frequency"] in {"QD", "BID", "TID", "QID", "QN", "Q8H", "Q12H", "PRN"}, row["code"]
        assert row["class"] in {"ORDINARY", "NARCOTIC", "PSYCHOTROPIC_1", "PSYCHOTROPIC_2"}, row["code"]
        assert row["antimicrobial_grade"] in {"", "NON_RESTRICTED", "RESTRICTED", "SPECIAL"}, row["code"]
        assert row["vbp"] in {"true", "false"}
        assert Decimal(row["default_dose"]) > 0
        assert row["strength"]
        assert row["dose_unit"]
        assert row["dose_unit_zh"]


def test_controlled_drugs_and_every_antimicrobial_grade_are_present() -> None:
    rows = read("drugs")
    assert {row["class"] for row in rows} == {"ORDINARY", "NARCOTIC", "PSYCHOTROPIC_1", "PSYCHOTROPIC_2"}
    assert {row["antimicrobial_grade"] for row in rows} == {"", "NON_RESTRICTED", "RESTRICTED", "SPECIAL"}
    assert {"PENICILLIN", "CEPHALOSPORIN", "SULFONAMIDE", "NSAID"} <= {row["allergy_group"] for row in rows}


def test_surcharge_rules_point_at_what_exists() -> None:
    scopes = {
        "ITEM": codes("charge_items") | codes("consumables") | codes("drugs"),
        "PRICE_ITEM": codes("price_items"),
        "FEE_CLASS": FEE_CLASSES,
        "KIND": {"SERVICE", "CONSUMABLE", "DRUG"},
        "SERVICE_LINE": {"INTL", "SPECIAL"},
    }
    for row in read("surcharge_rules"):
        assert row["scope_id"] in scopes[row["scope_kind"]], row["code"]
        assert row["service_line"] in {"INTL", "SPECIAL"}, row["code"]
        assert row["visit_type"] in {"OP", "ER", "IP", "CHECKUP", "ANY"}, row["code"]
        assert row["campus"] in {"ANY", "IMC", "NORTH", "SOUTH", "HUADU"}, row["code"]
        assert row["approval_no"], row["code"]
        if row["scope_kind"] == "SERVICE_LINE":
            assert row["scope_id"] == row["service_line"], row["code"]
        if row["mode"] == "RATIO":
            assert not row["value"] or RATIO.fullmatch(row["value"]), row["code"]
        else:
            assert row["mode"] in {"AMOUNT", "FIXED_PRICE"}
            assert re.fullmatch(r"\d+\.\d{2}", row["value"]), row["code"]


def test_surcharge_rules_never_overlap_and_none_falls_on_drugs() -> None:
    rows = read("surcharge_rules")
    key = ("scope_kind", "scope_id", "service_line", "visit_type", "campus")
    keys = Counter(tuple(row[column] for column in key) for row in rows)
    assert [found for found, times in keys.items() if times > 1] == []
    drugs = codes("drugs") | {"DRUG", "WESTERN_DRUG", "PATENT_DRUG", "TCM_PIECES"}
    assert not drugs & {row["scope_id"] for row in rows}


def test_the_defaults_are_thirty_and_twenty_percent_with_zeros_and_nulls_beside_them() -> None:
    rows = read("surcharge_rules")
    defaults = {row["service_line"]: row["value"] for row in rows if row["scope_kind"] == "SERVICE_LINE"}
    assert defaults == {"INTL": "0.3000", "SPECIAL": "0.2000"}
    assert sum(row["value"] == "0.0000" for row in rows) >= 3
    assert sum(row["value"] == "" for row in rows) >= 2


def test_a_fixed_price_is_never_below_the_item_it_is_for() -> None:
    """Domain brief §1.6.3: such an item rule would be refused at entry."""
    prices = {row["code"]: Decimal(row["price"]) for row in read("charge_items")}
    fixed = [row for row in read("surcharge_rules") if row["mode"] == "FIXED_PRICE"]
    assert fixed
    assert all(Decimal(row["value"]) >= prices[row["scope_id"]] for row in fixed)


CHAPTERS = [
    tuple(start.split(":"))
    for start in """
    A00:I C00:II D50:III E00:IV F00:V G00:VI H00:VII H60:VIII I00:IX J00:X K00:XI L00:XII M00:XIII N00:XIV
    O00:XV P00:XVI Q00:XVII R00:XVIII S00:XIX V00:XX Z00:XXI
    """.split()
]


def chapter_of(code: str) -> str:
    """Chapter of an ICD-10 code; U stands behind Z in the book, before it in the alphabet."""
    return "XXII" if code.startswith("U") else [chapter for start, chapter in CHAPTERS if start <= code][-1]


def test_diagnoses_are_icd10_codes_in_the_chapter_they_belong_to() -> None:
    for row in read("icd10"):
        assert re.fullmatch(r"[A-Z]\d\d(\.\d{1,2})?", row["code"])
        assert row["chapter"] == chapter_of(row["code"]), row["code"]


def test_diagnoses_of_the_heart_and_vessels_weigh_most() -> None:
    chapters = Counter(row["chapter"] for row in read("icd10"))
    assert chapters.most_common(1)[0][0] == "IX"
    assert len(chapters) >= 20
    assert {"I10", "I20.9", "J18.9"} <= codes("icd10")
