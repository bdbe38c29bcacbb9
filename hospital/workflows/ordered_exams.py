"""The ordered examinations of a patient: what each needs, whether it is paid, whether it has a time (W33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hospital.billing.api import list_charges_of_sources, list_unpaid_sources
from hospital.encounters.api import list_green, require_clinical_access
from hospital.examinations.api import list_bookings_of_lines, list_needs, list_questions
from hospital.examinations.types import BookingCard, ExamNeeds, ExamQuestion
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.orders.api import list_open_exams
from hospital.orders.states import LineState
from hospital.orders.types import LineView, OrderKind, OrderView, Urgency
from hospital.patients.api import get_person, require_access
from hospital.workflows.errors import NotExamPlanner

SINCE = timedelta(days=90)
PLANNERS = frozenset({Role.REGISTRAR, Role.DOCTOR, Role.NURSE, Role.IMAGING_TECHNICIAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedExam:
    """An examination that was ordered and not canceled.

    `needs` is None for what is done without a booking, `is_covered` says that it is paid or guaranteed, `questions` are
    asked before it is booked.
    """

    order: OrderView
    line: LineView
    needs: ExamNeeds | None
    is_covered: bool
    questions: frozenset[ExamQuestion]
    booking: BookingCard | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a time: bookable, neither done nor booked."""
        return self.needs is not None and self.line.state is LineState.PENDING and self.booking is None

    @property
    def can_book(self) -> bool:
        """Whether a time can be found for it now."""
        return self.is_open and self.is_covered

    @property
    def status(self) -> str:
        """DONE, BOOKED, NO_BOOKING (done without one), TO_PLAN or TO_PAY."""
        if self.line.state is LineState.EXECUTED:
            return "DONE"
        if self.booking is not None:
            return "BOOKED"
        if self.needs is None:
            return "NO_BOOKING"
        return "TO_PLAN" if self.is_covered else "TO_PAY"


def list_ordered_exams(*, person_id: UUID, actor: Actor, now: datetime) -> list[OrderedExam]:
    """The examinations of three months, newest order first; a fixed number of statements.

    Refusals: `UnknownPerson`, `NoCareRelation`, `RecordsClosed`, `NotExamPlanner`.
    """
    require_exam_planner(person_id=person_id, actor=actor, now=now)
    found = list_open_exams(person_ids=[person_id], since=now - SINCE)
    needs = list_needs(item_codes={line.item_code for _, line in found})
    bookings = list_bookings_of_lines(line_ids=[line.id for _, line in found], now=now)
    covered = list_covered(exams=found)
    person = get_person(actor=actor, person_id=person_id, now=now)
    today = local_day(now)
    return [
        OrderedExam(
            order=order,
            line=line,
            needs=needs.get(line.item_code),
            is_covered=line.id in covered,
            questions=list_questions(needs[line.item_code], sex=person.sex, born_on=person.birth_date, today=today)
            if line.item_code in needs
            else frozenset(),
            booking=bookings.get(line.id),
        )
        for order, line in found
    ]


def require_exam_planner(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Refuses whoever may not plan for this person: `UnknownPerson`, `NoCareRelation`, `RecordsClosed`,
    `NotExamPlanner`."""
    if actor.kind is ActorKind.PATIENT:
        require_clinical_access(actor=actor, person_id=person_id, now=now)
        return
    if actor.kind is ActorKind.STAFF and not {role for role, _ in actor.grants} & PLANNERS:
        raise NotExamPlanner
    require_access(actor=actor, person_id=person_id, now=now)


def list_covered(*, exams: Sequence[tuple[OrderView, LineView]]) -> frozenset[UUID]:
    """The lines that are paid, by the patient or an insurer, and not given back, those of emergencies and of the green
    channel."""
    ids = [line.id for _, line in exams]
    unpaid = list_unpaid_sources(source_ids=ids)
    green = list_green(encounter_ids={order.encounter_id for order, _ in exams})
    charges = list_charges_of_sources(source_ids=ids)
    given_back = {source for source, lines in charges.items() if not any(line.left_qty for line in lines)} - unpaid
    return frozenset(
        line.id
        for order, line in exams
        if line.state is not LineState.CANCELLED
        and line.id not in given_back
        and (order.urgency is Urgency.EMERGENCY or order.encounter_id in green or line.id not in unpaid)
    )


def list_exam_times(*, orders: Sequence[OrderView], now: datetime) -> tuple[dict[UUID, BookingCard], frozenset[UUID]]:
    """For orders whose reader was checked: the bookings of their examinations that are not done by line, and the lines
    that a time can be found for. Nothing is asked where nothing waits."""
    found = [
        (order, line)
        for order in orders
        if order.kind is OrderKind.EXAM
        for line in order.lines
        if line.state is LineState.PENDING
    ]
    if not found:
        return {}, frozenset()
    needs = list_needs(item_codes={line.item_code for _, line in found})
    if not needs:
        return {}, frozenset()
    bookings = list_bookings_of_lines(line_ids=[line.id for _, line in found], now=now)
    covered = list_covered(exams=found)
    return bookings, frozenset(
        line.id for _, line in found if line.item_code in needs and line.id in covered and line.id not in bookings
    )


def index_open(exams: Sequence[OrderedExam]) -> Mapping[UUID, OrderedExam]:
    """The examinations that a time can be found for, by line."""
    return {exam.line.id: exam for exam in exams if exam.can_book}
