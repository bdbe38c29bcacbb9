"""Shapes of the interfaces for partners."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints, model_validator

# Control characters come from programs only, and PostgreSQL takes no NUL.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", strip_whitespace=True)]
RequestNo = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,48}$")]
Money = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class Body(Schema):
    """A body without fields that nobody knows: a misspelled one is refused instead of ignored."""

    model_config = ConfigDict(extra="forbid")


class Numbered(Body):
    """A write. The number is the partner's own, unique for ever: the same request again gets the same answer."""

    request_no: RequestNo


class Text(Schema):
    """A text in both languages; `en` is empty where nobody has translated it yet."""

    zh: str
    en: str


class Problem(Schema):
    """RFC 9457 problem document. `code` is stable; `text` is what `detail` says, in both languages."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    text: Text
    facts: dict[str, Any] | None = None


class DocumentIn(Body):
    """An identity document. `issuer` is ISO 3166-1 alpha-3, and needed for a passport of a new patient."""

    type: Literal[
        "PRC_ID",
        "HMT_RESIDENCE",
        "FOREIGN_PR",
        "HM_PERMIT",
        "TW_PERMIT",
        "HKID",
        "MACAU_ID",
        "PASSPORT",
        "OTHER",
    ]
    number: Annotated[Line, Field(min_length=1, max_length=40)]
    issuer: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    valid_to: date | None = None


class NewPatientIn(Body):
    """The real-name details of a patient who was never here."""

    family_name: Annotated[Line, Field(max_length=160)] = ""
    given_names: Annotated[Line, Field(max_length=160)] = ""
    chinese_name: Annotated[Line, Field(max_length=80)] = ""
    sex: Literal["M", "F", "U"]
    nationality: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    phone: Annotated[Line, Field(max_length=30)] = ""


class PatientIn(Body):
    """Who stands at the machine: a document or a record number, with the date of birth."""

    birth_date: date
    document: DocumentIn | None = None
    mrn: Annotated[Line, Field(max_length=20)] = ""

    @model_validator(mode="after")
    def names_one(self) -> "PatientIn":
        """One of the two, not both."""
        if (self.document is None) == (not self.mrn):
            raise ValueError("name a document or a record number")
        return self


class PatientOut(Schema):
    """The patient with the name masked; `mrns` are record numbers by campus."""

    masked_name: Text
    mrns: dict[str, str]


class CampusOut(Schema):
    """A campus at which this partner may act."""

    code: str
    name: Text


class HeartbeatOut(Schema):
    """That we answer, and whom."""

    partner: str
    name: Text
    server_time: datetime
    campuses: list[CampusOut]
    requests_per_minute: int


class PriceOut(Schema):
    """What a place costs, in CNY; `surcharge_mark` reads "+30 %"."""

    name: Text
    base: Decimal
    surcharge: Decimal
    total: Decimal
    surcharge_mark: str


class SessionOut(Schema):
    """A clinic session that can be booked."""

    id: UUID
    doctor_name: Text
    department_name: Text
    campus_code: str
    campus_name: Text
    location: Text
    room: Text | None
    day: date
    part: str
    starts_at: datetime
    ends_at: datetime
    service_type: str
    service_line: str
    free: int
    price: PriceOut | None


class PlaceOut(Schema):
    """A numbered place of a session: how many the partner can take now, and else from when on it can (null: never)."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    free: int
    opens_at: datetime | None


class HoldIn(Numbered):
    """Which place for whom. `new_patient` is used only where the document is not on file yet."""

    slot_id: int = Field(gt=0, lt=2**63)
    patient: PatientIn
    new_patient: NewPatientIn | None = None


class RegistrationOut(Schema):
    """A place of a patient."""

    registration_id: UUID
    state: str
    doctor_name: Text
    department_name: Text
    campus_code: str
    campus_name: Text
    location: Text
    room: Text | None
    number: int
    starts_at: datetime
    ends_at: datetime
    held_until: datetime | None
    pay_by: datetime | None
    is_follow_up: bool = False


class FollowsOut(Schema):
    """The visit of which a place is a follow-up: who saw the patient, and when."""

    seen_on: date
    doctor_name: Text


class HoldOut(Schema):
    """A place that is kept for 15 minutes. With `follows` it is a follow-up, and `price` what that costs."""

    registration: RegistrationOut
    patient: PatientOut
    is_new_patient: bool
    price: PriceOut | None
    follows: FollowsOut | None = None


