"""Writes of enquiries: by their account, and by the service desk."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.accounts.api import get_account
from hospital.audit.api import acting, record_act
from hospital.enquiries.errors import EnquiryEmpty, TooManyEnquiries, TooManyPictures, UnknownEnquiry
from hospital.enquiries.models import Enquiry, EnquiryPicture, EnquiryReply
from hospital.enquiries.queries import account_id_of, require_service_desk
from hospital.enquiries.states import ENQUIRY_TRANSITIONS, EnquiryState
from hospital.enquiries.types import EnquiryTopic
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.sealed_files import delete_sealed, store_sealed
from hospital.kernel.types import BilingualText
from hospital.kernel.uploads import check_upload
from hospital.notifications.api import post_messages
from hospital.notifications.types import NewMessage

PICTURE_PLACE: Final = "enquiries_enquirypicture.name"
MOST_A_DAY = 10
MOST_PICTURES = 4
LONGEST_TEXT = 2000


def open_enquiry(*, topic: EnquiryTopic, text: str, key: str, actor: Actor, now: datetime) -> UUID:
    """Opens an enquiry of the account; the same key again returns the same one.

    Refusals: `EnquiryEmpty`, `TooManyEnquiries` (ten a day).
    """
    account_id, words = account_id_of(actor), _clean(text)
    known = Enquiry.objects.filter(account_id=account_id, key=key).first()
    if known is not None:
        return known.id
    if Enquiry.objects.filter(account_id=account_id, created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyEnquiries(limit=MOST_A_DAY)
    language = get_account(account_id=account_id).language
    try:
        with acting(actor=actor):
            row = Enquiry.objects.create(
                number=_next_number(now=now),
                account_id=account_id,
                key=key,
                topic=topic,
                text=words,
                language=language,
                state=EnquiryState.RECEIVED,
                created_at=now,
                updated_at=now,
            )
            _record(row, action="enquiries.open", actor=actor, now=now)
    except IntegrityError:  # sent twice at once
        return Enquiry.objects.get(account_id=account_id, key=key).id
    return row.id


def add_picture(*, enquiry_id: UUID, content: bytes, actor: Actor, now: datetime) -> UUID:
    """Keeps a picture with an enquiry of the account, drawn anew and encrypted.

    Refusals: `UnknownEnquiry`, `TooManyPictures`, `UploadTooLarge`, `UploadNotAccepted`.
    """
    _own(enquiry_id=enquiry_id, actor=actor)
    upload = check_upload(content, allows_pdf=False)
    name = store_sealed(content=upload.content, place=PICTURE_PLACE)
    try:
        with acting(actor=actor):
            row = Enquiry.objects.select_for_update().get(pk=enquiry_id)
            if row.pictures.count() >= MOST_PICTURES:
                raise TooManyPictures(limit=MOST_PICTURES)
            picture = EnquiryPicture.objects.create(enquiry=row, name=name, sent_at=now)
            _record(row, action="enquiries.add_picture", actor=actor, now=now)
    except BaseException:
        delete_sealed(name=name)
        raise
    return picture.id


def write_again(*, enquiry_id: UUID, text: str, key: str, actor: Actor, now: datetime) -> None:
    """The patient adds to an enquiry, which waits for the desk again; the same key writes once.

    Refusals: `UnknownEnquiry`, `EnquiryEmpty`.
    """
    row, words = _own(enquiry_id=enquiry_id, actor=actor), _clean(text)
    with acting(actor=actor):
        if _reply(row, key=key, text=words, author_id=None, now=now):
            _move(row, target=EnquiryState.RECEIVED, now=now)
            _record(row, action="enquiries.write", actor=actor, now=now)


def rate_enquiry(*, enquiry_id: UUID, stars: int, actor: Actor, now: datetime) -> None:
    """The patient says how good the answer was, 1 to 5; an answered enquiry is closed by it.

    Refusals: `UnknownEnquiry`.
    """
    row = _own(enquiry_id=enquiry_id, actor=actor)
    with acting(actor=actor):
        Enquiry.objects.filter(pk=row.pk).update(stars=stars)
        if row.state == EnquiryState.ANSWERED:
            _move(row, target=EnquiryState.CLOSED, now=now)
        _record(row, action="enquiries.rate", actor=actor, now=now)


def take_enquiry(*, enquiry_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody at the service desk takes a new enquiry. One that is taken stays with who took it.

    Refusals: `NotServiceDesk`, `UnknownEnquiry`.
    """
    row = _for_desk(enquiry_id=enquiry_id, actor=actor)
    with acting(actor=actor):
        received = Enquiry.objects.filter(pk=row.pk, state=EnquiryState.RECEIVED)
        if received.update(state=EnquiryState.ANSWERING, taken_by_id=UUID(actor.id), updated_at=now):
            _record(row, action="enquiries.take", actor=actor, now=now)


