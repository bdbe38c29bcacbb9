"""What a patient needs to know at each step of a visit: where, what for, how long, and what can be done now (A16).

States come from `journey`; what can be done comes from the booking, the visit and its orders. Where nothing is known,
nothing is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.campuses.types import DepartmentCard
from hospital.encounters.api import CHANGED_WITHIN, RATED_WITHIN, FollowUpCard
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.examinations.states import BookingState
from hospital.examinations.types import BookingCard
from hospital.kernel.clock import local_day
from hospital.kernel.events import Event
from hospital.kernel.types import BilingualText
from hospital.orders.states import LineState
from hospital.orders.types import LineView, OrderKind, OrderView
from hospital.treatments.types import TreatmentView
from hospital.workflows.journey import AFTERWARDS, Node, NodeKind, NodeState, derive_nodes
from hospital.workflows.order_words import name_lines, tell_lines
from hospital.workflows.treatment_words import word_frequencies, word_progress


class StepAction(StrEnum):
    """What the patient can do about a step in the app; the app turns it into a button."""

    BOOK = "BOOK"  # the place is held
    PAY = "PAY"  # target: the person whose bill is open
    TAKE_NUMBER = "TAKE_NUMBER"  # target: the booking
    CHECK_IN = "CHECK_IN"  # target: the booking
    SEE_QUEUE = "SEE_QUEUE"  # target: the booking
    OPEN_RECEIPT = "OPEN_RECEIPT"  # target: the settlement
    OPEN_REPORT = "OPEN_REPORT"  # target: the report
    PLAN_EXAMS = "PLAN_EXAMS"  # target: the person whose paid examinations wait for a time
    OPEN_EXAM = "OPEN_EXAM"  # target: the booked examination
    BOOK_DOCTOR = "BOOK_DOCTOR"  # target: the doctor who wants to see the patient again
    BOOK_DEPARTMENT = "BOOK_DEPARTMENT"  # target: the department that does
    OPEN_BOOKING = "OPEN_BOOKING"  # target: the booking that was made for a follow-up
    RATE = "RATE"  # target: the booking whose visit is rated


class StepNote(StrEnum):
    """Something out of the ordinary about a step."""

    MISSED_CALL = "MISSED_CALL"
    CALLED_NOW = "CALLED_NOW"
    NOT_TODAY = "NOT_TODAY"
    NEW_SAMPLE = "NEW_SAMPLE"
    REPORT_HELD = "REPORT_HELD"
    EXAM_CALLED = "EXAM_CALLED"
    DRUGS_IN_REVIEW = "DRUGS_IN_REVIEW"  # a pharmacist looks at the prescription; it is charged after that
    DRUGS_WITH_DOCTOR = "DRUGS_WITH_DOCTOR"  # the pharmacist asked the doctor something
    DRUGS_READY = "DRUGS_READY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a step happens: what the sign says, in which building and on which floor."""

    name: BilingualText
    location: BilingualText
    floor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many will be called before, and a range of minutes that holds four times in five."""

    before: int
    minutes_from: int
    minutes_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as a patient reads it. `key` tells two examinations apart; `target` belongs to `action`.

    `planned_at` is when a booked examination begins.
    """

    key: str
    kind: NodeKind
    state: NodeState
    at: datetime | None = None
    names: tuple[BilingualText, ...] = ()
    prepare: tuple[BilingualText, ...] = ()
    place: Place | None = None
    waiting: Waiting | None = None
    action: StepAction | None = None
    target: str = ""
    note: StepNote | None = None
    planned_at: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """All that is known around the events of one booking."""

    appointment: AppointmentCard
    visit: EncounterCard | None
    events: Sequence[Event]
    orders: Sequence[OrderView]
    departments: Mapping[str, DepartmentCard]  # of the campus, by specialty
    waiting: Waiting | None
    now: datetime
    exam_bookings: Mapping[UUID, BookingCard] = field(default_factory=dict)  # by order line
    exams_to_plan: frozenset[UUID] = frozenset()  # order lines that a time can be found for
    treatments: Sequence[TreatmentView] = ()
    follow_up: FollowUpCard | None = None
    follow_up_booking: AppointmentCard | None = None  # what was booked after it was ordered


