"""The public check tells authenticity and nothing else."""

from dataclasses import asdict
from datetime import date

import pytest

from hospital.documents.api import Authenticity, Verification, verify_document, void_document
from hospital.documents.samples.people import WHITAKER
from hospital.documents.tests.factories import NOW, REGISTRAR, make_document, make_person
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F48")]


def test_a_genuine_paper() -> None:
    issued = make_document(person_id=make_person())
    answer = verify_document(number=issued.number, check_code=issued.check_code)
    assert answer.authenticity == Authenticity.GENUINE
    assert answer.title == BilingualText("门诊费用清单", "Outpatient fee statement")
    assert answer.issued_on == date(2026, 11, 24)
    assert answer.hospital is not None
    shown = str(asdict(answer))
    for secret in (WHITAKER.family_name, WHITAKER.given_names, WHITAKER.record_number, "568.86"):
        assert secret not in shown


@pytest.mark.parametrize("form", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_is_read_however_it_is_typed(form) -> None:
    issued = make_document()
    answer = verify_document(number=issued.number.lower(), check_code=form(issued.check_code))
    assert answer.authenticity == Authenticity.GENUINE


def test_wrong_code_and_unknown_number_give_one_answer() -> None:
    issued, other = make_document(), make_document("prescription")
    unknown = Verification(authenticity=Authenticity.UNKNOWN)
    assert verify_document(number=issued.number, check_code=other.check_code) == unknown
    assert verify_document(number=issued.number, check_code="") == unknown
    assert verify_document(number="FS209901010000001", check_code=issued.check_code) == unknown
    assert verify_document(number="FS209901010000001", check_code="0000-0000") == unknown
    assert verify_document(number="", check_code="") == unknown


def test_void_and_replaced_papers_say_so() -> None:
    first = make_document("laboratory-report")
    second = make_document("laboratory-report-1", replaces=first.number)
    answer = verify_document(number=first.number, check_code=first.check_code)
    assert answer.authenticity == Authenticity.SUPERSEDED
    void_document(number=second.number, reason="Specimen mixed up", actor=REGISTRAR, now=NOW)
    answer = verify_document(number=second.number, check_code=second.check_code)
    assert answer.authenticity == Authenticity.VOID
    assert "Specimen" not in str(asdict(answer))
