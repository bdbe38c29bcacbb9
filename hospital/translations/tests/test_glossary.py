"""The glossary: gaps first, versions kept, two writers do not overwrite each other."""

from typing import Any

import pytest

from hospital.encounters.tests.clinic import make_staff
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.translations import api
from hospital.translations.errors import NotTranslator, TermChanged, TermIncomplete, TermTaken, UnknownTerm
from hospital.translations.models import GlossaryTerm
from hospital.translations.rules.terms import Term
from hospital.translations.tests.factories import NOON, make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55")]


def test_a_term_is_added_once_found_in_both_languages_and_gaps_come_first() -> None:
    translator = make_translator()
    api.add_term(term=Term("湿啰音", "crackles", not_en="wet rales"), actor=translator, now=NOON)
    api.add_term(term=Term(" 气促 ", ""), actor=translator, now=NOON)
    with pytest.raises(TermTaken):
        api.add_term(term=Term("湿啰音", "rales"), actor=translator, now=NOON)
    with pytest.raises(TermIncomplete):
        api.add_term(term=Term(" ", "x"), actor=translator, now=NOON)
    assert [view.term.zh for view in api.list_terms()] == ["气促", "湿啰音"]
    assert [view.term.en for view in api.list_terms(words="CRACK")] == ["crackles"]
    assert api.count_gaps() == len(api.list_terms(only_gaps=True)) == 1


def test_a_change_keeps_what_was_and_refuses_who_saw_an_older_one() -> None:
    translator = make_translator()
    term_id = api.add_term(term=Term("气促", ""), actor=translator, now=NOON)
    change: dict[str, Any] = {"term_id": term_id, "note": "", "is_retired": False, "actor": translator, "now": NOON}
    api.change_term(term=Term("气促", "shortness of breath", ("dyspnea",)), revision=1, **change)
    with pytest.raises(TermChanged):
        api.change_term(term=Term("气促", "tachypnea"), revision=1, **change)
    assert api.get_term(term_id=term_id).term.en == "shortness of breath"
    assert [term.en for _, _, term in api.list_term_versions(term_id=term_id)] == ["shortness of breath", ""]
    with pytest.raises(UnknownTerm):
        api.get_term(term_id=new_id())


def test_only_translators_change_it() -> None:
    with pytest.raises(NotTranslator):
        api.add_term(term=Term("气促", "x"), actor=make_staff(Role.DOCTOR), now=NOON)
    assert not GlossaryTerm.objects.exists()
