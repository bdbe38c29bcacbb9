"""The machine-readable zone of a passport: read, composed, and warned of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.patients.rules.check_digits import mrz_check
from hospital.patients.rules.countries import COUNTRIES
from hospital.patients.rules.mrz import LINE_LENGTH, MrzWarning, compose_td1, compose_td3, parse_mrz, parse_td3
from hospital.patients.rules.names import fold_mrz
from hospital.patients.rules.warning_texts import WARNING_TEXTS

ON = date(2026, 3, 10)
pytestmark = [pytest.mark.requirement("A03", "N10")]

ICAO_SPECIMEN = """P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
words = st.text(alphabet=CAPITALS, min_size=1, max_size=12)


def compose(**changed):
    fields = {
        "issuer": "GBR", "family": "Smith-Jones", "given": "Oliver James", "number": "533401372", "nationality": "GBR",
        "birth_on": date(1984, 7, 3), "sex": "M", "expires_on": date(2031, 5, 20),
    }  # fmt: skip
    return compose_td3(**{**fields, **changed})


def test_the_specimen_of_icao_is_read():
    reading = parse_td3(ICAO_SPECIMEN, on=ON)
    assert (reading.name.family, reading.name.given) == ("ERIKSSON", "ANNA MARIA")
    assert (reading.number, reading.personal_number) == ("L898902C3", "ZE184226B")
    assert (reading.birth_on, reading.sex, reading.expires_on) == (date(1974, 8, 12), "F", date(2012, 4, 15))
    # Utopia is no country, and its passport ran out.
    assert set(reading.warnings) == {MrzWarning.ISSUER_UNKNOWN, MrzWarning.NATIONALITY_UNKNOWN, MrzWarning.EXPIRED}


def test_the_specimen_is_composed_again_letter_by_letter():
    lines = compose_td3(
        issuer="UTO", family="Eriksson", given="Anna Maria", number="L898902C3", nationality="UTO",
        birth_on=date(1974, 8, 12), sex="F", expires_on=date(2012, 4, 15), personal_number="ZE184226B",
    )  # fmt: skip
    assert "\n".join(lines) == ICAO_SPECIMEN


@given(
    country=st.sampled_from(COUNTRIES),
    family=words,
    given_name=words,
    number=st.text(alphabet=CAPITALS + "0123456789", min_size=1, max_size=9),
    birth=st.dates(ON - timedelta(days=36_000), ON),
    sex=st.sampled_from("MFU"),
    valid=st.integers(0, 3650),
    personal=st.text(alphabet=CAPITALS + "0123456789", max_size=14),
)
def test_what_is_composed_is_read_back(country, family, given_name, number, birth, sex, valid, personal):
    expires = ON + timedelta(days=valid)
    lines = compose_td3(
        issuer=country.alpha3, family=family, given=given_name, number=number, nationality=country.alpha3,
        birth_on=birth, sex=sex, expires_on=expires, personal_number=personal,
    )  # fmt: skip
    assert [len(line) for line in lines] == [LINE_LENGTH, LINE_LENGTH]
    reading = parse_td3("".join(lines), on=ON)
    assert reading.warnings == ()
    assert (reading.name.family, reading.name.given, reading.number) == (family, given_name, number)
    assert (reading.birth_on, reading.sex, reading.expires_on) == (birth, sex, expires)


@pytest.mark.parametrize(
    ("place", "warning"),
    [
        (0, MrzWarning.NUMBER_CHECK_WRONG),
        (13, MrzWarning.BIRTH_CHECK_WRONG),
        (21, MrzWarning.EXPIRY_CHECK_WRONG),
        (28, MrzWarning.PERSONAL_CHECK_WRONG),
        (43, MrzWarning.COMPOSITE_CHECK_WRONG),
    ],
)
def test_a_wrong_digit_is_named_by_its_field(place, warning):
    upper, lower = compose(personal_number="12345")
    mistyped = lower[:place] + str((int(lower[place]) + 1) % 10) + lower[place + 1 :]
    assert warning in parse_td3(upper + mistyped, on=ON).warnings


def test_a_single_name_gets_no_invented_surname():
    reading = parse_td3("".join(compose(family="", given="Suharto", issuer="IDN", nationality="IDN")), on=ON)
    assert reading.name.is_single
    assert (reading.name.family, reading.name.given) == ("", "SUHARTO")


