"""/api/people/…/price-notices: told before the first surcharge, and accepted (F46)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.catalog.types import ServiceLine
from hospital.consents.types import PriceAcceptance, Way
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import text
from hospital.workflows.price_notice import PriceNotice, accept_price_notice

router = Router(tags=["Bills"])


class NoticeRowOut(Schema):
    """One line of a notice: what, and what is said about it ("+30 %")."""

    what: Text
    said: Text


class PriceNoticeOut(Schema):
    """What is told of a service before its first surcharge is paid. `body` has headings and paragraphs."""

    service_line: str
    campus_code: str
    version: int
    hash: str
    title: Text
    summary: Text
    service: Text
    rates: list[NoticeRowOut]
    exempt: list[Text]
    payers: list[NoticeRowOut]
    body: Text


class PriceAcceptanceIn(Schema):
    """The notice that was read: its `hash`, and the language in which it was shown."""

    service_line: Literal["INTL", "SPECIAL"]
    campus_code: Line = Field(min_length=1, max_length=20)
    hash: Line = Field(pattern=r"^[0-9a-f]{64}$")
    language: Literal["zh-hans", "zh-hant", "en"]


class PriceAcceptanceOut(Schema):
    """That a notice was accepted."""

    service_line: str
    version: int
    accepted_at: datetime


@router.post("/people/{uuid:person_id}/price-notices", response=PriceAcceptanceOut, summary="Accept a price notice")
def accept_notice(request: PatientRequest, person_id: UUID, body: PriceAcceptanceIn) -> PriceAcceptanceOut:
    """For oneself, or as a guardian; a second time changes nothing.

    Refusals: `unknown_person`, `notice_outdated`: quote again and read the new one.
    """
    now = timezone.now()
    notice = accept_price_notice(
        person_id=person_id,
        campus_code=body.campus_code,
        service_line=ServiceLine(body.service_line),
        acceptance=PriceAcceptance(way=Way.APP, text_hash=body.hash, language=body.language),
        actor=request.auth,
        now=now,
    )
    return PriceAcceptanceOut(service_line=body.service_line, version=notice.text.version, accepted_at=now)


def price_notice_out(notice: PriceNotice) -> PriceNoticeOut:
    """A notice for the app."""
    return PriceNoticeOut(
        service_line=notice.service_line.value,
        campus_code=notice.campus_code,
        version=notice.text.version,
        hash=notice.hash,
        title=text(notice.text.title),
        summary=text(notice.text.summary),
        service=text(notice.name),
        rates=[NoticeRowOut(what=text(row.what), said=text(row.said)) for row in notice.rates],
        exempt=[text(each) for each in notice.exempt],
        payers=[NoticeRowOut(what=text(row.what), said=text(row.said)) for row in notice.payers],
        body=text(notice.text.body),
    )