def answer_enquiry(*, enquiry_id: UUID, text: str, key: str, actor: Actor, now: datetime) -> None:
    """The desk answers; the inbox of the account says so. The same key answers once.

    Refusals: `NotServiceDesk`, `UnknownEnquiry`, `EnquiryEmpty`, `IllegalTransition` (closed).
    """
    row, words = _for_desk(enquiry_id=enquiry_id, actor=actor), _clean(text)
    ENQUIRY_TRANSITIONS.check(current=EnquiryState(row.state), target=EnquiryState.ANSWERED)
    with acting(actor=actor):
        if _reply(row, key=key, text=words, author_id=UUID(actor.id), now=now):
            _move(row, target=EnquiryState.ANSWERED, now=now)
            _record(row, action="enquiries.answer", actor=actor, now=now)
            _tell(row, key=key, now=now)


def close_enquiry(*, enquiry_id: UUID, actor: Actor, now: datetime) -> None:
    """The desk closes an enquiry. Refusals: `NotServiceDesk`, `UnknownEnquiry`, `IllegalTransition`."""
    row = _for_desk(enquiry_id=enquiry_id, actor=actor)
    ENQUIRY_TRANSITIONS.check(current=EnquiryState(row.state), target=EnquiryState.CLOSED)
    with acting(actor=actor):
        _move(row, target=EnquiryState.CLOSED, now=now)
        _record(row, action="enquiries.close", actor=actor, now=now)


def _clean(text: str) -> str:
    words = text.strip()[:LONGEST_TEXT]
    if not words:
        raise EnquiryEmpty
    return words


def _own(*, enquiry_id: UUID, actor: Actor) -> Enquiry:
    row = Enquiry.objects.filter(pk=enquiry_id, account_id=account_id_of(actor)).first()
    if row is None:
        raise UnknownEnquiry
    return row


def _for_desk(*, enquiry_id: UUID, actor: Actor) -> Enquiry:
    require_service_desk(actor)
    row = Enquiry.objects.filter(pk=enquiry_id).first()
    if row is None:
        raise UnknownEnquiry
    return row


def _reply(row: Enquiry, *, key: str, text: str, author_id: UUID | None, now: datetime) -> bool:
    """Whether this call wrote it."""
    try:
        with transaction.atomic():
            EnquiryReply.objects.create(enquiry=row, key=key, author_id=author_id, text=text, written_at=now)
    except IntegrityError:
        return False
    return True


def _move(row: Enquiry, *, target: EnquiryState, now: datetime) -> None:
    allowed = ENQUIRY_TRANSITIONS.allowed_from(target)
    Enquiry.objects.filter(pk=row.pk, state__in=allowed).update(state=target, updated_at=now)


def _tell(row: Enquiry, *, key: str, now: datetime) -> None:
    post_messages(
        account_ids=[row.account_id],
        message=NewMessage(
            kind="answer",
            key=f"enquiries.answered:{row.id}:{key}",
            title=_both(_("The service desk answered you")),
            body=_both(_("Your message %(number)s has an answer."), number=row.number),
            target_kind="enquiry",
            target_id=str(row.id),
        ),
        now=now,
    )


def _both(message: Promise, **facts: str) -> BilingualText:
    with translation.override("zh-hans"):
        zh = str(message) % facts
    with translation.override("en"):
        return BilingualText(zh, str(message) % facts)


def _next_number(*, now: datetime) -> str:
    """FB-261125-000042, from a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enquiries_number')")
        (number,) = cursor.fetchone()
    return f"FB-{now.astimezone(SHANGHAI):%y%m%d}-{number:06d}"


def _record(row: Enquiry, *, action: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="enquiry",
        subject_id=str(row.id),
        now=now,
        details={"number": row.number},
    )
