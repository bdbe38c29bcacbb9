"""Identity documents of domain brief 8: what a number tells, what is warned of, and that nothing is ever refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.patients.rules.check_digits import hkid_check, resident_check
from hospital.patients.rules.documents import (
    DocumentType,
    DocumentWarning,
    check_document,
    industry_code,
    normalize_number,
)
from hospital.patients.rules.warning_texts import WARNING_TEXTS, warning_text

ON = date(2026, 3, 10)
pytestmark = [pytest.mark.requirement("A03", "N10")]

digits = st.text(alphabet="0123456789", min_size=3, max_size=3)
births = st.dates(min_value=date(1900, 1, 1), max_value=ON)


def check(document_type, number, **entered):
    return check_document(document_type=document_type, number=number, on=ON, **entered)


@given(area=st.sampled_from(["110105", "440103", "440106", "650102"]), birth=births, sequence=digits)
def test_a_right_resident_number_tells_birth_and_sex(area, birth, sequence):
    first = f"{area}{birth:%Y%m%d}{sequence}"
    result = check(DocumentType.PRC_ID, first + resident_check(first))
    assert result.has_no_warning
    assert result.birth_on == birth
    assert result.sex == ("M" if int(sequence) % 2 else "F")
    assert result.nationality == "CHN"


@given(birth=births, sequence=digits, place=st.integers(0, 16), shift=st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(birth, sequence, place, shift):
    first = f"440106{birth:%Y%m%d}{sequence}"
    wrong = str((int(first[place]) + shift) % 10)
    mistyped = first[:place] + wrong + first[place + 1 :] + resident_check(first)
    assert not check(DocumentType.PRC_ID, mistyped).has_no_warning


def test_the_published_example_with_x_is_right_in_small_letters_and_full_width_too():
    for spelling in (
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
    ):
        result = check(DocumentType.PRC_ID, spelling)
        assert result.number == "11010519491231002X"
        assert result.has_no_warning


@pytest.mark.parametrize(("prefix", "region"), [("810000", "HKG"), ("820000", "MAC"), ("830000", "TWN")])
def test_residence_permit_tells_its_region(prefix, region):
    first = f"{prefix}19880612001"
    number = first + resident_check(first)
    result = check(DocumentType.HMT_RESIDENCE, number)
    assert (result.nationality, result.birth_on, result.sex) == (region, date(1988, 6, 12), "M")
    assert result.has_no_warning
    as_id_card = check(DocumentType.PRC_ID, number)
    assert as_id_card.likely_type is DocumentType.HMT_RESIDENCE
    assert DocumentWarning.OTHER_TYPE_LIKELY in as_id_card.warnings


def test_foreign_permanent_resident_card_of_2023():
    result = check(DocumentType.FOREIGN_PR, "932682198501010017")
    assert result.has_no_warning
    assert (result.nationality, result.birth_on) == ("SAU", date(1985, 1, 1))
    assert check(DocumentType.FOREIGN_PR, "932682198501010018").warnings == (DocumentWarning.CHECK_WRONG,)
    first = "93299919850101001"
    assert check(DocumentType.FOREIGN_PR, first + resident_check(first)).warnings == (
        DocumentWarning.NATIONALITY_UNKNOWN,
    )


def test_old_foreign_permanent_resident_card_is_told_to_be_old():
    result = check(DocumentType.FOREIGN_PR, "FRA310088010155")
    assert result.warnings == (DocumentWarning.OLD_FORM,)
    assert result.nationality == "FRA"


@pytest.mark.parametrize(
    ("number", "kept", "nationality", "warnings"),
    [
        ("H12345678", "H12345678", "HKG", ()),
        ("M12345678", "M12345678", "MAC", ()),
        ("H1234567802", "H12345678", "HKG", (DocumentWarning.OLD_FORM,)),
        ("HA1234567", "HA1234567", None, ()),
        ("K12345678", "K12345678", None, (DocumentWarning.FORMAT_UNEXPECTED,)),
    ],
)
def test_travel_permit_of_hong_kong_and_macau(number, kept, nationality, warnings):
    result = check(DocumentType.HM_PERMIT, number)
    assert (result.number, result.nationality, result.warnings) == (kept, nationality, warnings)


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("01234567", ()),
        ("0123456789", (DocumentWarning.OLD_FORM,)),
        ("0123456789(B)", (DocumentWarning.OLD_FORM,)),
        ("0123", (DocumentWarning.FORMAT_UNEXPECTED,)),
    ],
)
def test_travel_permit_of_taiwan(number, warnings):
    assert check(DocumentType.TW_PERMIT, number).warnings == warnings


@pytest.mark.parametrize("number", ["A123456(3)", "AB987654(3)", "a1234563", "A123456（3）"])
def test_hong_kong_card_with_its_bracket(number):
    result = check(DocumentType.HKID, number)
    assert result.has_no_warning
    assert result.number in {"A123456(3)", "AB987654(3)"}


@given(prefix=st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=2), number=st.integers(0, 999_999))
def test_exactly_one_check_character_fits_a_hong_kong_card(prefix, number):
    body = f"{prefix}{number:06d}"
    fitting = [c for c in "0123456789A" if check(DocumentType.HKID, body + c).has_no_warning]
    assert fitting == [hkid_check(prefix, f"{number:06d}")]


def test_a_hong_kong_card_without_its_bracket_says_so():
    assert check(DocumentType.HKID, "A123456").warnings == (DocumentWarning.CHECK_MISSING,)


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("1234567(8)", ()),
        ("5234567(1)", ()),
        ("1234567", (DocumentWarning.CHECK_MISSING,)),
        ("2234567(8)", (DocumentWarning.FORMAT_UNEXPECTED,)),
    ],
)
def test_macau_card_is_checked_for_its_form(number, warnings):
    assert check(DocumentType.MACAU_ID, number).warnings == warnings


@pytest.mark.parametrize("number", ["533401372", "E12345678", "AB1234567", "C01X00T47", "YA0123456"])
def test_passport_numbers_of_many_countries_pass(number):
    assert check(DocumentType.PASSPORT, number).has_no_warning


def test_what_was_entered_is_compared_with_what_the_number_says():
    result = check(DocumentType.PRC_ID, "11010519491231002X", birth_on=date(1949, 12, 30), sex="M", nationality="FRA")
    assert set(result.warnings) == {
        DocumentWarning.BIRTH_DIFFERS,
        DocumentWarning.SEX_DIFFERS,
        DocumentWarning.NATIONALITY_DIFFERS,
    }
    assert check(DocumentType.PRC_ID, "11010519491231002X", birth_on=date(1949, 12, 31), sex="F").has_no_warning


def test_a_birth_date_that_is_ahead_or_none_is_warned_of():
    for day in (ON + timedelta(days=1), None):
        text = f"{day:%Y%m%d}" if day else "20250230"
        first = f"440106{text}001"
        assert check(DocumentType.PRC_ID, first + resident_check(first)).warnings == (DocumentWarning.BIRTH_IMPOSSIBLE,)


def test_fifteen_digits_are_an_old_card():
    result = check(DocumentType.PRC_ID, "110105491231002")
    assert result.warnings == (DocumentWarning.OLD_FORM,)
    assert (result.birth_on, result.sex) == (date(1949, 12, 31), "F")


@given(document_type=st.sampled_from(DocumentType), number=st.text(max_size=30))
def test_no_text_is_ever_refused(document_type, number):
    result = check(document_type, number)
    assert result.type is document_type
    assert normalize_number(result.number) == normalize_number(normalize_number(result.number))


def test_empty_number_is_warned_of_not_refused():
    assert check(DocumentType.PASSPORT, "  ").warnings == (DocumentWarning.NUMBER_MISSING,)


def test_every_warning_has_a_text():
    assert {*DocumentWarning} <= {*WARNING_TEXTS}
    assert warning_text("SOMETHING_ELSE") == "SOMETHING_ELSE"


def test_industry_codes():
    assert [industry_code(t) for t in (DocumentType.PRC_ID, DocumentType.PASSPORT, DocumentType.HM_PERMIT)] == [
        "01",
        "03",
        "06",
    ]
    assert industry_code(DocumentType.HKID) == "99"
