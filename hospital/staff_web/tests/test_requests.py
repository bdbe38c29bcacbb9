"""Proofs and claims at the registration desk; hidden names of the audit desk (A03, N10, N14)."""

from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.accounts.models import PatientAccount
from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.patients.api import add_document, create_person, link_person, open_claim, submit_proof
from hospital.patients.models import AccountPerson, Claim, Identifier, Person, Proof
from hospital.patients.tests.conftest import sealed_folder
from hospital.patients.tests.factories import new_person
from hospital.patients.tests.pictures import jpeg
from hospital.patients.types import NewClaim, NewDocument, ProofKind
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_administration import AUDIT

__all__ = ["sealed_folder"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03", "N10")]
REQUESTS = "/staff/registration/requests/"


def make_account() -> Actor:
    account = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=timezone.now())
    return Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")


def send_proof(content: bytes = b"") -> Proof:
    owner, now = make_account(), timezone.now()
    person_id, _ = create_person(new=new_person(), actor=owner, now=now)
    link_person(account_id=UUID(owner.id), person_id=person_id, relation="SELF", actor=owner, now=now)
    proof_id = submit_proof(
        person_id=person_id,
        kind=ProofKind.DOCUMENT,
        identifier_id=Identifier.objects.get(person_id=person_id).id,
        content=content or jpeg(),
        actor=owner,
        now=now,
    )
    return Proof.objects.get(pk=proof_id)


def ask_for(person_id: UUID | None = None) -> Claim:
    owner, now = make_account(), timezone.now()
    number = f"88{new_id().int % 10_000_000:07d}"
    if person_id:
        add_document(
            person_id=person_id,
            document=NewDocument(type="PASSPORT", number=number, issuer="GBR"),
            is_primary=True,
            actor=Actor(kind=ActorKind.SYSTEM, id="test", label="test"),
            now=now,
        )
    new = NewClaim(
        document=NewDocument(type="PASSPORT", number=number, issuer="GBR"),
        family_name="Fraser-Whitcombe",
        given_names="Alistair James",
        birth_date=new_person().birth_date,
        relation="PARENT",
    )
    return Claim.objects.get(pk=open_claim(new=new, actor=owner, now=now))


@pytest.mark.parametrize(("language", "words"), [("en", "Proofs to look at"), ("zh-hans", "待审核证明")])
def test_a_proof_is_looked_at_and_accepted(sealed_folder, language, words) -> None:
    proof, client = send_proof(), open_desk(Role.REGISTRAR, language=language)
    page = client.get(REQUESTS, {"open": str(proof.id)}).text
    assert words in page
    file = client.get(reverse("staff:registration_proof_file", args=[proof.id]))
    assert (file["Content-Type"], file["Cache-Control"]) == ("image/jpeg", "no-store")
    assert "sandbox" in file["Content-Security-Policy"]
    answer = client.post(reverse("staff:registration_proof", args=[proof.id]), {"decision": "accept"})
    assert answer.url == REQUESTS
    assert Identifier.objects.get().verified_by == "MANUAL"
    assert client.get(reverse("staff:registration_proof_file", args=[proof.id])).status_code == 404
    assert AuditEntry.objects.filter(action="patients.view_proof", person_id=proof.person_id).count() == 1


def test_a_proof_is_refused_with_a_reason_only(sealed_folder) -> None:
    proof, client = send_proof(), open_desk(Role.REGISTRAR)
    address = reverse("staff:registration_proof", args=[proof.id])
    answer = client.post(address, {"decision": "refuse", "reason": ""}, follow=True)
    assert "Choose why it is refused." in answer.text
    assert Proof.objects.get().state == "PENDING"
    client.post(address, {"decision": "refuse", "reason": "UNREADABLE"})
    assert (Proof.objects.get().state, Proof.objects.get().reason) == ("REFUSED", "UNREADABLE")
    answer = client.post(address, {"decision": "accept"}, follow=True)
    assert "decided already" in answer.text


def test_a_claim_is_linked_to_the_record_that_agrees_or_is_chosen() -> None:
    person_id, _ = create_person(new=new_person(), actor=make_account(), now=timezone.now())
    client = open_desk(Role.REGISTRAR)
    claim = ask_for(person_id)
    page = client.get(REQUESTS, {"open": str(claim.id)}).text
    assert "All three agree" in page
    address = reverse("staff:registration_claim", args=[claim.id])
    assert "Choose the record" in client.post(address, {"decision": "accept"}, follow=True).text
    client.post(address, {"decision": "accept", "person": person_id})
    assert AccountPerson.objects.get().person_id == person_id
    other = ask_for()
    passport = Identifier.objects.filter(person_id=person_id).first()
    assert passport is not None
    client.post(
        reverse("staff:registration_claim", args=[other.id]), {"decision": "accept", "record": "no such number"}
    )
    assert Claim.objects.get(pk=other.pk).state == "OPEN"
    client.post(reverse("staff:registration_claim", args=[other.id]), {"decision": "refuse", "reason": "COME_TO_DESK"})
    assert Claim.objects.get(pk=other.pk).state == "REFUSED"


def test_nothing_waits() -> None:
    assert "Nothing waits" in open_desk(Role.REGISTRAR).get(REQUESTS).text


@pytest.mark.requirement("N14")
@pytest.mark.parametrize("role", [Role.DOCTOR, Role.CASHIER, Role.AUDIT_ADMIN])
def test_other_desks_see_and_decide_nothing(sealed_folder, role) -> None:
    proof, claim, client = send_proof(), ask_for(), open_desk(role)
    for address in (REQUESTS, reverse("staff:registration_proof_file", args=[proof.id])):
        assert client.get(address).status_code == 403
    for name, request_id in (("proof", proof.id), ("claim", claim.id)):
        address = reverse(f"staff:registration_{name}", args=[request_id])
        assert client.post(address, {"decision": "accept"}).status_code == 403
    assert (Proof.objects.get().state, Claim.objects.get().state) == ("PENDING", "OPEN")


@pytest.mark.requirement("N14", "N19")
def test_names_in_versions_are_hidden_until_a_reason_is_logged() -> None:
    person_id, _ = create_person(new=new_person(), actor=make_account(), now=timezone.now())
    Person.objects.filter(pk=person_id).update(family_name="Okonkwo", birth_date="1980-02-03", sex="U")
    entry = AuditEntry.objects.get(action="patients.create")
    client = open_desk(Role.AUDIT_ADMIN)
    page = client.get(reverse("staff:audit_entry", args=[entry.id])).text
    assert "family_name" in page
    assert "<del>M</del> → <ins>U</ins>" in page
    for secret in ("Okonkwo", "Fraser", "1980-02-03", "1979-03-14"):
        assert secret not in page
    address = reverse("staff:audit_unmask", args=[entry.id])
    assert client.post(address, {"reason": "why"}).status_code == 422
    assert not AuditEntry.objects.filter(action="patients.unmask_versions").exists()
    page = client.post(address, {"reason": "complaint of the patient"}).text
    assert "Okonkwo" in page
    assert "1980-02-03" in page
    logged = AuditEntry.objects.get(action="patients.unmask_versions")
    assert (logged.reason, logged.person_id) == ("complaint of the patient", person_id)
    assert "Names unmasked" in client.get(AUDIT, {"kind": "unmask"}).text
    assert open_desk(Role.REGISTRAR).post(address, {"reason": "complaint of the patient"}).status_code == 403
