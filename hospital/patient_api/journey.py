"""/api/next-step and /api/appointments/…/journey: a visit step by step (A16, W31)."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from hospital.encounters.api import RatingCard
from hospital.patient_api.bookings import appointment_out, visit_out
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import AppointmentOut, Text, VisitOut
from hospital.patient_api.texts import NODE_BRING, NODE_TEXTS, NOTE_TEXTS, both, text
from hospital.patients.api import display_name
from hospital.workflows.follow_visit import Journey, find_next_step, follow_visit
from hospital.workflows.journey import NodeKind, NodeState
from hospital.workflows.rate_visit import get_rating_of_booking, rate_booked_visit
from hospital.workflows.visit_steps import Place, Step, StepAction

router = Router(tags=["Visit"])


class PlaceOut(Schema):
    """Where a step happens. `sign` is what the sign in the building says, in Chinese."""

    name: Text
    sign: str
    location: Text
    floor: str


class WaitingOut(Schema):
    """How many will be called before you, and an estimate in minutes."""

    before: int
    minutes_from: int
    minutes_to: int


class NodeOut(Schema):
    """A step of the visit. `state` is TODO, NOW, DONE or SKIPPED; `names` are the tests or medicines it is about.

    `action` is what can be done about it, `target` the id that this needs. `planned_at` is when a
    booked examination or follow-up begins, `due_on` about when to come back. `note` says what is out of the ordinary,
    `note_code` which it is.
    """

    key: str
    kind: str
    state: str
    at: datetime | None
    title: Text
    hint: Text
    names: list[Text]
    place: PlaceOut | None
    bring: list[Text]
    prepare: list[Text]
    waiting: WaitingOut | None
    action: StepAction | None
    target: str
    note: Text | None
    note_code: str | None
    planned_at: datetime | None = None
    due_on: date | None = None


class RatingIn(Schema):
    """One to five stars and words, at most 500 characters."""

    stars: int
    words: str = ""


class RatingOut(Schema):
    """What was said of a visit, and until when it can be changed."""

    stars: int
    words: str
    rated_at: datetime
    can_change_until: datetime


class RatingAnswer(Schema):
    """The rating; null where nobody has rated the visit."""

    rating: RatingOut | None


class JourneyOut(Schema):
    """The journey of one booking as of `read_at`."""

    read_at: datetime
    appointment: AppointmentOut
    visit: VisitOut | None
    nodes: list[NodeOut]


class NextPersonOut(Schema):
    """Whom the next step is for."""

    id: UUID
    relation: str
    display_name: Text
    family_name: str
    given_names: str
    chinese_name: str


class NextStepOut(Schema):
    """The visit or booking that comes first, which of its steps is next, and the bookings after it."""

    person: NextPersonOut
    journey: JourneyOut
    current: NodeOut | None
    position: int
    coming: list[AppointmentOut]


class NextStepAnswer(Schema):
    """What comes next; null where nothing is open or booked."""

    next: NextStepOut | None


@router.get("/next-step", response=NextStepAnswer, summary="What to do next")
def read_next_step(request: PatientRequest) -> NextStepAnswer:
    """The next step over all people of the account: an open visit, a held place, today's or a coming appointment."""
    now = timezone.now()
    found = find_next_step(actor=request.auth, now=now)
    if found is None:
        return NextStepAnswer(next=None)
    journey = journey_out(found.journey, now=now)
    position = next((place for place, node in enumerate(journey.nodes) if node.state == NodeState.NOW), None)
    name = found.person.person.name
    return NextStepAnswer(
        next=NextStepOut(
            person=NextPersonOut(
                id=found.person.person.id,
                relation=found.person.relation,
                display_name=Text(zh=display_name(name, language="zh"), en=display_name(name, language="en")),
                family_name=name.family,
                given_names=name.given,
                chinese_name=name.chinese,
            ),
            journey=journey,
            current=journey.nodes[position] if position is not None else None,
            position=position + 1 if position is not None else 0,
            coming=[appointment_out(card) for card in found.coming],
        )
    )


@router.get("/appointments/{uuid:appointment_id}/journey", response=JourneyOut, summary="My visit, step by step")
def read_journey(request: PatientRequest, appointment_id: UUID) -> JourneyOut:
    """Every step of the visit with its state: to do, now, done, skipped. Refusals: `unknown_appointment`."""
    now = timezone.now()
    return journey_out(follow_visit(appointment_id=appointment_id, actor=request.auth, now=now), now=now)


@router.get("/appointments/{uuid:appointment_id}/rating", response=RatingAnswer, summary="My rating of a visit")
def read_rating(request: PatientRequest, appointment_id: UUID) -> RatingAnswer:
    """What was said of the visit, if anything. Refusals: `unknown_appointment`."""
    found = get_rating_of_booking(appointment_id=appointment_id, actor=request.auth, now=timezone.now())
    return RatingAnswer(rating=_rating(found) if found else None)


@router.post("/appointments/{uuid:appointment_id}/rating", response=RatingAnswer, summary="Rate a visit")
def give_rating(request: PatientRequest, appointment_id: UUID, body: RatingIn) -> RatingAnswer:
    """Rates a visit within two weeks of its end; within a day the rating can be changed. It is no part of the record.

    Refusals: `unknown_appointment`, `rating_not_yet`, `rating_incomplete`, `rating_closed`.
    """
    card = rate_booked_visit(
        appointment_id=appointment_id, stars=body.stars, words=body.words, actor=request.auth, now=timezone.now()
    )
    return RatingAnswer(rating=_rating(card))


def _rating(card: RatingCard) -> RatingOut:
    return RatingOut(stars=card.stars, words=card.words, rated_at=card.rated_at, can_change_until=card.can_change_until)


def journey_out(journey: Journey, *, now: datetime) -> JourneyOut:
    """A journey for the app."""
    answer = appointment_out(journey.appointment)
    if journey.visit:
        answer.encounter_id = journey.visit.id
        answer.clinician_name = text(journey.visit.shown_name)
    return JourneyOut(
        read_at=now,
        appointment=answer,
        visit=visit_out(journey.visit, waiting_before=journey.waiting_before or 0) if journey.visit else None,
        nodes=[_node(step) for step in journey.steps],
    )


def _node(step: Step) -> NodeOut:
    title, hint = NODE_TEXTS[step.kind]
    waiting = step.waiting
    is_open = step.state in {NodeState.NOW, NodeState.TODO}
    return NodeOut(
        key=step.key,
        kind=step.kind,
        state=step.state,
        at=step.at,
        title=both(title),
        hint=both(hint),
        names=[text(name) for name in step.names],
        place=_place(step.place) if step.place else None,
        bring=[both(thing) for thing in NODE_BRING.get(step.kind, ())] if is_open else [],
        prepare=[text(words) for words in step.prepare] if is_open or step.kind is NodeKind.DRUGS_COLLECTED else [],
        waiting=WaitingOut(before=waiting.before, minutes_from=waiting.minutes_from, minutes_to=waiting.minutes_to)
        if waiting
        else None,
        action=step.action,
        target=step.target,
        note=both(NOTE_TEXTS[step.note]) if step.note else None,
        note_code=step.note,
        planned_at=step.planned_at,
        due_on=step.due_on,
    )


def _place(place: Place) -> PlaceOut:
    return PlaceOut(name=text(place.name), sign=place.name.zh, location=text(place.location), floor=place.floor)
