"""Names as printed, folded, shown and masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.patients.rules import masking
from hospital.patients.rules.documents import DocumentType
from hospital.patients.rules.names import (
    PersonName,
    display_name,
    fold_ascii,
    fold_mrz,
    latin_parts,
    printed_name,
    search_key,
    sort_key,
)

SMITH_JONES = PersonName(family="Smith-Jones", given="Oliver", middle="James", chinese="史密斯·奥利弗")
SINGLE = PersonName(family="", given="Suharto")
CHAN = PersonName(family="Chan", given="Tai Man", chinese="陳大文")


@pytest.mark.requirement("N10")
@pytest.mark.parametrize(
    ("name", "ascii_form", "passport"),
    [
        ("Müller", "muller", "MUELLER"),
        ("Weiß", "weiss", "WEISS"),
        ("Łoś-Żak", "los zak", "LOS<ZAK"),
        ("O’Connor", "oconnor", "OCONNOR"),
        ("Nguyễn Thị Ánh", "nguyen thi anh", "NGUYEN<THI<ANH"),
        ("Ærøskøbing", "aeroskobing", "AEROESKOEBING"),
        ("Şahin İpek", "sahin ipek", "SAHIN<IPEK"),
        ("al-Ḥarbī", "al harbi", "AL<HARBI"),
        ("Đặng", "dang", "DANG"),
        ("Þór", "thor", "THOR"),
        ("张三", "", ""),
    ],
)
def test_folding(name, ascii_form, passport):
    assert fold_ascii(name) == ascii_form
    assert fold_mrz(name) == passport


@pytest.mark.requirement("N10")
def test_search_finds_both_spellings_of_an_umlaut():
    words = search_key(PersonName(family="Müller", given="Jörg")).split()
    assert {"muller", "mueller", "jorg", "joerg"} == set(words)


@pytest.mark.requirement("N10")
def test_shown_in_document_order_with_the_family_name_in_capitals():
    assert display_name(SMITH_JONES, language="en") == "SMITH-JONES Oliver James"
    assert display_name(SMITH_JONES, language="zh-hans") == "史密斯·奥利弗"
    assert display_name(PersonName("Moreau", "Camille Anne"), language="zh-hans") == "MOREAU Camille Anne"
    assert printed_name(SMITH_JONES) == "SMITH-JONES, OLIVER JAMES"
    assert sort_key(CHAN) == "chan tai man"


@pytest.mark.requirement("N10")
def test_a_single_name_is_shown_alone():
    assert SINGLE.is_single
    assert latin_parts(SINGLE).family == ""
    assert display_name(SINGLE, language="en") == "Suharto"
    assert printed_name(SINGLE) == "SUHARTO"


@given(family=st.text(max_size=60), name=st.text(max_size=60))
def test_search_words_are_plain_ascii(family, name):
    assert all(
        c == " " or (c.isascii() and c.isalnum() and not c.isupper()) for c in search_key(PersonName(family, name))
    )


@pytest.mark.requirement("N14")
@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳思源", "欧阳**"),
        ("欧阳", "欧*"),
        ("李小明", "李**"),
        ("莫罗·卡米耶", "莫罗***"),
        ("", ""),
    ],
)
def test_chinese_names_masked(name, masked):
    assert masking.mask_chinese_name(name) == masked


@pytest.mark.requirement("N14")
def test_latin_names_masked():
    assert masking.mask_latin_name(PersonName("Smith", "John")) == "JOHN S****"
    assert masking.mask_latin_name(SINGLE) == "S****"
    assert masking.mask_name(CHAN, language="zh-hans") == "陳**"
    assert masking.mask_name(CHAN, language="en") == "TAI MAN C****"
    assert masking.mask_name(PersonName("", "", chinese="张三"), language="en") == "张*"


@pytest.mark.requirement("N14")
@pytest.mark.parametrize(
    ("number", "document_type", "masked"),
    [
        ("11010519491231002X", DocumentType.PRC_ID, "110****002X"),
        ("932682198501010017", DocumentType.FOREIGN_PR, "932****0017"),
        ("533401372", DocumentType.PASSPORT, "5****372"),
        ("A123456(3)", DocumentType.HKID, "A****563"),
        ("H12345678", DocumentType.HM_PERMIT, "H****678"),
        ("12", DocumentType.OTHER, "****"),
        ("1234", DocumentType.PASSPORT, "****4"),
    ],
)
def test_document_numbers_masked(number, document_type, masked):
    assert masking.mask_document_number(number, document_type=document_type) == masked


@pytest.mark.requirement("N14")
@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("+86 138 1234 1234", "138****1234"),
        ("+44 7700 900123", "+44****0123"),
        ("020 0000 8800", "****8800"),
        ("110", "****0"),
        ("", "****"),
    ],
)
def test_phones_masked(phone, masked):
    assert masking.mask_phone(phone) == masked


@pytest.mark.requirement("N14")
@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("广东省广州市天河区体育东路 1 号", "广东省广州市天河区****"),
        ("广州市白云区云澜路 88 号", "广州市白云区****"),
        ("88 Yunlan Road, Baiyun District, Guangzhou", "****, Baiyun District, Guangzhou"),
        ("221 Example Street, London", "****"),
        ("", "****"),
    ],
)
def test_addresses_masked_to_the_district(address, masked):
    assert masking.mask_address(address) == masked


@pytest.mark.requirement("N14")
def test_email_and_card_masked():
    assert masking.mask_email("oliver@example.com") == "o****@example.com"
    assert masking.mask_email("nothing") == "****"
    assert masking.mask_card("4242") == "**** 4242"


@pytest.mark.requirement("N14")
def test_waiting_screens_call_family_name_and_sex():
    assert masking.queue_name(PersonName("Moreau", "Camille"), sex_label="Female", language="en") == "MOREAU · Female"
    assert masking.queue_name(CHAN, sex_label="男", language="zh-hans") == "陳 男"
    assert masking.queue_name(SINGLE, sex_label="Male", language="en") == "S**** · Male"


@pytest.mark.requirement("N14")
@given(number=st.text(alphabet="0123456789ABCX", min_size=1, max_size=20), document_type=st.sampled_from(DocumentType))
def test_a_masked_number_always_hides_something(number, document_type):
    masked = masking.mask_document_number(number, document_type=document_type)
    assert "****" in masked
    assert len(masked) - 4 < len(number)