_ORDERED_AS: Mapping[NodeKind, OrderKind] = {
    NodeKind.SPECIMEN_TAKEN: OrderKind.LAB,
    NodeKind.REPORT_READY: OrderKind.LAB,
    NodeKind.EXAM_DONE: OrderKind.EXAM,
    NodeKind.DRUGS_COLLECTED: OrderKind.PRESCRIPTION,
}
_SPECIALTY: Mapping[NodeKind, str] = {
    NodeKind.REGISTRATION_PAID: "REG",
    NodeKind.BILL_PAID: "REG",
    NodeKind.SPECIMEN_TAKEN: "LAB",
    NodeKind.EXAM_DONE: "RAD",
    NodeKind.DRUGS_COLLECTED: "PHAR",
}
_AT_THE_CLINIC = {NodeKind.BOOKED, NodeKind.NUMBER_TAKEN, NodeKind.CHECKED_IN, NodeKind.TREATED}
_AT_THE_ROOM = {NodeKind.CALLED, NodeKind.CONSULTED, NodeKind.RETURNED}
# From which states one checks in, for the first time or back with results.
_CHECKS_IN: Mapping[NodeKind, frozenset[EncounterState]] = {
    NodeKind.CHECKED_IN: frozenset({EncounterState.REGISTERED, EncounterState.PASSED}),
    NodeKind.RETURNED: frozenset({EncounterState.AWAY, EncounterState.PASSED}),
}
_ABOUT_DRUGS = {NodeKind.BILL_PAID, NodeKind.DRUGS_COLLECTED}
_DRUG_NOTES: Mapping[str, StepNote | None] = {
    "pharmacy.sent": StepNote.DRUGS_IN_REVIEW,
    "pharmacy.confirmed": StepNote.DRUGS_IN_REVIEW,
    "pharmacy.rejected": StepNote.DRUGS_WITH_DOCTOR,
    "pharmacy.prepared": StepNote.DRUGS_READY,
    "pharmacy.put_back": None,
    "pharmacy.passed": None,
    "pharmacy.dispensed": None,
    "pharmacy.cancelled": None,
    "pharmacy.expired": None,
}
_LOUDEST = (StepNote.DRUGS_READY, StepNote.DRUGS_WITH_DOCTOR, StepNote.DRUGS_IN_REVIEW)
_ULTRASOUND = "2203"  # the chapter of ultrasound in the national list of medical service items


def list_steps(around: Surroundings) -> list[Step]:
    """The steps of one visit in order, at most one of them NOW."""
    steps: list[Step] = []
    for node in derive_nodes(around.events):
        if node.kind is NodeKind.EXAM_DONE and _lines(around, node.kind):
            steps.extend(_examinations(node, around))
        elif node.kind is NodeKind.FOLLOW_UP:
            steps.extend(_follow_up(around))
        elif node.kind is NodeKind.RATED:
            steps.append(_rated(node, around))
        else:
            steps.append(_step(node, around))
    return _with_one_now(steps, has_now=any(step.state is NodeState.NOW for step in steps))


def _step(node: Node, around: Surroundings) -> Step:
    lines = _lines(around, node.kind)
    given = around.treatments if node.kind is NodeKind.TREATED else ()
    action, target = _action(node, around)
    return Step(
        key=node.kind.value,
        kind=node.kind,
        state=node.state,
        at=node.at,
        names=name_lines(lines, orders=around.orders) or word_progress(given),
        prepare=tell_lines(lines, orders=around.orders) or word_frequencies(given),
        place=_place(node.kind, around),
        waiting=_waiting(node, around),
        action=action,
        target=target,
        note=_note(node, around),
    )


def _follow_up(around: Surroundings) -> Iterable[Step]:
    """When to come back, and the button to book it; done once something with that doctor or department is booked."""
    wanted, booked = around.follow_up, around.follow_up_booking
    if wanted is None:
        return
    action, target = StepAction.BOOK_DEPARTMENT, str(wanted.department_id)
    if booked is not None:
        action, target = StepAction.OPEN_BOOKING, str(booked.id)
    elif wanted.clinician_id is not None:
        action, target = StepAction.BOOK_DOCTOR, str(wanted.clinician_id)
    yield Step(
        key=NodeKind.FOLLOW_UP.value,
        kind=NodeKind.FOLLOW_UP,
        state=NodeState.DONE if booked else NodeState.TODO,
        at=booked.booked_at if booked else None,
        names=(wanted.clinician_name or wanted.department_name,),
        action=action,
        target=target,
        planned_at=booked.slot.starts_at if booked else None,
        due_on=wanted.due_on,
    )


