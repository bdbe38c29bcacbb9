"""Interpreters, the help that patients asked for around today, and how some want to be cared for (N03)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from demo.load.actors import staff_actor
from demo.load.rows import read_rows
from demo.logins import DEMO_PATIENT_NAME
from hospital.appointments.models import Appointment
from hospital.assistance.models import AssistanceRequest, Coordination, Interpreter, PersonPreferences
from hospital.assistance.states import AssistanceState
from hospital.assistance.types import AssistanceKind, ClinicianSex, Diet, Mobility
from hospital.kernel.ids import new_id
from hospital.patients.models import Person

_COORDINATORS: Final = ("wei.siyuan", "luo.jiaqi")
_EVERY: Final = 9
_WISHES: Final = (
    (Diet.HALAL, Mobility.WALKS, ClinicianSex.FEMALE, False, "礼拜时间 12:30 / Prays at 12:30"),
    (Diet.ANY, Mobility.WHEELCHAIR, ClinicianSex.ANY, False, ""),
    (Diet.VEGETARIAN, Mobility.WALKS, ClinicianSex.ANY, True, "由陪同人员代为沟通 / Please speak to the companion"),
    (Diet.KOSHER, Mobility.AID, ClinicianSex.ANY, False, ""),
)
_LANGUAGES: Final = {"ar", "es", "ja", "ko", "pt", "ru"}
_FROM: Final = "白云机场 T2 到达 12 号门 / Baiyun Airport T2, Arrivals Door 12"
_CAR: Final = (
    "粤A·F6600 白色商务车，王师傅在到达口举牌",
    "White van, plate 粤A·F6600; Mr. Wang waits with a sign at Arrivals",
)
_NO_CAR: Final = ("当晚无空余车辆，可乘机场快线", "No car is free that night; the airport line runs until 23:30")


def load_assistance(*, now: datetime) -> None:
    """Rows in bulk: the desk has something of every kind and state, the demonstration's patient an interpreter."""
    interpreters = Interpreter.objects.bulk_create(
        Interpreter(
            campus_id=row["campus"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            languages=row["languages"].split(),
            fee_item_code=row["fee_item"],
        )
        for row in read_rows("interpreters.csv")
    )
    AssistanceRequest.objects.bulk_create(_requests(interpreters, now=now))
    _load_wishes(now=now)


def _requests(interpreters: list[Interpreter], *, now: datetime) -> Iterator[AssistanceRequest]:
    coming = Appointment.objects.filter(state="BOOKED", session__campus_id="IMC", slot__starts_at__gt=now)
    rows = list(coming.select_related("slot", "person").order_by("slot__starts_at")[:60])
    mine = [row for row in rows if (row.person.family_name, row.person.given_names) == DEMO_PATIENT_NAME][:1]
    others = [row for row in rows if row not in mine]
    french, arabic = interpreters[0], interpreters[2]
    for row in mine:
        yield _asked(row, AssistanceKind.INTERPRETER, now=now, language="fr", arranged_by=french)
    foreign = [row for row in others if set(row.person.languages) & _LANGUAGES]
    others = [row for row in others if row not in foreign]
    for row in foreign[:3]:
        language = next(each for each in row.person.languages if each in _LANGUAGES)
        yield _asked(row, AssistanceKind.INTERPRETER, now=now, language=language)
    for row in [row for row in foreign[3:] if set(row.person.languages) & set(arabic.languages)][:1]:
        yield _asked(row, AssistanceKind.INTERPRETER, now=now, language="ar", arranged_by=arabic)
    for row in others[3:4]:
        yield _asked(row, AssistanceKind.TRANSPORT, now=now, from_place=_FROM, words=_CAR)
    for row in others[4:6]:
        yield _asked(row, AssistanceKind.WHEELCHAIR, now=now, note="有一件大行李 / One large suitcase")
    for row in others[6:7]:
        yield _asked(row, AssistanceKind.TRANSPORT, now=now, from_place=_FROM, refused=_NO_CAR)


def _asked(
    row: Appointment,
    kind: AssistanceKind,
    *,
    now: datetime,
    language: str = "",
    from_place: str = "",
    note: str = "",
    arranged_by: Interpreter | None = None,
    words: tuple[str, str] = ("", ""),
    refused: tuple[str, str] = ("", ""),
) -> AssistanceRequest:
    state = AssistanceState.REQUESTED
    if arranged_by or words[0]:
        state = AssistanceState.ARRANGED
    if refused[0]:
        state = AssistanceState.DECLINED
    asked_at = now - timedelta(hours=3)
    return AssistanceRequest(
        person=row.person,
        campus_id="IMC",
        appointment_id=row.id,
        key=str(new_id()),
        kind=kind,
        state=state,
        starts_at=row.slot.starts_at,
        ends_at=row.slot.starts_at + timedelta(hours=2),
        language=language,
        from_place=from_place,
        note=note,
        interpreter=arranged_by,
        arrangement_zh=words[0],
        arrangement_en=words[1],
        end_reason_zh=refused[0],
        end_reason_en=refused[1],
        created_at=asked_at,
        arranged_at=now if state is AssistanceState.ARRANGED else None,
        ended_at=now if state is AssistanceState.DECLINED else None,
    )


def _load_wishes(*, now: datetime) -> None:
    """Every ninth patient has wishes and somebody who looks after them."""
    people = list(Person.objects.order_by("id").values_list("id", flat=True)[::_EVERY])
    PersonPreferences.objects.bulk_create(
        PersonPreferences(
            person_id=person_id,
            diet=wish[0],
            mobility=wish[1],
            clinician_sex=wish[2],
            is_name_private=wish[3],
            note=wish[4],
            updated_at=now,
        )
        for person_id, wish in zip(people, _WISHES * len(people), strict=False)
    )
    coordinators = [staff_actor(name).id for name in _COORDINATORS]
    Coordination.objects.bulk_create(
        Coordination(person_id=person_id, campus_id="IMC", coordinator_id=coordinators[place % 2], since=now)
        for place, person_id in enumerate(people)
    )
