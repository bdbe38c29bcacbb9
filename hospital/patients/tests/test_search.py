"""Finding people by what a desk has in hand: a name in any script, a record number, a document (N10, N20)."""

import pytest

from hospital.encounters.tests.clinic import TEN, make_campus, make_staff
from hospital.kernel.actors import Role
from hospital.patients.api import ensure_record_number, search_people
from hospital.patients.services import create_person
from hospital.patients.tests.factories import new_person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N10", "N20")]


@pytest.fixture
def clerk():
    """Who may see the whole index."""
    return make_staff(Role.REGISTRAR)


def create(clerk, **changes):
    return create_person(new=new_person(**changes), actor=clerk, now=TEN)[0]


def find(clerk, text, **options):
    return [card.id for card in search_people(actor=clerk, text=text, now=TEN, **options)]


@pytest.mark.parametrize("text", ["muller", "Müller", "MUELLER", "asa muller", "Müller Åsa", "  mull  "])
def test_latin_names_are_found_with_and_without_their_marks(clerk, text):
    person_id = create(clerk, family_name="Müller-Łoś", given_names="Åsa")
    create(clerk)
    assert find(clerk, text) == [person_id]


@pytest.mark.parametrize("text", ["陈嘉", "chenjiayi", "CJY", "cjy"])
def test_chinese_names_are_found_by_character_pinyin_and_initials(clerk, text):
    person_id = create(clerk, family_name="Chan", given_names="Kai", chinese_name="陈嘉怡")
    create(clerk)
    assert find(clerk, text) == [person_id]


def test_every_word_of_a_name_must_be_found(clerk):
    create(clerk, family_name="Silva", given_names="Ana")
    assert find(clerk, "silva maria") == []


def test_record_and_document_numbers_are_found_whole(clerk):
    person_id = create(clerk, document={"number": "533100427"})
    make_campus()
    mrn = ensure_record_number(person_id=person_id, campus_code="IMC")
    assert find(clerk, mrn.lower()) == find(clerk, "533 100-427") == [person_id]
    assert find(clerk, "53310042") == find(clerk, mrn[:-1]) == []


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", "\\", "x" * 5000, "🙂"])
def test_nothing_and_nonsense_find_nobody(clerk, text):
    create(clerk)
    assert find(clerk, text) == []


def test_a_search_takes_a_fixed_number_of_statements_and_stops_at_its_limit(clerk, django_assert_num_queries):
    for _ in range(6):
        create(clerk)
    with django_assert_num_queries(4):
        assert len(find(clerk, "fraser")) == 6
    assert len(find(clerk, "fraser", limit=4)) == 4