def _rated(node: Node, around: Surroundings) -> Step:
    """Two weeks to rate, a day to change it; after that it is left out, not asked for."""
    begun, limit = (node.at, CHANGED_WITHIN) if node.at else (datetime.fromisoformat(node.reference), RATED_WITHIN)
    is_open = around.now < begun + limit
    return Step(
        key=NodeKind.RATED.value,
        kind=NodeKind.RATED,
        state=node.state if is_open or node.at else NodeState.SKIPPED,
        at=node.at,
        action=StepAction.RATE if is_open else None,
        target=str(around.appointment.id) if is_open else "",
    )


def _examinations(node: Node, around: Surroundings) -> Iterable[Step]:
    """One step an examination, since each has a place of its own."""
    done = {event.subject_id: event.at for event in around.events if event.kind == "exams.done"}
    has_now = node.state is not NodeState.NOW
    for line in _lines(around, node.kind, with_cancelled=True):
        at = done.get(str(line.id))
        state = NodeState.DONE if at else node.state
        if not at and (line.state is LineState.CANCELLED or node.state is NodeState.DONE):
            state = NodeState.SKIPPED
        elif state is NodeState.NOW:
            state = NodeState.TODO if has_now else NodeState.NOW
            has_now = True
        action, target, note = _exam_action(line, state, around)
        booking = around.exam_bookings.get(line.id)
        yield Step(
            key=f"{node.kind}:{line.id}",
            kind=node.kind,
            state=state,
            at=at,
            names=(line.name,),
            prepare=(line.preparation,) if line.preparation.zh else (),
            place=_exam_place(line, around),
            action=action,
            target=target,
            note=note,
            planned_at=booking.starts_at if booking else None,
        )


def _exam_place(line: LineView, around: Surroundings) -> Place | None:
    """The room of the device where it is booked, else the department that does such examinations."""
    booking = around.exam_bookings.get(line.id)
    if booking:
        return Place(name=booking.device.place, location=booking.device.location, floor=booking.device.floor)
    return _department("USON" if line.item_code.startswith(_ULTRASOUND) else "RAD", around)


def _exam_action(
    line: LineView, state: NodeState, around: Surroundings
) -> tuple[StepAction | None, str, StepNote | None]:
    if state in {NodeState.DONE, NodeState.SKIPPED}:
        return None, "", None
    booking = around.exam_bookings.get(line.id)
    if booking:
        is_called = booking.state is BookingState.CALLED
        return StepAction.OPEN_EXAM, str(booking.id), StepNote.EXAM_CALLED if is_called else None
    if line.id in around.exams_to_plan:
        return StepAction.PLAN_EXAMS, str(around.appointment.person_id), None
    return None, "", None


def _with_one_now(steps: list[Step], *, has_now: bool) -> list[Step]:
    """The next open step is now where cancelled examinations took the place of the one that was."""
    if has_now:
        return steps
    to_do = (place for place, step in enumerate(steps) if step.state is NodeState.TODO and step.kind not in AFTERWARDS)
    place = next(to_do, None)
    if place is not None:
        steps[place] = replace(steps[place], state=NodeState.NOW)
    return steps


def _lines(around: Surroundings, kind: NodeKind, *, with_cancelled: bool = False) -> list[LineView]:
    wanted = _ORDERED_AS.get(kind)
    return [
        line
        for order in around.orders
        if order.kind is wanted
        for line in order.lines
        if with_cancelled or line.state is not LineState.CANCELLED
    ]


def _place(kind: NodeKind, around: Surroundings) -> Place | None:
    session = around.appointment.slot.session
    if kind in _AT_THE_CLINIC:
        return Place(name=session.department_name, location=session.department_location)
    if kind in _AT_THE_ROOM:
        room = around.visit.room_name if around.visit else session.room_name
        return Place(name=room or session.department_name, location=session.department_location)
    return _department(_SPECIALTY.get(kind, ""), around)