def test_a_name_that_fills_the_line_may_be_cut():
    reading = parse_td3("".join(compose(family="Papandropoulous", given="Jonathon Alec Christoforos")), on=ON)
    assert MrzWarning.NAME_CUT in reading.warnings


def test_a_german_passport_has_a_code_of_its_own():
    reading = parse_td3("".join(compose(issuer="D", nationality="D", family="Müller-Weiß", given="Jörg")), on=ON)
    assert reading.warnings == ()
    assert (reading.issuer, reading.name.family, reading.name.given) == ("D", "MUELLER WEISS", "JOERG")


def test_an_unknown_birth_day_is_told():
    upper, lower = compose()
    birth = "84<<<<"
    changed = lower[:13] + birth + mrz_check(birth) + lower[20:43]
    changed += mrz_check(changed[:10] + changed[13:20] + changed[21:43])
    reading = parse_td3(upper + changed, on=ON)
    assert reading.birth_on is None
    assert reading.warnings == (MrzWarning.BIRTH_INCOMPLETE,)


@given(text=st.text(max_size=100))
def test_no_text_is_ever_refused(text):
    reading = parse_td3(text, on=ON)
    assert isinstance(reading.warnings, tuple)


@given(text=st.text(alphabet=CAPITALS + "0123456789<", min_size=88, max_size=88))
def test_no_zone_is_ever_refused(text):
    assert parse_td3(text, on=ON).number == text[44:53].rstrip("<")


def test_every_warning_has_a_text():
    assert {*MrzWarning} <= {*WARNING_TEXTS}


@given(name=st.text(max_size=40))
def test_folded_names_hold_only_what_a_zone_may_hold(name):
    assert set(fold_mrz(name)) <= set(CAPITALS + "<")


ICAO_CARD = """I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""
ICAO_LARGER_CARD = """I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
D231458907UTO7408122F1204159<<<<<<<6"""


@pytest.mark.parametrize("zone", [ICAO_CARD, ICAO_LARGER_CARD])
def test_the_cards_of_icao_are_read(zone):
    reading = parse_mrz(zone, on=ON)
    assert (reading.document_code, reading.number, reading.sex) == ("I", "D23145890", "F")
    assert (reading.name.family, reading.name.given) == ("ERIKSSON", "ANNA MARIA")
    assert (reading.birth_on, reading.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert set(reading.warnings) == {MrzWarning.ISSUER_UNKNOWN, MrzWarning.NATIONALITY_UNKNOWN, MrzWarning.EXPIRED}
    assert MrzWarning.NOT_A_PASSPORT in parse_td3(zone, on=ON).warnings


@given(
    country=st.sampled_from(COUNTRIES),
    family=words,
    given_name=words,
    number=st.text(alphabet=CAPITALS + "0123456789", min_size=1, max_size=14),
    birth=st.dates(ON - timedelta(days=36_000), ON),
    sex=st.sampled_from("MFU"),
    valid=st.integers(0, 3650),
)
def test_a_card_that_is_composed_is_read_back(country, family, given_name, number, birth, sex, valid):
    lines = compose_td1(
        code="ID", issuer=country.alpha3, family=family, given=given_name, number=number, nationality=country.alpha3,
        birth_on=birth, sex=sex, expires_on=ON + timedelta(days=valid),
    )  # fmt: skip
    assert [len(line) for line in lines] == [30, 30, 30]
    reading = parse_mrz("\n".join(lines), on=ON)
    assert (reading.number, reading.issuer, reading.nationality) == (number, country.alpha3, country.alpha3)
    assert (reading.birth_on, reading.sex, reading.expires_on) == (birth, sex, ON + timedelta(days=valid))
    assert (reading.name.family, reading.name.given) == (family, given_name)
    assert reading.warnings == ()


@given(place=st.sampled_from([*range(5, 14), *range(30, 36), *range(38, 44)]), letter=st.sampled_from("0123456789"))
def test_one_mistyped_digit_of_a_card_is_noticed(place, letter):
    text = "".join(
        compose_td1(
            code="ID",
            issuer="FRA",
            family="Moreau",
            given="Camille",
            number="640513284",
            nationality="FRA",
            birth_on=date(1990, 7, 13),
            sex="F",
            expires_on=date(2030, 2, 11),
        )
    )
    changed = text[:place] + letter + text[place + 1 :]
    assert (changed == text) == (parse_mrz(changed, on=ON).warnings == ())


@given(st.text(max_size=120))
def test_whatever_is_pasted_gets_an_answer(text):
    assert parse_mrz(text, on=ON).sex in "MFU"
