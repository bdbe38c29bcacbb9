"""The invented people cover what the demonstration must show, and their documents are right."""

from datetime import date

import pytest

from demo.patients import make_patients
from hospital.patients.rules.documents import DocumentType, DocumentWarning, check_document
from hospital.patients.rules.mrz import MrzWarning, parse_td3
from hospital.patients.rules.names import fold_mrz

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def people():
    return make_patients(on=ON)


def test_the_same_people_every_time(people):
    assert make_patients(on=ON) == people
    assert len(people) == 200
    assert len({person.email for person in people}) == 200


def test_many_nationalities_and_every_document_type(people):
    assert len({person.nationality for person in people}) >= 25
    types = {document.type for person in people for document in person.documents}
    assert types == set(DocumentType) - {DocumentType.OTHER}


def test_all_ages_and_kinds_of_names(people):
    ages = [(ON - person.birth_on).days for person in people]
    assert min(ages) < 28
    assert max(ages) > 90 * 365
    assert any(person.has_single_name for person in people)
    assert any("-" in person.family_name for person in people)
    assert any(not person.family_name.isascii() for person in people)
    assert any("·" in person.chinese_name for person in people)
    assert any(len(f"{person.family_name} {person.given_names}") > 45 for person in people)


def test_every_document_is_right(people):
    for person in people:
        for document in person.documents:
            check = check_document(
                document_type=document.type, number=document.number, on=ON, birth_on=person.birth_on, sex=person.sex
            )
            assert set(check.warnings) <= {DocumentWarning.OLD_FORM}, (person, document)
            assert check.nationality in {None, person.nationality}


def test_every_passport_zone_is_right(people):
    zones = [(person, document) for person in people for document in person.documents if document.mrz]
    assert len(zones) > 100
    for person, document in zones:
        reading = parse_td3("\n".join(document.mrz or ()), on=ON)
        assert set(reading.warnings) <= {MrzWarning.NAME_CUT}
        assert (reading.number, reading.birth_on, reading.sex) == (document.number, person.birth_on, person.sex)
        assert fold_mrz(person.family_name).startswith(reading.name.family.replace(" ", "<"))


def test_contacts_are_in_ranges_that_nobody_holds(people):
    for person in people:
        assert person.email.endswith(("@example.com", "@example.org", "@example.net"))
        assert person.phone.startswith("+")