def _department(specialty: str, around: Surroundings) -> Place | None:
    """A department of the campus; a campus without it sends patients elsewhere, which the desk tells."""
    found = around.departments.get(specialty)
    return Place(name=found.name, location=found.location, floor=found.floor) if found else None


def _waiting(node: Node, around: Surroundings) -> Waiting | None:
    return around.waiting if _is_waited_for(node) else None


def _is_waited_for(node: Node) -> bool:
    """Back with results one waits for the doctor again, even while something else is still to be done."""
    if node.kind is NodeKind.RETURNED:
        return node.state in {NodeState.NOW, NodeState.TODO}
    return node.kind is NodeKind.CALLED and node.state is NodeState.NOW


def _action(node: Node, around: Surroundings) -> tuple[StepAction | None, str]:
    if node.state is NodeState.SKIPPED:
        return None, ""
    if node.state is NodeState.DONE:
        return _after(node)
    appointment, visit = around.appointment, around.visit
    if node.kind is NodeKind.BOOKED and appointment.state is AppointmentState.HELD:
        return StepAction.BOOK, str(appointment.id)
    if node.kind is NodeKind.NUMBER_TAKEN and _is_number_ready(around):
        return StepAction.TAKE_NUMBER, str(appointment.id)
    if visit and visit.state in _CHECKS_IN.get(node.kind, ()):
        return StepAction.CHECK_IN, str(appointment.id)
    if node.kind in {NodeKind.CALLED, NodeKind.RETURNED} and visit and around.waiting is not None:
        return StepAction.SEE_QUEUE, str(appointment.id)
    if _is_payable(node, appointment):
        return StepAction.PAY, str(appointment.person_id)
    return None, ""


def _is_number_ready(around: Surroundings) -> bool:
    appointment = around.appointment
    return appointment.state is AppointmentState.BOOKED and appointment.slot.session.held_on == local_day(around.now)


def _is_payable(node: Node, appointment: AppointmentCard) -> bool:
    """The registration fee once the place is booked, the orders once they are signed."""
    if node.kind is NodeKind.REGISTRATION_PAID:
        return appointment.state in {AppointmentState.BOOKED, AppointmentState.TAKEN}
    return node.kind is NodeKind.BILL_PAID and node.state is NodeState.NOW


def _after(node: Node) -> tuple[StepAction | None, str]:
    if node.kind in {NodeKind.REGISTRATION_PAID, NodeKind.BILL_PAID}:
        return StepAction.OPEN_RECEIPT, node.reference
    if node.kind is NodeKind.REPORT_READY:
        return StepAction.OPEN_REPORT, node.reference
    return None, ""


def _note(node: Node, around: Surroundings) -> StepNote | None:
    if node.state in {NodeState.DONE, NodeState.SKIPPED}:
        return None
    visit = around.visit
    kinds = {event.kind for event in around.events}
    if node.kind is NodeKind.CHECKED_IN and visit and visit.state is EncounterState.PASSED:
        return StepNote.MISSED_CALL
    if node.kind is NodeKind.RETURNED and visit and visit.state is EncounterState.PASSED:
        return StepNote.MISSED_CALL
    if node.kind in {NodeKind.CONSULTED, NodeKind.RETURNED} and visit and visit.state is EncounterState.CALLED:
        return StepNote.CALLED_NOW
    if node.kind is NodeKind.NUMBER_TAKEN and not _is_number_ready(around):
        return StepNote.NOT_TODAY
    if node.kind is NodeKind.SPECIMEN_TAKEN and "results.rejected" in kinds:
        return StepNote.NEW_SAMPLE
    if node.kind is NodeKind.REPORT_READY and "results.held" in kinds:
        return StepNote.REPORT_HELD
    return _drug_note(around.events) if node.kind in _ABOUT_DRUGS else None


def _drug_note(events: Iterable[Event]) -> StepNote | None:
    """What happened last to the prescriptions that are still on their way; what can be collected comes first."""
    last = {event.facts.get("number"): event.kind for event in events if event.kind in _DRUG_NOTES}
    found = {_DRUG_NOTES[kind] for kind in last.values()}
    return next((note for note in _LOUDEST if note in found), None)
