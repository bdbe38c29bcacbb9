"""The registration slip of a visit (F45)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.billing.api import get_settlement, list_charges_of_sources
from hospital.billing.types import ChargeLine, SourceKind
from hospital.campuses.api import get_clinician
from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    PaperSheet,
    RegistrationSlip,
    RenderedPaper,
    Subject,
    issue_document,
    paper_patient_of,
    print_document,
)
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import UnknownEncounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.payments.api import list_payments
from hospital.workflows.paper_words import (
    NOT_PAID,
    NOTHING_DUE,
    SESSIONS,
    TITLES,
    letterhead_at,
    name_of_actor,
    paid_words,
)

_STEPS = (
    BilingualText("请提前 15 分钟到分诊台签到。", "Check in at the clinic desk 15 minutes early."),
    BilingualText("请携带登记时使用的证件原件。", "Bring the identity document you registered with."),
    BilingualText("过号请重新签到。", "Missed your call? Check in again."),
)


def print_registration_slip(
    *,
    encounter_id: UUID,
    language: PaperLanguage,
    actor: Actor,
    now: datetime,
    sheet: PaperSheet | None = None,
) -> RenderedPaper:
    """Prints the slip of a visit: number, doctor, place, fee and how it stands, what to do next.

    On the 80 mm roll unless another `sheet` is asked for. Refusals: `UnknownEncounter`, `UnknownPerson`,
    `NoCareRelation`.
    """
    encounter = get_encounter(encounter_id=encounter_id)
    content = _slip(encounter=encounter, actor=actor, now=now)
    issued = issue_document(
        kind=DocumentKind.REGISTRATION_SLIP,
        subject=Subject("encounters.encounter", str(encounter.id)),
        person_id=encounter.person_id,
        content=content,
        actor=actor,
        now=now,
        language=language,
    )
    return print_document(number=issued.number, actor=actor, now=now, language=language, sheet=sheet)


def _slip(*, encounter: EncounterCard, actor: Actor, now: datetime) -> RegistrationSlip:
    person = get_person(actor=actor, person_id=encounter.person_id, now=now)
    if encounter.appointment_id is None:
        raise UnknownEncounter
    appointment = get_appointment(appointment_id=encounter.appointment_id)
    slot = appointment.slot
    lines = list_charges_of_sources(source_ids=[encounter.appointment_id], source_kind=SourceKind.REGISTRATION).get(
        encounter.appointment_id, ()
    )
    location, room = encounter.department_location, encounter.room_name
    return RegistrationSlip(
        letterhead=letterhead_at(campus_code=encounter.campus_code),
        patient=paper_patient_of(person=person, campus_code=encounter.campus_code),
        queue_number=encounter.queue_number,
        visit_number=encounter.number,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        session=_part(slot.session.part, is_follow_up=appointment.follows_id is not None),
        department=encounter.department_name,
        doctor=encounter.shown_name,
        doctor_title=_title(encounter),
        place=_joined(location, room) if room else location,
        fee=sum((line.payable for line in lines), ZERO),
        settlement=_settlement(lines),
        steps=_STEPS,
        desk=name_of_actor(actor=actor),
    )


def _joined(place: BilingualText, room: BilingualText) -> BilingualText:
    if not place.zh:
        return room
    return BilingualText(f"{place.zh} {room.zh}", f"{place.in_language('en')}, {room.in_language('en')}")


def _settlement(lines: tuple[ChargeLine, ...]) -> BilingualText:
    if not lines:
        return NOTHING_DUE
    line = lines[0]
    if line.settled_at is None or line.settlement_id is None:
        return NOT_PAID
    settlement = get_settlement(settlement_id=line.settlement_id)
    payments = list_payments(order_ids=settlement.payment_ids)
    return paid_words(payments=payments.values(), paid_at=line.settled_at)


def _title(encounter: EncounterCard) -> BilingualText:
    """The grade of the doctor; nothing of who will sit in a clinic without a name."""
    if encounter.shown_name != encounter.clinician_name:
        return BilingualText("", "")
    return TITLES[get_clinician(clinician_id=encounter.clinician_id).title]


def _part(part: str, *, is_follow_up: bool) -> BilingualText:
    """Morning, or morning and that it is a follow-up registration."""
    name = SESSIONS.get(part, BilingualText(part, part))
    return BilingualText(f"{name.zh} · 复诊", f"{name.en} · follow-up") if is_follow_up else name
