"""What the desk decides of a claim, a proof or a correction reaches the account that asked (A03, N10, N14)."""

from dataclasses import replace

import pytest

from hospital.accounts.api import normalize_phone, parse_address, patient_actor
from hospital.accounts.models import PatientAccount
from hospital.audit.api import list_entries
from hospital.consents.api import list_corrections, list_desk_corrections, request_correction
from hospital.consents.errors import AnswerIncomplete, CorrectionAnswered, NotCorrectionDesk, UnknownCorrection
from hospital.consents.models import CorrectionRequest
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.notifications.api import list_messages, set_choices
from hospital.notifications.models import InboxMessage, Message
from hospital.notifications.types import Channel, Choice, Topic
from hospital.patients.api import create_person, open_claim, submit_proof
from hospital.patients.errors import ClaimEnded, ProofDecided
from hospital.patients.models import Identifier
from hospital.patients.tests.conftest import sealed_folder
from hospital.patients.tests.factories import new_person
from hospital.patients.tests.pictures import jpeg
from hospital.patients.tests.test_claims import claim
from hospital.patients.types import ProofKind
from hospital.workflows.add_person import add_person
from hospital.workflows.answer_request import (
    accept_proof,
    accept_record,
    answer_correction,
    refuse_proof,
    refuse_record,
)

