"""Reads of enquiries: an account its own, the service desk all of them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from hospital.audit.api import record_act
from hospital.enquiries.errors import NotServiceDesk, UnknownEnquiry
from hospital.enquiries.models import Enquiry, EnquiryPicture
from hospital.enquiries.states import EnquiryState
from hospital.enquiries.types import EnquiryTopic, EnquiryView, ReplyView
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.sealed_files import read_sealed
from hospital.kernel.types import BilingualText

_PLACE: Final = "enquiries_enquirypicture.name"
OPEN = (EnquiryState.RECEIVED, EnquiryState.ANSWERING)


def account_id_of(actor: Actor) -> UUID:
    """The account that acts; nobody else has enquiries of their own."""
    if actor.kind is not ActorKind.PATIENT:
        raise UnknownEnquiry
    return UUID(actor.id)


def require_service_desk(actor: Actor) -> None:
    """Refuses with `NotServiceDesk` unless the actor works at a registration desk, which is the service desk too."""
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.REGISTRAR):
        raise NotServiceDesk


def list_my_enquiries(*, actor: Actor, limit: int = 50) -> list[EnquiryView]:
    """The enquiries of the account, the last touched first."""
    return _views(Enquiry.objects.filter(account_id=account_id_of(actor)).order_by("-updated_at")[:limit])


def get_my_enquiry(*, enquiry_id: UUID, actor: Actor) -> EnquiryView:
    """One enquiry of the account. Refuses `UnknownEnquiry`."""
    return _one(Enquiry.objects.filter(pk=enquiry_id, account_id=account_id_of(actor)))


def list_desk_enquiries(*, actor: Actor, is_open: bool = True, limit: int = 100) -> list[EnquiryView]:
    """What waits for the desk, longest first; else what was answered, last first. Refuses `NotServiceDesk`."""
    require_service_desk(actor)
    rows = Enquiry.objects.filter(state__in=OPEN) if is_open else Enquiry.objects.exclude(state__in=OPEN)
    return _views(rows.order_by("updated_at" if is_open else "-updated_at")[:limit])


def get_desk_enquiry(*, enquiry_id: UUID, actor: Actor, now: datetime) -> EnquiryView:
    """One enquiry for the desk; the look is an entry of the trail. Refuses `NotServiceDesk`, `UnknownEnquiry`."""
    require_service_desk(actor)
    view = _one(Enquiry.objects.filter(pk=enquiry_id))
    record_act(actor=actor, action="enquiries.view", subject_kind="enquiry", subject_id=str(enquiry_id), now=now)
    return view


def read_picture(*, enquiry_id: UUID, picture_id: UUID, actor: Actor) -> bytes:
    """A picture (JPEG) of an enquiry of the account, or of any for the desk. Refuses `UnknownEnquiry`."""
    rows = EnquiryPicture.objects.filter(pk=picture_id, enquiry_id=enquiry_id)
    if actor.kind is ActorKind.PATIENT:
        rows = rows.filter(enquiry__account_id=account_id_of(actor))
    else:
        require_service_desk(actor)
    row = rows.first()
    if row is None:
        raise UnknownEnquiry
    return read_sealed(name=row.name, place=_PLACE)


def _one(rows: QuerySet[Enquiry]) -> EnquiryView:
    views = _views(rows)
    if not views:
        raise UnknownEnquiry
    return views[0]


def _views(rows: QuerySet[Enquiry]) -> list[EnquiryView]:
    return [_view(row) for row in rows.select_related("taken_by").prefetch_related("pictures", "replies__author")]


def _view(row: Enquiry) -> EnquiryView:
    taker = row.taken_by
    replies = sorted(row.replies.all(), key=lambda reply: (reply.written_at, reply.id))
    return EnquiryView(
        id=row.id,
        number=row.number,
        account_id=row.account_id,
        topic=EnquiryTopic(row.topic),
        text=row.text,
        language=row.language,
        state=EnquiryState(row.state),
        stars=row.stars,
        created_at=row.created_at,
        updated_at=row.updated_at,
        taken_by=BilingualText(taker.name_zh, taker.name_en) if taker else BilingualText(""),
        pictures=tuple(picture.id for picture in sorted(row.pictures.all(), key=lambda each: each.sent_at)),
        replies=tuple(
            ReplyView(
                id=reply.id,
                is_from_staff=reply.author_id is not None,
                author=BilingualText(reply.author.name_zh, reply.author.name_en) if reply.author else BilingualText(""),
                text=reply.text,
                written_at=reply.written_at,
            )
            for reply in replies
        ),
    )
