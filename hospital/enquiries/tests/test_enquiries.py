"""Help and feedback: once a key, for its account and the service desk only (A15, W30)."""

import io

import pytest
from PIL import Image

from hospital.accounts.models import PatientAccount
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.enquiries import api
from hospital.enquiries.errors import (
    EnquiryEmpty,
    NotServiceDesk,
    TooManyEnquiries,
    TooManyPictures,
    UnknownEnquiry,
)
from hospital.enquiries.models import Enquiry, EnquiryPicture, EnquiryReply
from hospital.enquiries.types import EnquiryTopic
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.errors import UploadNotAccepted
from hospital.kernel.ids import new_id
from hospital.kernel.transitions import IllegalTransition
from hospital.notifications.models import InboxMessage
from hospital.patients.tests.conftest import sealed_folder

__all__ = ["sealed_folder"]  # a fixture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("sealed_folder"),
    pytest.mark.requirement("A15", "W30"),
]


@pytest.fixture
def patient():
    return make_account()


@pytest.fixture
def desk():
    return make_staff(Role.REGISTRAR)


def make_account():
    account = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=TEN, language="en")
    return Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")


def ask(patient, *, key="first-key", text="Where is the pharmacy?"):
    return api.open_enquiry(topic=EnquiryTopic.VISIT, text=text, key=key, actor=patient, now=TEN)


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def test_the_same_key_opens_one_enquiry_and_writes_one_reply(patient):
    enquiry_id = ask(patient)
    assert ask(patient) == enquiry_id
    for _ in range(2):
        api.write_again(enquiry_id=enquiry_id, text="And the cafe?", key="a-reply-key", actor=patient, now=TEN)
    assert (Enquiry.objects.count(), EnquiryReply.objects.count()) == (1, 1)


def test_the_desk_takes_answers_and_the_inbox_says_so_without_the_text(patient, desk):
    enquiry_id = ask(patient)
    api.take_enquiry(enquiry_id=enquiry_id, actor=desk, now=TEN)
    assert api.get_my_enquiry(enquiry_id=enquiry_id, actor=patient).state == "ANSWERING"
    for _ in range(2):
        api.answer_enquiry(enquiry_id=enquiry_id, text="Floor 1.", key="an-answer", actor=desk, now=TEN)
    view = api.get_my_enquiry(enquiry_id=enquiry_id, actor=patient)
    assert (view.state, [each.text for each in view.replies]) == ("ANSWERED", ["Floor 1."])
    message = InboxMessage.objects.get(account_id=patient.id)
    assert (message.kind, message.target_id) == ("answer", str(enquiry_id))
    assert "Floor" not in message.body_en + message.title_en
    api.rate_enquiry(enquiry_id=enquiry_id, stars=5, actor=patient, now=TEN)
    assert api.get_my_enquiry(enquiry_id=enquiry_id, actor=patient).state == "CLOSED"


def test_writing_again_brings_an_answered_enquiry_back_to_the_desk(patient, desk):
    enquiry_id = ask(patient)
    api.answer_enquiry(enquiry_id=enquiry_id, text="Floor 1.", key="an-answer", actor=desk, now=TEN)
    assert api.list_desk_enquiries(actor=desk) == []
    api.write_again(enquiry_id=enquiry_id, text="Which window?", key="again-key", actor=patient, now=TEN)
    assert [each.id for each in api.list_desk_enquiries(actor=desk)] == [enquiry_id]


def test_a_closed_enquiry_is_not_answered(patient, desk):
    enquiry_id = ask(patient)
    api.close_enquiry(enquiry_id=enquiry_id, actor=desk, now=TEN)
    with pytest.raises(IllegalTransition):
        api.answer_enquiry(enquiry_id=enquiry_id, text="Late.", key="late-key", actor=desk, now=TEN)
    assert not EnquiryReply.objects.exists()


def test_nothing_written_and_too_much_are_refused(patient):
    with pytest.raises(EnquiryEmpty):
        ask(patient, text="   ")
    for number in range(10):
        ask(patient, key=f"key-number-{number}")
    with pytest.raises(TooManyEnquiries):
        ask(patient, key="one-too-many")
    assert Enquiry.objects.count() == 10


def test_a_picture_is_drawn_anew_and_four_go_with_an_enquiry(patient, desk):
    enquiry_id = ask(patient)
    with pytest.raises(UploadNotAccepted):
        api.add_picture(enquiry_id=enquiry_id, content=b"<svg onload=alert(1)>", actor=patient, now=TEN)
    ids = [api.add_picture(enquiry_id=enquiry_id, content=picture(), actor=patient, now=TEN) for _ in range(4)]
    with pytest.raises(TooManyPictures):
        api.add_picture(enquiry_id=enquiry_id, content=picture(), actor=patient, now=TEN)
    assert EnquiryPicture.objects.count() == 4
    for reader in (patient, desk):
        assert api.read_picture(enquiry_id=enquiry_id, picture_id=ids[0], actor=reader).startswith(b"\xff\xd8")


@pytest.mark.requirement("N14")
def test_another_account_and_other_staff_get_nothing(patient, desk):
    enquiry_id, stranger, doctor = ask(patient), make_account(), make_staff(Role.DOCTOR)
    picture_id = api.add_picture(enquiry_id=enquiry_id, content=picture(), actor=patient, now=TEN)
    for refused in (
        lambda: api.get_my_enquiry(enquiry_id=enquiry_id, actor=stranger),
        lambda: api.write_again(enquiry_id=enquiry_id, text="x", key="12345678", actor=stranger, now=TEN),
        lambda: api.rate_enquiry(enquiry_id=enquiry_id, stars=1, actor=stranger, now=TEN),
        lambda: api.add_picture(enquiry_id=enquiry_id, content=picture(), actor=stranger, now=TEN),
        lambda: api.read_picture(enquiry_id=enquiry_id, picture_id=picture_id, actor=stranger),
    ):
        with pytest.raises(UnknownEnquiry):
            refused()
    for unanswered in (
        lambda: api.list_desk_enquiries(actor=doctor),
        lambda: api.answer_enquiry(enquiry_id=enquiry_id, text="x", key="12345678", actor=doctor, now=TEN),
        lambda: api.read_picture(enquiry_id=enquiry_id, picture_id=picture_id, actor=doctor),
        lambda: api.get_desk_enquiry(enquiry_id=enquiry_id, actor=stranger, now=TEN),
    ):
        with pytest.raises(NotServiceDesk):
            unanswered()
    assert Enquiry.objects.get().stars is None
    api.get_desk_enquiry(enquiry_id=enquiry_id, actor=desk, now=TEN)
    assert AuditEntry.objects.filter(action="enquiries.view", subject_id=str(enquiry_id)).count() == 1
