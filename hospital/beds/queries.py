"""What stands in the bed pool. Wards and beds are no secret; who lies in them is: stays of people ask for a desk."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hospital.beds.access import require_bed_desk
from hospital.beds.errors import UnknownBed, UnknownStay, UnknownWard
from hospital.beds.models import Bed, BedStay, Ward
from hospital.beds.states import TAKING, StayState
from hospital.beds.types import BedCard, BedKind, BedRow, StayCard, WardCard, WardDay
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText

MOST_COMING = 50


def with_ward(rows: QuerySet[Bed]) -> QuerySet[Bed]:
    """Beds with what their cards say, in one statement."""
    return rows.select_related("room__ward__campus")


def ward_card(row: Ward) -> WardCard:
    """What others see of a ward."""
    return WardCard(
        id=row.id,
        code=row.code,
        campus_code=row.campus_id,
        campus_name=row.campus.name,
        name=row.name,
        location=row.location,
        service_line=row.service_line,
        specialties=tuple(row.specialties),
    )


def bed_card(row: Bed) -> BedCard:
    """What others see of a bed; made of rows `with_ward`."""
    return BedCard(
        id=row.id,
        label=row.label,
        room=row.room.label,
        kind=BedKind(row.kind),
        item_code=row.item_code,
        ward=ward_card(row.room.ward),
    )


def stay_card(row: BedStay, bed: BedCard) -> StayCard:
    """What others see of a stay."""
    return StayCard(
        id=row.id,
        bed=bed,
        person_id=row.person_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=StayState(row.state),
        reason=row.reason,
        version=row.version,
        booked_by=row.booked_by,
        created_at=row.created_at,
        arrived_at=row.arrived_at,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
    )


def get_bed(*, bed_id: UUID) -> BedCard:
    """One bed in use. Refuses with `UnknownBed`."""
    row = with_ward(Bed.objects.filter(pk=bed_id, is_active=True)).first()
    if row is None:
        raise UnknownBed
    return bed_card(row)


def get_ward(*, ward_id: UUID) -> WardCard:
    """One ward. Refuses with `UnknownWard`."""
    row = Ward.objects.select_related("campus").filter(pk=ward_id).first()
    if row is None:
        raise UnknownWard
    return ward_card(row)


def list_ward_days(*, day: date, actor: Actor) -> list[WardDay]:
    """Every ward of every campus with how many of its beds are what on a day; two statements."""
    require_bed_desk(actor=actor)
    beds = Count("rooms__beds", filter=Q(rooms__beds__is_active=True), distinct=True)
    wards = Ward.objects.select_related("campus").annotate(beds=beds).order_by("campus__position", "position", "code")
    taken: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for ward_id, state, number in (
        BedStay.objects.filter(state__in=TAKING, starts_on__lte=day, ends_on__gt=day, bed__is_active=True)
        .values_list("room__ward_id", "state")
        .annotate(number=Count("id"))
        .order_by()
    ):
        taken[ward_id][state] = number
    return [
        WardDay(
            ward=ward_card(row),
            beds=row.beds,
            occupied=taken[row.id][StayState.OCCUPIED],
            reserved=taken[row.id][StayState.RESERVED],
            closed=taken[row.id][StayState.CLOSED],
        )
        for row in wards
    ]


def list_bed_rows(*, ward_id: UUID, first: date, last: date, actor: Actor) -> list[BedRow]:
    """The beds of a ward with what takes them from `first` to before `last`; two statements."""
    require_bed_desk(actor=actor)
    rows = with_ward(Bed.objects.filter(room__ward_id=ward_id, is_active=True)).order_by("room__label", "label")
    beds = {row.id: bed_card(row) for row in rows}
    stays: dict[UUID, list[StayCard]] = defaultdict(list)
    taking = BedStay.objects.filter(bed__in=beds, state__in=TAKING, starts_on__lt=last, ends_on__gt=first)
    for row in taking.order_by("starts_on"):
        stays[row.bed_id].append(stay_card(row, beds[row.bed_id]))
    return [BedRow(bed=bed, stays=tuple(stays[bed.id])) for bed in beds.values()]


def list_arriving(*, day: date, actor: Actor, limit: int = MOST_COMING) -> list[StayCard]:
    """Reservations at the actor's campus that begin on `day` or should have begun before, the oldest first."""
    require_bed_desk(actor=actor)
    rows = BedStay.objects.filter(
        state=StayState.RESERVED, starts_on__lte=day, room__ward__campus_id=actor.campus_code
    ).order_by("starts_on", "room__label", "pk")
    return _cards(rows[:limit])


def get_stay(*, stay_id: UUID, actor: Actor) -> StayCard:
    """One of them, with who has it. Refuses with `UnknownStay`, `NotBedDesk`."""
    require_bed_desk(actor=actor)
    cards = _cards(BedStay.objects.filter(pk=stay_id))
    if not cards:
        raise UnknownStay
    return cards[0]


def find_stays_of(*, person_id: UUID, actor: Actor) -> list[StayCard]:
    """What a patient has reserved or lies in now, the earliest first; the caller has checked access to the person."""
    require_bed_desk(actor=actor)
    return _cards(BedStay.objects.filter(person_id=person_id, state__in=TAKING).order_by("starts_on"))


def find_last_stay(*, person_id: UUID, campus_code: str) -> StayCard | None:
    """The stay that a patient began last at a campus, whether it lasts or has ended; None where there is none. The
    caller has checked access to the person."""
    rows = BedStay.objects.filter(person_id=person_id, room__ward__campus_id=campus_code, arrived_at__isnull=False)
    cards = _cards(rows.order_by("-arrived_at", "-pk")[:1])
    return cards[0] if cards else None


def _cards(rows: Iterable[BedStay]) -> list[StayCard]:
    found = list(rows)
    beds = {row.pk: bed_card(row) for row in with_ward(Bed.objects.filter(pk__in=[each.bed_id for each in found]))}
    return [stay_card(row, beds[row.bed_id]) for row in found]


def name_bed(bed: BedCard) -> BilingualText:
    """Ward and bed, as one says it."""
    return BilingualText(f"{bed.ward.name.zh} {bed.label} 床", f"{bed.ward.name.en}, bed {bed.label}")
