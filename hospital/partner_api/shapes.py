"""What the house knows, in the shapes of the interfaces."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hospital.appointments.types import AppointmentCard
from hospital.billing.types import BillQuote, ChargeLine, RegistrationFee
from hospital.catalog.types import ServiceLine
from hospital.consents.types import PriceAcceptance, Way
from hospital.kernel.types import BilingualText
from hospital.partner_api.schemas import (
    AcceptedNoticeIn,
    HoldIn,
    LineOut,
    NoticeRowOut,
    PatientIn,
    PatientOut,
    PriceNoticeOut,
    PriceOut,
    QuoteOut,
    RefundOut,
    RegistrationOut,
    SessionOut,
    Text,
)
from hospital.patients.api import IdentifiedPerson, ShownDocument
from hospital.patients.types import NewDocument, NewPerson
from hospital.scheduling.types import SessionCard
from hospital.workflows.pay_at_machine import OwedRefund
from hospital.workflows.price_notice import PriceNotice
from hospital.workflows.register_at_machine import MachinePatient
from hospital.workflows.take_bill import AcceptedNotice


def text(value: BilingualText) -> Text:
    """A content text."""
    return Text(zh=value.zh, en=value.en)


def read_patient(body: PatientIn) -> MachinePatient:
    """Who stands at the machine."""
    shown = None
    if body.document is not None:
        shown = ShownDocument(type=body.document.type, number=body.document.number, issuer=body.document.issuer)
    return MachinePatient(birth_date=body.birth_date, document=shown, mrn=body.mrn)


def read_hold_patient(body: HoldIn) -> MachinePatient:
    """The same, with what a new patient told."""
    known = read_patient(body.patient)
    document, new = body.patient.document, body.new_patient
    if document is None or new is None:
        return known
    person = NewPerson(
        family_name=new.family_name,
        given_names=new.given_names,
        chinese_name=new.chinese_name,
        sex=new.sex,
        birth_date=body.patient.birth_date,
        nationality=new.nationality,
        phone=new.phone,
        document=NewDocument(
            type=document.type, number=document.number, issuer=document.issuer, valid_to=document.valid_to
        ),
    )
    return MachinePatient(birth_date=known.birth_date, document=known.document, new=person)


def patient_out(person: IdentifiedPerson, *, campuses: Iterable[str]) -> PatientOut:
    """The patient, with the record numbers of the partner's campuses."""
    allowed = set(campuses)
    mrns = {campus: mrn for campus, mrn in sorted(person.mrns.items()) if campus in allowed}
    return PatientOut(masked_name=text(person.masked_name), mrns=mrns)


def price_out(fee: RegistrationFee | None) -> PriceOut | None:
    """What a place costs."""
    if fee is None:
        return None
    return PriceOut(
        name=text(fee.name), base=fee.base, surcharge=fee.surcharge, total=fee.total, surcharge_mark=fee.mark
    )


def session_out(row: SessionCard, *, fee: RegistrationFee | None) -> SessionOut:
    """A session."""
    return SessionOut(
        id=row.id,
        doctor_name=text(row.shown_name),
        department_name=text(row.department_name),
        campus_code=row.campus_code,
        campus_name=text(row.campus_name),
        location=text(row.department_location),
        room=text(row.room_name) if row.room_name else None,
        day=row.held_on,
        part=row.part,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        service_type=row.service_type,
        service_line=row.service_line,
        free=row.free,
        price=price_out(fee),
    )


def registration_out(row: AppointmentCard) -> RegistrationOut:
    """A place of a patient."""
    session = row.slot.session
    return RegistrationOut(
        registration_id=row.id,
        state=row.state.value,
        doctor_name=text(session.shown_name),
        department_name=text(session.department_name),
        campus_code=session.campus_code,
        campus_name=text(session.campus_name),
        location=text(session.department_location),
        room=text(session.room_name) if session.room_name else None,
        number=row.slot.number,
        starts_at=row.slot.starts_at,
        ends_at=row.slot.ends_at,
        held_until=row.held_until if row.state == "HELD" else None,
        pay_by=row.pay_by,
        is_follow_up=row.follows_id is not None,
    )


def quote_out(quote: BillQuote, notices: Iterable[PriceNotice]) -> QuoteOut:
    """What can be paid, and what the patient has to be told before."""
    return QuoteOut(
        token=quote.token,
        issued_at=quote.issued_at,
        expires_at=quote.expires_at,
        currency=quote.currency,
        campus_code=quote.campus_code,
        base=quote.totals.base,
        surcharge=quote.totals.surcharge,
        amount=quote.totals.payable,
        lines=[_line(line) for line in quote.lines],
        price_notices=[_notice(notice) for notice in notices],
    )


def _notice(notice: PriceNotice) -> PriceNoticeOut:
    return PriceNoticeOut(
        service_line=notice.service_line.value,
        version=notice.text.version,
        hash=notice.hash,
        title=text(notice.text.title),
        service=text(notice.name),
        rates=[NoticeRowOut(what=text(row.what), said=text(row.said)) for row in notice.rates],
        exempt=[text(each) for each in notice.exempt],
        payers=[NoticeRowOut(what=text(row.what), said=text(row.said)) for row in notice.payers],
        body=text(notice.text.body),
    )


def read_acceptance(accepted: AcceptedNoticeIn) -> AcceptedNotice:
    """A price notice as it was accepted at the machine."""
    acceptance = PriceAcceptance(way=Way.MACHINE, text_hash=accepted.hash, language=accepted.language)
    return AcceptedNotice(service_line=ServiceLine(accepted.service_line), acceptance=acceptance)


def refund_out(row: OwedRefund) -> RefundOut:
    """Money that the partner gives back."""
    return RefundOut(
        refund_no=row.refund_no,
        transaction_no=row.transaction_no,
        amount=row.amount,
        reason=row.code,
        state="DONE" if row.done_at else "DUE",
        asked_at=row.asked_at,
        done_at=row.done_at,
    )


def _line(line: ChargeLine) -> LineOut:
    fields: dict[str, Any] = {"name": text(line.name), "specification": text(line.spec), "unit": text(line.unit)}
    return LineOut(
        id=line.id,
        kind=line.source_kind,
        code=line.item_code,
        quantity=_plain(line.qty),
        standard_price=line.standard_u,
        surcharge_mark=line.mark,
        charged_price=line.charged_u,
        base=line.base,
        surcharge=line.surcharge,
        amount=line.payable,
        **fields,
    )


def _plain(value: Decimal) -> Decimal:
    """The number without the zeros at its end that only storage needs."""
    return Decimal(format(value.normalize(), "f"))
