"""Who may see a document: the four actors."""

import pytest

from hospital.accounts.models import PatientAccount
from hospital.documents.api import get_document, list_documents, print_document, render_document, void_document
from hospital.documents.errors import DocumentNotFound
from hospital.documents.models import IssuedDocument
from hospital.documents.tests.factories import BILL, NOW, REGISTRAR, STRANGER, make_document, make_person
from hospital.kernel.actors import Actor, ActorKind, system_actor
from hospital.patients.api import link_person
from hospital.patients.errors import NoCareRelation, UnknownPerson

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]


def make_account(email: str) -> Actor:
    account = PatientAccount.objects.create(email_index=email, created_at=NOW)
    return Actor(kind=ActorKind.PATIENT, id=str(account.pk), label=email)


def test_own_account_and_own_desk_see_it() -> None:
    person_id = make_person()
    issued = make_document(person_id=person_id)
    guardian = make_account("guardian")
    link_person(account_id=guardian.id, person_id=person_id, relation="SELF", actor=guardian, now=NOW)  # type: ignore[arg-type]
    for actor in (guardian, REGISTRAR, system_actor("journeys")):
        assert get_document(number=issued.number, actor=actor, now=NOW).number == issued.number
        assert render_document(number=issued.number, actor=actor, now=NOW).pdf.startswith(b"%PDF")
        assert len(list_documents(person_id=person_id, actor=actor, now=NOW)) == 1
        assert len(list_documents(subject=BILL, actor=actor, now=NOW)) == 1


def test_another_account_learns_nothing() -> None:
    person_id = make_person()
    issued = make_document(person_id=person_id)
    stranger = make_account("stranger")
    for act in (get_document, render_document, print_document):
        with pytest.raises(DocumentNotFound):
            act(number=issued.number, actor=stranger, now=NOW)
    with pytest.raises(UnknownPerson):
        list_documents(person_id=person_id, actor=stranger, now=NOW)
    assert list_documents(subject=BILL, actor=stranger, now=NOW) == []
    assert IssuedDocument.objects.get().printed_count == 0


def test_staff_of_another_campus_is_refused() -> None:
    person_id = make_person()
    issued = make_document(person_id=person_id)
    before = IssuedDocument.objects.values().get()
    for act in (get_document, render_document, print_document):
        with pytest.raises(NoCareRelation):
            act(number=issued.number, actor=STRANGER, now=NOW)
    with pytest.raises(NoCareRelation):
        void_document(number=issued.number, reason="Wrong", actor=STRANGER, now=NOW)
    with pytest.raises(NoCareRelation):
        list_documents(person_id=person_id, actor=STRANGER, now=NOW)
    assert list_documents(subject=BILL, actor=STRANGER, now=NOW) == []
    assert IssuedDocument.objects.values().get() == before


def test_a_document_without_a_person_is_for_staff() -> None:
    issued = make_document()
    assert get_document(number=issued.number, actor=STRANGER, now=NOW).person_id is None
    with pytest.raises(DocumentNotFound):
        get_document(number=issued.number, actor=make_account("stranger"), now=NOW)


def test_a_person_or_a_subject_is_needed() -> None:
    with pytest.raises(ValueError, match="person"):
        list_documents(actor=REGISTRAR, now=NOW)
