"""/api/booking/…: who can be booked, when, and for how much (A04, W22). Public; the searches are one statement each."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hospital.billing.api import quote_registration
from hospital.billing.types import RegistrationFee
from hospital.campuses.api import list_symptoms, order_campuses, read_search
from hospital.kernel.clock import local_day
from hospital.patient_api.articles import picture_address
from hospital.patient_api.authentication import booking_channel
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import ANY_DOCTOR, TITLE_NAMES, both, text
from hospital.publications.api import list_portraits
from hospital.scheduling.api import clinic_name, list_priced_kinds, list_sessions, search_offers
from hospital.scheduling.types import OfferFilter, OfferSort

router = Router(tags=["Booking"], auth=None)
DAYS = 14
Words = Annotated[Line, Field(max_length=100)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]
Pricing = tuple[str, str, str]  # service line, campus, visit type


class PriceOut(Schema):
    """What a place costs an adult, in CNY: the standard price, the surcharge (`mark`: "+30 %") and their sum."""

    name: Text
    base: Decimal
    surcharge: Decimal
    total: Decimal
    mark: str


class NamedOut(Schema):
    """Something with a code and a name in both languages."""

    code: str
    name: Text


class SpecialtyOut(NamedOut):
    """A specialty among the doctors found, and how many they are."""

    doctors: int


class NextPlaceOut(Schema):
    """The next free place of a doctor."""

    session_id: UUID
    slot_id: int
    starts_at: datetime
    held_on: date
    part: str
    service_line: str
    price: PriceOut | None


class OfferOut(Schema):
    """A doctor who can be booked; `portrait` is the address of a picture on this server, or empty.

    `is_clinic`: a clinic without a doctor's name. `id` is its department then, `name` the clinic's; who will be there
    is not said.

    `next` is null where no place is free in the coming two weeks; `opens_at` says when the next are released, if ever.
    """

    id: UUID
    name: Text
    family_name: Text
    given_name: Text
    sex: str
    title: str
    title_name: Text
    languages: list[str]
    expertise: Text
    portrait: str
    department_id: UUID
    specialty: str
    department_name: Text
    location: Text
    floor: str
    campus_code: str
    campus_name: Text
    next: NextPlaceOut | None
    opens_at: datetime | None
    is_clinic: bool = False


class OffersOut(Schema):
    """A page of doctors. With `alarms` the reader is sent to 120 or the emergency department first."""

    total: int
    offset: int
    read_at: datetime
    alarms: list[NamedOut]
    symptoms: list[NamedOut]
    specialties: list[SpecialtyOut]
    doctors: list[OfferOut]


class OfferSessionOut(Schema):
    """A session of a doctor's day with its price."""

    id: UUID
    part: str
    starts_at: datetime
    ends_at: datetime
    service_type: str
    service_line: str
    department_name: Text
    campus_code: str
    campus_name: Text
    campus_address: Text
    location: Text
    room: Text | None
    free: int
    opens_at: datetime | None
    price: PriceOut | None


class Chosen(Schema):
    """What the reader typed and chose; empty values choose nothing."""

    q: Words = ""
    doctor: UUID | None = None
    department: UUID | None = None
    specialty: Words = ""
    campus: Words = ""
    language: Words = ""
    title: Words = ""
    sex: Literal["", "M", "F"] = ""
    part: Literal["", "AM", "PM", "EVENING"] = ""
    clinic: bool = False

    def as_filter(self) -> OfferFilter:
        """The filters without the words."""
        return OfferFilter(
            clinician=self.doctor,
            department=self.department,
            specialty=self.specialty,
            campus=self.campus,
            language=self.language,
            title=self.title,
            sex=self.sex,
            part=self.part,
            clinic=self.clinic,
        )