__all__ = ["sealed_folder"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03", "N10", "N14")]
WHY = BilingualText("证件上就是这样写的。", "Your passport says the same.")


@pytest.fixture
def patient():
    """An account with an e-mail address and a phone that reads Traditional Chinese."""
    mail, phone = parse_address("alistair@example.com"), parse_address(normalize_phone("+44 7700 900123"))
    account = PatientAccount.objects.create(
        email=mail.sealed,
        email_index=mail.index,
        phone=phone.sealed,
        phone_index=phone.index,
        language="zh-hant",
        created_at=TEN,
    )
    return patient_actor(account.id)


@pytest.fixture
def clerk():
    return make_staff(Role.REGISTRAR)


def told(patient):
    """The newest message of the inbox: title and text in both languages, where it leads."""
    card = list_messages(actor=patient)[0]
    return card.title, card.body, (card.target_kind, card.target_id)


def test_a_linked_record_and_one_that_was_not_are_told_in_the_inbox_and_by_mail(patient, clerk):
    person_id, _ = create_person(new=new_person(document={"number": "533100427"}), actor=clerk, now=TEN)
    claim_id = open_claim(new=claim(), actor=patient, now=TEN)
    accept_record(claim_id=claim_id, person_id=person_id, actor=clerk, now=TEN)
    title, body, leads = told(patient)
    assert (title.zh, title.en) == ("档案已关联", "The record was linked")
    assert ("就诊人列表" in body.zh, "on your list" in body.en, leads) == (True, True, ("person", str(person_id)))
    mail = Message.objects.get()
    assert (mail.channel, mail.language, mail.subject) == ("EMAIL", "zh-hant", "醫院已回覆您的申請")
    assert "FRASER" not in mail.body
    with pytest.raises(ClaimEnded):
        refuse_record(claim_id=claim_id, reason="NOT_ENOUGH", actor=clerk, now=TEN)
    other = open_claim(new=replace(claim("999888777"), relation="PARENT"), actor=patient, now=TEN)
    refuse_record(claim_id=other, reason="NOT_ENOUGH", actor=clerk, now=TEN)
    title, body, leads = told(patient)
    assert title.en == "The record was not linked"
    assert body.en.endswith("It does not show what we need.")
    assert leads == ("claim", str(other))
    assert (InboxMessage.objects.count(), Message.objects.count()) == (2, 2)


def test_a_proof_that_was_decided_is_told_over_what_the_account_chose(patient, clerk, sealed_folder):
    chosen = [
        Choice(Topic.REQUESTS, Channel.EMAIL, is_wanted=False),
        Choice(Topic.REQUESTS, Channel.SMS, is_wanted=True),
    ]
    set_choices(account_id=patient.id, choices=chosen, actor=patient, now=TEN)
    person_id, _ = add_person(new=new_person(), relation="SELF", actor=patient, now=TEN)
    document = Identifier.objects.get(person_id=person_id)

    def send():
        return submit_proof(
            person_id=person_id,
            kind=ProofKind.DOCUMENT,
            identifier_id=document.id,
            content=jpeg(),
            actor=patient,
            now=TEN,
        )

    refuse_proof(proof_id=send(), reason="UNREADABLE", actor=clerk, now=TEN)
    title, body, leads = told(patient)
    assert (title.en, leads) == ("Your proof was not accepted", ("person", str(person_id)))
    assert "take a sharper one" in body.en
    assert "重新提交" in body.zh
    message = Message.objects.get()
    assert (message.channel, message.kind, message.language, message.body) == (
        "SMS",
        "request_answered",
        "zh-hant",
        "[]",
    )
    proof_id = send()
    accept_proof(proof_id=proof_id, actor=clerk, now=TEN)
    assert told(patient)[0].en == "Your proof was accepted"
    with pytest.raises(ProofDecided):
        accept_proof(proof_id=proof_id, actor=clerk, now=TEN)
    assert InboxMessage.objects.count() == 2


def ask(patient, text="My family name is spelled wrong."):
    return request_correction(account_id=patient.id, text=text, actor=patient, now=TEN).id


def test_a_correction_is_answered_once_in_both_languages(patient, clerk):
    correction_id = ask(patient)
    (waiting,) = list_desk_corrections(actor=clerk)
    assert (waiting.request.id, str(waiting.account_id)) == (correction_id, patient.id)
    answer_correction(correction_id=correction_id, is_done=False, answer=WHY, actor=clerk, now=TEN)
    (card,) = list_corrections(account_id=patient.id)
    assert (card.state, card.answer, card.answered_at) == ("REFUSED", WHY, TEN)
    title, body, leads = told(patient)
    assert (title.en, leads) == ("Your correction was not made", ("correction", str(correction_id)))
    assert "passport" not in body.en + Message.objects.get().body
    assert list_desk_corrections(actor=clerk) == []
    (answered,) = list_desk_corrections(actor=clerk, is_open=False)
    assert answered.answered_by == clerk.id
    with pytest.raises(CorrectionAnswered):
        answer_correction(correction_id=correction_id, is_done=True, answer=WHY, actor=clerk, now=TEN)
    assert len(list_entries(action="consents.answer_correction")) == 1
    assert InboxMessage.objects.count() == 1


def test_a_correction_that_was_made_needs_no_word(patient, clerk):
    answer_correction(correction_id=ask(patient), is_done=True, answer=BilingualText(""), actor=clerk, now=TEN)
    assert list_corrections(account_id=patient.id)[0].state == "DONE"
    assert told(patient)[0].en == "We corrected what you asked for"


@pytest.mark.parametrize(
    ("is_done", "answer"),
    [
        (False, BilingualText("")),
        (False, BilingualText("不行")),
        (True, BilingualText(" ", "Done")),
        (False, BilingualText("", "No")),
    ],
)
def test_an_answer_in_one_language_or_none_is_not_sent(patient, clerk, is_done, answer):
    correction_id = ask(patient)
    with pytest.raises(AnswerIncomplete):
        answer_correction(correction_id=correction_id, is_done=is_done, answer=answer, actor=clerk, now=TEN)
    assert CorrectionRequest.objects.get().state == "OPEN"
    assert not InboxMessage.objects.exists()


def test_only_a_registration_desk_answers_corrections(patient, clerk):
    correction_id = ask(patient)
    for somebody in (patient, make_staff(Role.DOCTOR)):
        with pytest.raises(NotCorrectionDesk):
            answer_correction(correction_id=correction_id, is_done=False, answer=WHY, actor=somebody, now=TEN)
        with pytest.raises(NotCorrectionDesk):
            list_desk_corrections(actor=somebody)
    with pytest.raises(UnknownCorrection):
        answer_correction(correction_id=new_id(), is_done=False, answer=WHY, actor=clerk, now=TEN)
    assert CorrectionRequest.objects.get().state == "OPEN"
