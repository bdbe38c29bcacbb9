"""Reads of examinations. Who may see a person is the caller's check."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hospital.examinations.devices import cut_times, list_device_times, list_devices
from hospital.examinations.errors import UnknownExamBooking
from hospital.examinations.models import Device, ExamBooking, ExamRule
from hospital.examinations.states import TAKING, BookingState
from hospital.examinations.types import BookingCard, Contrast, DeviceTime, ExamNeeds, ExamQuestion, PlacedExam
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText

KEPT = (*TAKING, BookingState.DONE)


def list_needs(*, item_codes: Iterable[str]) -> dict[str, ExamNeeds]:
    """What these items need; an item without a row is not booked. One statement."""
    return {row.item_code: needs_of(row) for row in ExamRule.objects.filter(item_code__in=list(item_codes))}


def needs_of(row: ExamRule) -> ExamNeeds:
    """What the row of an item says."""
    return ExamNeeds(
        modality=row.modality,
        minutes=row.minutes,
        fasting_hours=row.fasting_hours,
        has_full_bladder=row.has_full_bladder,
        contrast=Contrast(row.contrast),
        has_barium=row.has_barium,
        measures_iodine_uptake=row.measures_iodine_uptake,
        has_sedation=row.has_sedation,
        questions=frozenset(ExamQuestion(question) for question in row.questions),
    )


def list_free_times(
    *, modalities: Iterable[str], starts_at: datetime, ends_at: datetime, campus_code: str = ""
) -> list[DeviceTime]:
    """When devices of these kinds are open, in order and taken by nobody, by device and time; three statements."""
    times = list_device_times(modalities=modalities, starts_at=starts_at, ends_at=ends_at, campus_code=campus_code)
    taken: defaultdict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = ExamBooking.objects.filter(
        device_id__in={each.device_id for each in times}, state__in=TAKING, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    for device_id, begin, end in rows.values_list("device_id", "starts_at", "ends_at"):
        taken[device_id].append((begin, end))
    return [
        DeviceTime(each.device_id, each.campus_code, each.modality, begin, end)
        for each in times
        for begin, end in cut_times(each.starts_at, each.ends_at, taken=taken.get(each.device_id, ()))
    ]


def get_booking(*, booking_id: UUID, now: datetime, person_ids: Iterable[UUID] | None = None) -> BookingCard:
    """One booking, of one of `person_ids` when given; refuses with `UnknownExamBooking`."""
    rows = ExamBooking.objects.filter(pk=booking_id)
    if person_ids is not None:
        rows = rows.filter(person_id__in=list(person_ids))
    cards = _cards(rows, now=now)
    if not cards:
        raise UnknownExamBooking
    return cards[0]


def list_bookings_of_lines(*, line_ids: Iterable[UUID], now: datetime) -> dict[UUID, BookingCard]:
    """The booking of each of these order lines that has one, done or to come; three statements."""
    rows = ExamBooking.objects.filter(order_line_id__in=list(line_ids), state__in=KEPT)
    return {card.order_line_id: card for card in _cards(rows, now=now)}


def list_placed(*, person_id: UUID, since: datetime) -> list[PlacedExam]:
    """The examinations of a patient that bind a plan: to come, or done since then. Two statements."""
    rows = list(
        ExamBooking.objects.filter(person_id=person_id, state__in=KEPT, starts_at__gte=since)
        .select_related("device")
        .order_by("starts_at")
    )
    needs = list_needs(item_codes={row.item_code for row in rows})
    return [
        PlacedExam(
            key=row.order_line_id,
            needs=needs[row.item_code],
            device_id=row.device_id,
            campus_code=row.device.campus_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in rows
        if row.item_code in needs
    ]


def list_device_day(*, campus_code: str, day: date, now: datetime) -> list[BookingCard]:
    """The bookings of a campus's devices on a day, not those that were canceled, in the order of their time."""
    begin = datetime.combine(day, time(), SHANGHAI)
    rows = ExamBooking.objects.filter(
        device__campus_id=campus_code, starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1)
    )
    return _cards(rows.exclude(state=BookingState.CANCELLED), now=now)


def find_caller(*, ae_title: str) -> tuple[UUID, str, str] | None:
    """The device in use that calls itself so: its id, its campus and its kind; None where there is none."""
    rows = Device.objects.filter(ae_title=ae_title, is_active=True) if ae_title else Device.objects.none()
    return rows.values_list("id", "campus_id", "modality").first()


def list_ae_titles() -> frozenset[str]:
    """The names of all devices in use that ask for their worklist."""
    return frozenset(Device.objects.filter(is_active=True).exclude(ae_title="").values_list("ae_title", flat=True))


def list_device_work(
    *, campus_code: str, modality: str, first: date, last: date, now: datetime
) -> list[tuple[BookingCard, str]]:
    """What is still to be examined on devices of one kind of a campus, days inclusive, with the device's AE title."""
    rows = ExamBooking.objects.filter(
        device__campus_id=campus_code,
        device__modality=modality,
        state__in=TAKING,
        starts_at__gte=datetime.combine(first, time(), SHANGHAI),
        starts_at__lt=datetime.combine(last + timedelta(days=1), time(), SHANGHAI),
    )
    cards = _cards(rows, now=now)
    ids = {card.device.id for card in cards}
    titles = dict(Device.objects.filter(pk__in=ids).values_list("id", "ae_title")) if ids else {}
    return [(card, titles[card.device.id]) for card in cards]


def list_stranded(*, device_id: UUID, now: datetime) -> list[BookingCard]:
    """Bookings to come on a device that will be out of order at their time: somebody has to move them."""
    rows = ExamBooking.objects.filter(device_id=device_id, state=BookingState.BOOKED, ends_at__gt=now)
    return [card for card in _cards(rows, now=now) if not _is_usable(card)]


def _is_usable(card: BookingCard) -> bool:
    times = list_device_times(modalities=[card.device.modality], starts_at=card.starts_at, ends_at=card.ends_at)
    return any(
        each.device_id == card.device.id and each.starts_at <= card.starts_at and each.ends_at >= card.ends_at
        for each in times
    )


def list_to_remind(*, starts_at: datetime, ends_at: datetime, limit: int = 1000) -> list[UUID]:
    """Booked examinations between two instants whose patients were not reminded of this time yet."""
    rows = ExamBooking.objects.filter(state=BookingState.BOOKED, starts_at__gte=starts_at, starts_at__lt=ends_at)
    due = rows.order_by("starts_at").only("starts_at", "reminded_for")[:limit]
    return [row.id for row in due if row.reminded_for != row.starts_at]


def _cards(rows: QuerySet[ExamBooking], *, now: datetime) -> list[BookingCard]:
    found = list(rows.order_by("starts_at", "id"))
    devices = list_devices(now=now, device_ids={row.device_id for row in found}) if found else {}
    return [
        BookingCard(
            id=row.id,
            order_line_id=row.order_line_id,
            order_number=row.order_number,
            encounter_id=row.encounter_id,
            person_id=row.person_id,
            item_code=row.item_code,
            name=row.name,
            preparation=BilingualText(row.preparation_zh, row.preparation_en),
            device=devices[row.device_id],
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            state=BookingState(row.state),
            answers=_answers(row.answers),
            cleared=row.cleared,
            revision=row.revision,
            checked_in_at=row.checked_in_at,
            called_at=row.called_at,
            started_at=row.started_at,
            ended_at=row.ended_at,
        )
        for row in found
    ]


def _answers(kept: Mapping[str, bool]) -> dict[ExamQuestion, bool]:
    return {ExamQuestion(question): answer for question, answer in kept.items()}