@router.get("/booking/doctors", response=OffersOut, summary="Find a doctor to book")
def find_doctors(
    request: HttpRequest,
    chosen: Query[Chosen],
    day: Day | None = None,
    sort: Literal["", "match", "soonest", "senior", "price", "distance"] = "",
    near: Words = "",
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> OffersOut:
    """Doctors by name or by what they treat, in Chinese, English, pinyin or initials, with their next free place.

    Places are looked for from `day` (default today) on, for two weeks from today. Without `sort` the closest match
    comes first where words were typed, otherwise the soonest. `price` goes by what the next place costs an adult,
    `distance` by `near`: campus codes with commas, the nearest first, which the telephone found out by itself; of one
    campus alone the others follow by how far they are from it.
    """
    now = timezone.now()
    today = local_day(now)
    first, last = max(today, day or today), today + timedelta(days=DAYS - 1)
    order = OfferSort(sort) if sort else (OfferSort.MATCH if chosen.q.strip() else OfferSort.SOONEST)
    found = search_offers(
        sought=read_search(chosen.q),
        chosen=chosen.as_filter(),
        first=first,
        last=last,
        now=now,
        sort=order,
        prices=_prices_of_all(first=first, last=last) if order is OfferSort.PRICE else None,
        near=order_campuses(near=near.split(",")) if order is OfferSort.DISTANCE else (),
        offset=offset,
        limit=limit,
        channel=booking_channel(request),
    )
    prices = _prices((_group(row), row["item_code"]) for row in found["doctors"] if row["slot_id"])
    portraits = list_portraits(now=now, clinician_ids=[UUID(row["id"]) for row in found["doctors"]])
    return OffersOut(
        total=found["total"],
        offset=offset,
        read_at=now,
        alarms=[_named(row) for row in found["alarms"]],
        symptoms=[_named(row) for row in found["symptoms"]],
        specialties=[SpecialtyOut(doctors=row["doctors"], **_named(row).dict()) for row in found["specialties"]],
        doctors=[
            _offer(row, prices=prices, portrait=picture_address(portraits.get(UUID(row["id"]))))
            for row in found["doctors"]
        ],
    )


@router.get("/booking/doctors/{uuid:doctor_id}/sessions", response=list[OfferSessionOut], summary="A doctor's day")
def read_doctor_sessions(
    request: HttpRequest, doctor_id: UUID, day: Day, clinic: bool = False
) -> list[OfferSessionOut]:
    """The sessions of a doctor on a day, where they are held and what a place costs; with `clinic` those of the clinics
    without a doctor's name of the department of this id."""
    now = timezone.now()
    sessions = list_sessions(
        now=now,
        first=day,
        last=day,
        clinician_id=None if clinic else doctor_id,
        department_id=doctor_id if clinic else None,
        is_by_name=not clinic,
        channel=booking_channel(request),
    )
    groups = {row.id: (row.service_line, row.campus_code, _visit_type(row.service_type)) for row in sessions}
    prices = _prices((groups[row.id], row.registration_item_code) for row in sessions)
    return [
        OfferSessionOut(
            id=row.id,
            part=row.part,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            service_type=row.service_type,
            service_line=row.service_line,
            department_name=text(row.department_name),
            campus_code=row.campus_code,
            campus_name=text(row.campus_name),
            campus_address=text(row.campus_address),
            location=text(row.department_location),
            room=text(row.room_name) if row.room_name else None,
            free=row.free,
            opens_at=row.opens_at,
            price=_price(prices.get((groups[row.id], row.registration_item_code))),
        )
        for row in sessions
    ]


@router.get("/booking/symptoms", response=list[NamedOut], summary="What people come with")
def read_symptoms(request: HttpRequest) -> list[NamedOut]:
    """What patients complain of, the commonest first; alarms are left out."""
    return [NamedOut(code=row.code, name=text(row.name)) for row in list_symptoms()]


def _prices(wanted: Iterable[tuple[Pricing, str]]) -> Mapping[tuple[Pricing, str], RegistrationFee]:
    """One look-up a service line, campus and visit type, not one a place."""
    codes: dict[Pricing, set[str]] = {}
    for group, code in wanted:
        codes.setdefault(group, set()).add(code)
    now = timezone.now()
    return {
        (group, code): fee
        for group, items in codes.items()
        for code, fee in quote_registration(
            item_codes=items, service_line=group[0], campus_code=group[1], visit_type=group[2], now=now
        ).items()
    }


def _prices_of_all(*, first: date, last: date) -> Mapping[str, Decimal]:
    """What an adult pays for every kind of place that there is; as many look-ups as lines and campuses."""
    kinds = {
        kind: ((kind.service_line, kind.campus_code, _visit_type(kind.service_type)), kind.item_code)
        for kind in list_priced_kinds(first=first, last=last)
    }
    fees = _prices(kinds.values())
    return {str(kind): fees[wanted].total for kind, wanted in kinds.items() if wanted in fees}


def _group(row: Mapping[str, Any]) -> Pricing:
    return row["service_line"], row["session_campus"], _visit_type(row["service_type"])


def _visit_type(service_type: str) -> str:
    return "ER" if service_type == "EMERGENCY" else "OP"


def _price(fee: RegistrationFee | None) -> PriceOut | None:
    return price_out(fee) if fee else None


def price_out(fee: RegistrationFee) -> PriceOut:
    """A price for the app."""
    return PriceOut(name=text(fee.name), base=fee.base, surcharge=fee.surcharge, total=fee.total, mark=fee.mark)


def _named(row: Mapping[str, Any]) -> NamedOut:
    return NamedOut(code=row["code"], name=Text(zh=row["zh"], en=row["en"]))


def _pair(row: Mapping[str, Any], name: str) -> Text:
    return Text(zh=row[f"{name}_zh"] or "", en=row[f"{name}_en"] or "")


def _offer(row: Mapping[str, Any], *, prices: Mapping[tuple[Pricing, str], RegistrationFee], portrait: str) -> OfferOut:
    family, given = _pair(row, "family"), _pair(row, "given")
    following = None
    if row["slot_id"] is not None:
        following = NextPlaceOut(
            session_id=row["session_id"],
            slot_id=row["slot_id"],
            starts_at=row["starts_at"],
            held_on=row["held_on"],
            part=row["part"],
            service_line=row["service_line"],
            price=_price(prices.get((_group(row), row["item_code"]))),
        )
    if not row["is_by_name"]:
        return _clinic(row, following)
    return OfferOut(
        id=row["id"],
        name=Text(zh=family.zh + given.zh, en=f"{family.en.upper()} {given.en}"),
        family_name=family,
        given_name=given,
        sex=row["sex"],
        title=row["title"],
        title_name=both(TITLE_NAMES.get(row["title"], row["title"])),
        languages=row["languages"],
        expertise=_pair(row, "expertise"),
        portrait=portrait,
        department_id=row["department_id"],
        specialty=row["specialty"],
        department_name=_pair(row, "department"),
        location=_pair(row, "location"),
        floor=row["floor"],
        campus_code=row["campus"],
        campus_name=_pair(row, "campus"),
        next=following,
        opens_at=row["opens_at"],
    )


def _clinic(row: Mapping[str, Any], following: NextPlaceOut | None) -> OfferOut:
    name = text(clinic_name(row["service_type"]))
    nothing = Text(zh="", en="")
    return OfferOut(
        id=row["department_id"],
        name=name,
        family_name=name,
        given_name=nothing,
        sex="",
        title="",
        title_name=both(ANY_DOCTOR),
        languages=[],
        expertise=nothing,
        portrait="",
        department_id=row["department_id"],
        specialty=row["specialty"],
        department_name=_pair(row, "department"),
        location=_pair(row, "location"),
        floor=row["floor"],
        campus_code=row["campus"],
        campus_name=_pair(row, "campus"),
        next=following,
        opens_at=row["opens_at"],
        is_clinic=True,
    )
