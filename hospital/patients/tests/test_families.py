"""Family: relations by age, leaving, proofs, documents, cards, contact (A03, N14)."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest

from hospital.accounts.models import PatientAccount
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_person, make_staff
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.errors import UploadNotAccepted
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together
from hospital.patients.api import (
    accept_proof,
    add_document,
    add_insurance_card,
    change_contact,
    create_person,
    end_document,
    end_holder,
    end_insurance_card,
    get_contact,
    get_linked_person,
    link_person,
    list_holders,
    list_insurance_cards,
    list_linked_people,
    list_pending_proofs,
    read_insurance_picture,
    read_proof_file,
    refuse_proof,
    require_records,
    search_people,
    set_default_person,
    set_insurance_picture,
    set_primary_document,
    submit_proof,
    unlink_person,
)
from hospital.patients.errors import (
    DocumentTaken,
    GuardianConsentNeeded,
    GuardianNeeded,
    IncompletePerson,
    LastDocument,
    NotRegistrar,
    ProofDecided,
    RecordsClosed,
    SelfTaken,
    TooManyPeople,
    UnknownDocument,
    UnknownInsuranceCard,
    UnknownPerson,
    UnknownProof,
)
from hospital.patients.models import AccountPerson, Identifier, InsuranceCard, Proof
from hospital.patients.tests.factories import new_person
from hospital.patients.tests.pictures import jpeg
from hospital.patients.types import NewContact, NewDocument, NewInsuranceCard, ProofKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03")]


def account() -> Actor:
    made = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=TEN)
    return Actor(kind=ActorKind.PATIENT, id=str(made.id), label="patient account")


def add(actor: Actor, relation: str, *, has_guardian_consent: bool = False, **changes) -> UUID:
    person_id, _ = create_person(new=new_person(**changes), actor=actor, now=TEN)
    link(actor, person_id, relation, has_guardian_consent=has_guardian_consent)
    return person_id


def link(actor: Actor, person_id: UUID, relation: str, **more) -> None:
    link_person(account_id=UUID(actor.id), person_id=person_id, relation=relation, actor=actor, now=TEN, **more)


def test_a_child_needs_a_guardian_and_below_14_their_consent():
    owner = account()
    young, older = make_person(born_on=date(2012, 11, 26)).id, make_person(born_on=date(2009, 1, 1)).id
    with pytest.raises(GuardianConsentNeeded):
        link(owner, young, "CHILD")
    with pytest.raises(GuardianNeeded):
        link(owner, older, "SELF")
    with pytest.raises(GuardianNeeded):
        link(owner, older, "SPOUSE")
    assert not AccountPerson.objects.exists()
    link(owner, young, "CHILD", has_guardian_consent=True)
    link(owner, older, "OTHER")
    shown = {each.person.id: each for each in list_linked_people(actor=owner, now=TEN)}
    assert (shown[young].has_guardian_consent, shown[young].is_minor, shown[young].are_records_open) == (True,) * 3
    assert (shown[older].has_guardian_consent, shown[older].are_records_open) == (False, True)


def test_an_account_is_one_person_and_looks_after_twenty():
    owner = account()
    add(owner, "SELF")
    with pytest.raises(SelfTaken):
        link(owner, make_person().id, "SELF")
    for _ in range(19):
        link(owner, make_person().id, "OTHER")
    with pytest.raises(TooManyPeople):
        link(owner, make_person().id, "OTHER")


def test_the_default_follows_when_a_person_leaves_the_list():
    owner = account()
    first, second, third = (add(owner, relation) for relation in ("SELF", "SPOUSE", "PARENT"))
    set_default_person(person_id=second, actor=owner, now=TEN)
    assert [each.person.id for each in list_linked_people(actor=owner, now=TEN)] == [second, first, third]
    unlink_person(account_id=UUID(owner.id), person_id=second, actor=owner, now=TEN)
    assert [each.person.id for each in list_linked_people(actor=owner, now=TEN)] == [first, third]
    assert list_linked_people(actor=owner, now=TEN)[0].is_default
    with pytest.raises(UnknownPerson):
        set_default_person(person_id=second, actor=owner, now=TEN)
    assert list_linked_people(actor=owner, now=TEN)[0].is_default


@pytest.mark.requirement("N14")
def test_a_child_who_came_of_age_leaves_the_parents_list():
    parent, child = account(), account()
    person_id = add(parent, "CHILD", birth_date=date(2008, 11, 25))
    link(child, person_id, "SELF")
    with pytest.raises(RecordsClosed):
        require_records(person_id=person_id, actor=parent, now=TEN)
    require_records(person_id=person_id, actor=child, now=TEN)
    with pytest.raises(UnknownPerson):
        list_holders(person_id=person_id, actor=parent, now=TEN)
    (holder,) = list_holders(person_id=person_id, actor=child, now=TEN)
    assert holder.relation == "CHILD"
    with pytest.raises(UnknownPerson):
        end_holder(person_id=person_id, link_id=new_id(), actor=child, now=TEN)
    end_holder(person_id=person_id, link_id=holder.link_id, actor=child, now=TEN)
    assert list_linked_people(actor=parent, now=TEN) == []
    assert AuditEntry.objects.filter(action="patients.unlink", actor_id=child.id).count() == 1


@pytest.mark.requirement("N14")
def test_an_adults_reports_open_when_the_desk_has_seen_the_agreement(sealed_folder):
    owner, clerk = account(), make_staff(Role.REGISTRAR)
    wife = add(owner, "SPOUSE")
    for kind, is_open in ((ProofKind.RELATION, False), (ProofKind.AGREEMENT, True)):
        proof_id = submit_proof(person_id=wife, kind=kind, identifier_id=None, content=jpeg(), actor=owner, now=TEN)
        with pytest.raises(RecordsClosed):
            require_records(person_id=wife, actor=owner, now=TEN)
        accept_proof(proof_id=proof_id, actor=clerk, now=TEN)
        assert get_linked_person(actor=owner, person_id=wife, now=TEN).are_records_open is is_open
    require_records(person_id=wife, actor=owner, now=TEN)


def test_a_document_is_checked_at_the_desk_and_its_picture_deleted(sealed_folder, django_capture_on_commit_callbacks):
    owner, clerk = account(), make_staff(Role.REGISTRAR)
    person_id = add(owner, "SELF")
    identifier = Identifier.objects.get(person_id=person_id)
    send = partial(
        submit_proof, person_id=person_id, kind=ProofKind.DOCUMENT, identifier_id=identifier.id, actor=owner, now=TEN
    )
    with django_capture_on_commit_callbacks(execute=True):
        first, second = send(content=jpeg()), send(content=jpeg())
    assert [path.is_file() for path in sealed_folder.rglob("*")].count(True) == 1
    (pending,) = list_pending_proofs(actor=clerk, now=TEN)
    assert (pending.proof.id, pending.relation, pending.person.id) == (second, "SELF", person_id)
    assert read_proof_file(proof_id=second, actor=clerk, now=TEN).content_type == "image/jpeg"
    with django_capture_on_commit_callbacks(execute=True):
        accept_proof(proof_id=second, actor=clerk, now=TEN)
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []
    (document,) = get_linked_person(actor=owner, person_id=person_id, now=TEN).person.identifiers
    assert document.verified_by == "MANUAL"
    for proof_id in (first, second):
        with pytest.raises(ProofDecided):
            refuse_proof(proof_id=proof_id, reason="UNREADABLE", actor=clerk, now=TEN)
        with pytest.raises(UnknownProof):
            read_proof_file(proof_id=proof_id, actor=clerk, now=TEN)
    actions = AuditEntry.objects.filter(person_id=person_id, actor_id=clerk.id).values_list("action", flat=True)
    assert list(actions) == ["patients.view_proof", "patients.accept_proof"]


def test_a_refused_proof_says_why_and_may_be_sent_again(sealed_folder):
    owner, clerk = account(), make_staff(Role.REGISTRAR)
    son = add(owner, "CHILD", birth_date=date(2019, 7, 9), has_guardian_consent=True)
    send = partial(
        submit_proof, person_id=son, kind=ProofKind.RELATION, identifier_id=None, content=jpeg(), actor=owner
    )
    refuse_proof(proof_id=send(now=TEN), reason="UNREADABLE", actor=clerk, now=TEN)
    (proof,) = get_linked_person(actor=owner, person_id=son, now=TEN).proofs
    assert (proof.state, proof.reason) == ("REFUSED", "UNREADABLE")
    send(now=TEN + timedelta(minutes=1))
    (proof,) = get_linked_person(actor=owner, person_id=son, now=TEN).proofs
    assert (proof.state, proof.reason) == ("PENDING", None)


@pytest.mark.requirement("N14")
def test_what_cannot_be_kept_leaves_no_file(sealed_folder):
    owner, stranger = account(), account()
    person_id = add(owner, "SELF")
    send = partial(submit_proof, person_id=person_id, now=TEN, kind=ProofKind.DOCUMENT)
    with pytest.raises(UnknownPerson):
        send(identifier_id=None, content=jpeg(), actor=stranger)
    with pytest.raises(UnknownDocument):
        send(identifier_id=new_id(), content=jpeg(), actor=owner)
    with pytest.raises(UnknownDocument):
        send(identifier_id=None, content=jpeg(), actor=owner)
    with pytest.raises(UploadNotAccepted):
        send(identifier_id=Identifier.objects.get().id, content=b"<html>", actor=owner)
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []
    assert not Proof.objects.exists()


@pytest.mark.requirement("N14")
def test_only_a_registrar_sees_and_decides_proofs(sealed_folder):
    owner = account()
    person_id = add(owner, "SPOUSE")
    proof_id = submit_proof(
        person_id=person_id, kind=ProofKind.AGREEMENT, identifier_id=None, content=jpeg(), actor=owner, now=TEN
    )
    for somebody in (owner, make_staff(Role.DOCTOR), make_staff(Role.CASHIER)):
        for act in (
            partial(list_pending_proofs, actor=somebody, now=TEN),
            partial(read_proof_file, proof_id=proof_id, actor=somebody, now=TEN),
            partial(accept_proof, proof_id=proof_id, actor=somebody, now=TEN),
            partial(refuse_proof, proof_id=proof_id, reason="UNREADABLE", actor=somebody, now=TEN),
        ):
            with pytest.raises(NotRegistrar):
                act()
    assert Proof.objects.get().state == "PENDING"


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_clerks_decide_a_proof_once(sealed_folder):
    owner, clerk = account(), make_staff(Role.REGISTRAR)
    person_id = add(owner, "SPOUSE")
    proof_id = submit_proof(
        person_id=person_id, kind=ProofKind.AGREEMENT, identifier_id=None, content=jpeg(), actor=owner, now=TEN
    )
    outcomes = run_together(
        [
            partial(accept_proof, proof_id=proof_id, actor=clerk, now=TEN),
            partial(refuse_proof, proof_id=proof_id, reason="UNREADABLE", actor=clerk, now=TEN),
        ]
    )
    assert sum(isinstance(each, ProofDecided) for each in outcomes) == 1
    is_open = AccountPerson.objects.get().proved_at is not None
    assert is_open == (Proof.objects.get().state == "ACCEPTED")


def test_the_desk_reads_many_proofs_with_few_statements(sealed_folder, django_assert_num_queries):
    clerk = make_staff(Role.REGISTRAR)
    for _ in range(8):
        owner = account()
        submit_proof(
            person_id=add(owner, "SPOUSE"),
            kind=ProofKind.AGREEMENT,
            identifier_id=None,
            content=jpeg(),
            actor=owner,
            now=TEN,
        )
    with django_assert_num_queries(6):
        assert len(list_pending_proofs(actor=clerk, now=TEN)) == 8


@pytest.mark.requirement("N10")
def test_a_new_passport_joins_the_old_one():
    owner = account()
    person_id = add(owner, "SELF", document={"number": "533100427"})
    new = NewDocument(type="PASSPORT", number="601234567", issuer="GBR", valid_to=date(2036, 1, 1))
    assert add_document(person_id=person_id, document=new, is_primary=True, actor=owner, now=TEN) == ()
    shown = get_linked_person(actor=owner, person_id=person_id, now=TEN).person.identifiers
    assert [(each.masked_number, each.is_primary) for each in shown] == [("6****567", True), ("5****427", False)]
    old, clerk = shown[1], make_staff(Role.REGISTRAR)
    set_primary_document(person_id=person_id, identifier_id=old.id, actor=owner, now=TEN)
    end_document(person_id=person_id, identifier_id=shown[0].id, actor=owner, now=TEN)
    assert [each.id for each in search_people(actor=clerk, text="601234567", now=TEN)] == [person_id]
    with pytest.raises(LastDocument):
        end_document(person_id=person_id, identifier_id=old.id, actor=owner, now=TEN)
    with pytest.raises(UnknownDocument):
        set_primary_document(person_id=person_id, identifier_id=shown[0].id, actor=owner, now=TEN)
    assert Identifier.objects.get(pk=old.id).is_primary
    add_document(person_id=person_id, document=new, is_primary=False, actor=owner, now=TEN)
    assert Identifier.objects.filter(ended_at=None).count() == 2


@pytest.mark.requirement("N10")
def test_a_document_of_somebody_else_is_not_added():
    owner, other = account(), account()
    add(other, "SELF", document={"number": "777000111"})
    person_id = add(owner, "SELF", document={"number": "533100427"})
    taken = NewDocument(type="PASSPORT", number="777 000 111", issuer="GBR")
    with pytest.raises(DocumentTaken):
        add_document(person_id=person_id, document=taken, is_primary=True, actor=owner, now=TEN)
    assert Identifier.objects.get(person_id=person_id).is_primary
    with pytest.raises(IncompletePerson):
        add_document(
            person_id=person_id, document=NewDocument(type="CARD", number="1"), is_primary=False, actor=owner, now=TEN
        )


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_first_documents_at_once_leave_one_first():
    owner = account()
    person_id = add(owner, "SELF")
    numbers = ("601234567", "601234568", "601234569")
    run_together(
        [
            partial(
                add_document,
                person_id=person_id,
                document=NewDocument(type="PASSPORT", number=number, issuer="GBR"),
                is_primary=True,
                actor=owner,
                now=TEN,
            )
            for number in numbers
        ]
    )
    assert Identifier.objects.filter(person_id=person_id).count() == 4
    assert Identifier.objects.filter(person_id=person_id, is_primary=True).count() == 1


def test_an_insurance_card_is_kept_masked_with_its_picture(sealed_folder):
    owner, stranger = account(), account()
    person_id = add(owner, "SELF")
    add_card = partial(add_insurance_card, person_id=person_id, now=TEN)
    card = NewInsuranceCard(insurer=" Bupa Global ", member_number="BI 4471 9902", plan="Elite")
    card_id = add_card(card=card, actor=owner)
    (shown,) = list_insurance_cards(person_id=person_id, actor=owner, now=TEN)
    assert (shown.insurer, shown.masked_number, shown.has_picture) == ("Bupa Global", "****9902", False)
    assert "44719902" not in InsuranceCard.objects.get().member_number
    picture = partial(set_insurance_picture, person_id=person_id, card_id=card_id, content=jpeg(), now=TEN)
    read = partial(read_insurance_picture, person_id=person_id, card_id=card_id, now=TEN)
    with pytest.raises(UnknownInsuranceCard):
        read(actor=owner)
    picture(actor=owner)
    assert read(actor=owner).content_type == "image/jpeg"
    for act in (picture, read, partial(add_card, card=card)):
        with pytest.raises(UnknownPerson):
            act(actor=stranger)
    end_insurance_card(person_id=person_id, card_id=card_id, actor=owner, now=TEN)
    assert list_insurance_cards(person_id=person_id, actor=owner, now=TEN) == []
    with pytest.raises(UnknownInsuranceCard):
        picture(actor=owner)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"insurer": "  "}, "insurer"),
        ({"member_number": " "}, "member_number"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "valid_to"),
    ],
)
def test_a_card_without_its_facts_is_refused(changes, fields):
    owner = account()
    person_id = add(owner, "SELF")
    card = NewInsuranceCard(**{"insurer": "Bupa", "member_number": "1"} | changes)
    with pytest.raises(IncompletePerson) as refused:
        add_insurance_card(person_id=person_id, card=card, actor=owner, now=TEN)
    assert refused.value.facts["fields"] == fields
    assert not InsuranceCard.objects.exists()


@pytest.mark.requirement("N14")
def test_contact_is_shown_masked_and_changed_in_part():
    owner = account()
    person_id = add(owner, "SELF")
    change = partial(change_contact, person_id=person_id, now=TEN)
    change(change=NewContact(phone="0044 7700 900999"), actor=owner)
    contact = get_contact(person_id=person_id, actor=owner, now=TEN)
    assert (contact.email, contact.phone) == ("a****@example.com", "+44****0999")
    for wrong, fields in ((NewContact(phone="call me"), "phone"), (NewContact(email="nobody"), "email")):
        with pytest.raises(IncompletePerson) as refused:
            change(change=wrong, actor=owner)
        assert refused.value.facts["fields"] == fields
    with pytest.raises(UnknownPerson):
        change(change=NewContact(phone=""), actor=account())
    wife = add(owner, "SPOUSE")
    with pytest.raises(RecordsClosed):
        change_contact(person_id=wife, change=NewContact(email="me@example.com"), actor=owner, now=TEN)
    change(change=NewContact(email="", preferred_name="Ali", needs_interpreter=True, languages=("ar",)), actor=owner)
    card = get_linked_person(actor=owner, person_id=person_id, now=TEN).person
    assert (card.name.preferred, card.needs_interpreter, card.languages) == ("Ali", True, ("ar",))
    assert get_contact(person_id=person_id, actor=owner, now=TEN).email == ""