class LineOut(Schema):
    """One charged line, in CNY."""

    id: UUID
    kind: str
    code: str
    name: Text
    specification: Text
    unit: Text
    quantity: Decimal
    standard_price: Decimal
    surcharge_mark: str
    charged_price: Decimal
    base: Decimal
    surcharge: Decimal
    amount: Decimal


class NoticeRowOut(Schema):
    """One line of a price notice: what, and what is said about it ("+30 %")."""

    what: Text
    said: Text


class PriceNoticeOut(Schema):
    """What the patient has to read and accept before the first surcharge is paid. Show all of it, then pay with `hash`.

    `body` has headings (`## `) and paragraphs.
    """

    service_line: str
    version: int
    hash: str
    title: Text
    service: Text
    rates: list[NoticeRowOut]
    exempt: list[Text]
    payers: list[NoticeRowOut]
    body: Text


class AcceptedNoticeIn(Body):
    """A price notice that the patient accepted at the machine: the `hash` of what was shown, in which language."""

    service_line: Literal["INTL", "SPECIAL"]
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    language: Literal["zh", "en"]


class QuoteOut(Schema):
    """What can be paid with `token` until `expires_at`, exactly `amount`.

    `price_notices` is not empty where the patient has not been told of the surcharge yet: show them, and send the
    acceptance with the payment.
    """

    token: str
    issued_at: datetime
    expires_at: datetime
    currency: str
    campus_code: str
    base: Decimal
    surcharge: Decimal
    amount: Decimal
    lines: list[LineOut]
    price_notices: list[PriceNoticeOut]


class RegisterIn(Numbered):
    """Books what is held. Without `registration_type` it is a follow-up where the patient was seen there lately."""

    registration_id: UUID
    registration_type: Literal["", "ORDINARY", "FOLLOW_UP"] = ""


class RegisterOut(Schema):
    """A booked place with what is to be paid; `quote` is empty where nothing is."""

    registration: RegistrationOut
    quote: QuoteOut | None


class CancelIn(Numbered):
    """Gives a place back."""

    registration_id: UUID
    reason: Annotated[Line, Field(max_length=200)] = ""


class CancelOut(Schema):
    """`refund` goes back to where it came from (look into the refunds), `kept` stays with the hospital. CNY."""

    registration: RegistrationOut
    refund: Decimal
    kept: Decimal


class BillsIn(Body):
    """Whose bills; `encounter_id` narrows them to one visit."""

    patient: PatientIn
    encounter_id: UUID | None = None


class BillOut(Schema):
    """What is open at one campus. `being_paid` is the sum of lines that somebody else is paying right now."""

    campus_code: str
    campus_name: Text
    quote: QuoteOut | None
    being_paid: Decimal


class BillsOut(Schema):
    """Everything that is open at this partner's campuses."""

    patient: PatientOut
    bills: list[BillOut]


class PayIn(Numbered):
    """Money that the partner has taken. `transaction_no` is the channel's, unique for ever with this partner.

    `accepted_notices` are the quote's `price_notices` that the patient accepted before paying.
    """

    quote_token: Annotated[Line, Field(min_length=1, max_length=100)]
    amount: Money
    means: Literal["WECHAT", "ALIPAY", "UNIONPAY", "CARD", "OTHER"]
    transaction_no: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{6,64}$")]
    paid_at: datetime
    accepted_notices: Annotated[list[AcceptedNoticeIn], Field(max_length=4)] = []


class PayOut(Schema):
    """A bill that is paid."""

    settlement_no: str
    payment_no: str
    amount: Decimal
    transaction_no: str
    settled_at: datetime


class RefundOut(Schema):
    """Money that the partner gives back to the payer. `state` is DUE, or DONE once the partner has said so.

    `reason` is the code of a refused payment, and empty where a paid bill was refunded.
    """

    refund_no: str
    transaction_no: str
    amount: Decimal
    reason: str
    state: Literal["DUE", "DONE"]
    asked_at: datetime
    done_at: datetime | None


class RefusedPayOut(Problem):
    """A payment that settled nothing: `refund` says what goes back to the payer."""

    refund: RefundOut


class RefundDoneIn(Numbered):
    """The payer has the money back, under the partner's own transaction."""

    refund_no: Annotated[Line, Field(min_length=1, max_length=40)]
    transaction_no: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{6,64}$")]


class RequestOut(Schema):
    """What was done under a request number: `status` and `answer` are those of the first time.

    `refund` is money that goes back to the payer, with where it stands now.
    """

    request_no: str
    kind: str
    at: datetime
    status: int
    answer: dict[str, Any]
    refund: RefundOut | None
