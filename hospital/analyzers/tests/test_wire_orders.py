"""Antibiotics belong to the germ that the culture found, by OBR-26 or OBX-4, or the message waits (R56)."""

import pytest

from hospital.analyzers.api import parse_message, read_groups, read_numbers
from hospital.analyzers.types import AckCode, MessageRefused

pytestmark = pytest.mark.requirement("R56")
HEAD = "MSH|^~\\&|MICRO|LAB|IMC|IMC|20261125110000||ORU^R01|1|P|2.5.1||||||UNICODE UTF-8"
CULTURE = "OBR|1|P7^IMC|26112500001^LAB|CUL^Culture^99LAB"
ECOLI = "OBX|1|CWE|CUL^Culture^99LAB|1|ECOLI^Escherichia coli^99LAB||||||F"
KPN = "OBX|2|CWE|CUL^Culture^99LAB|2|KPN^Klebsiella pneumoniae^99LAB||||||F"


def child(parent="CUL&Culture&99LAB^1^ECOLI", of="P7&IMC^26112500001&LAB", number="", place=2):
    """The OBR of what was tested on a germ."""
    fields = [str(place), "", number, "AST^Susceptibility^99LAB", *[""] * 21, parent, "", "", of]
    return "OBR|" + "|".join(fields)


def drug(code="AMP", text="32", meaning="R", sub_id=""):
    return f"OBX|1|NM|AST-{code}^{code}^99LAB|{sub_id}|{text}|||{meaning}|||F"


def read(*lines):
    return read_groups(parse_message("\r".join([HEAD, *lines]).encode() + b"\r"))


def refused(*lines):
    with pytest.raises(MessageRefused) as told:
        read(*lines)
    assert told.value.answer is AckCode.ERROR
    return told.value.text


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"parent": "CUL&Culture&99LAB^1^Escherichia coli"},
        {"parent": "CUL^1"},
        {"parent": "CUL^^ecoli", "of": ""},
        {"parent": ""},
        {"of": "^26112500001"},
    ],
)
def test_the_antibiotics_of_a_germ_come_with_the_number_of_its_culture(facts):
    culture, germ = read(CULTURE, ECOLI, child(**facts), drug())
    assert culture.numbers == ("26112500001", "P7")
    assert (germ.numbers, germ.observations[0].text) == (("26112500001", "P7"), "32 R")


def test_a_tube_of_its_own_goes_before_that_of_the_culture():
    _, germ = read(CULTURE, ECOLI, child(number="26112500002"), drug())
    assert germ.numbers == ("26112500002", "26112500001", "P7")


@pytest.mark.parametrize(
    "facts",
    [
        {"parent": "CUL^3^ECOLI"},
        {"parent": "CUL^1^Pseudomonas aeruginosa"},
        {"parent": "GRAM^1"},
        {"of": "P8^26112500009"},
        {"parent": "", "of": "^26112500009"},
    ],
)
def test_a_germ_that_is_not_in_the_message_is_not_guessed(facts):
    assert "is not to be found" in refused(CULTURE, ECOLI, child(**facts), drug())


def test_two_germs_that_could_be_meant_are_not_guessed():
    assert "is not to be found" in refused(CULTURE, ECOLI, KPN, child(parent="CUL"), drug())


def test_a_report_has_room_for_the_antibiotics_of_one_germ():
    blood = CULTURE.replace("26112500001", "26112500005").replace("OBR|1|P7", "OBR|3|P9")
    first, second = child(), child(parent="CUL^1^KPN", of="^26112500005", place=4)
    other = KPN.replace("OBX|2", "OBX|1").replace("|2|KPN", "|1|KPN")
    assert len(read(CULTURE, ECOLI, first, drug(), blood, other, second, drug())) == 4
    gram = ECOLI.replace("CUL^Culture", "GRAM^Gram").replace("|1|ECOLI^Escherichia coli", "|2|GNB^Rods")
    again = child(parent="GRAM^2^GNB", place=3)
    assert "more than one germ" in refused(CULTURE, ECOLI, gram, first, drug(), again, drug("CRO", "1", "S"))


@pytest.mark.parametrize("sub_id", ["", "1"])
def test_beside_the_germ_its_sub_id_says_whose_they_are(sub_id):
    germ = ECOLI if sub_id else ECOLI.replace("|1|ECOLI", "||ECOLI")
    (group,) = read(CULTURE, germ, drug(sub_id=sub_id))
    assert [each.text for each in group.observations] == ["ECOLI", "32 R"]
    assert "no result has the sub-id 2" in refused(CULTURE, ECOLI, drug(sub_id="2"))


def test_the_same_test_twice_with_different_values_waits():
    assert "stands twice" in refused(CULTURE, ECOLI, KPN)
    assert "stands twice" in refused(CULTURE, ECOLI, drug(sub_id="1"), drug(text="4", meaning="S", sub_id="1"))
    assert read(CULTURE, ECOLI, drug(sub_id="1"), drug(sub_id="1"))


def test_a_refused_message_still_names_its_specimen():
    message = parse_message(f"{HEAD}\r{CULTURE}\r{ECOLI}\r{KPN}".encode())
    assert read_numbers(message) == ("26112500001", "P7")
