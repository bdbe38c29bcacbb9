"""A doctor signs: the note and every draft, the charges and the specimens that follow from them (D52, D53).

Prescriptions go to the pharmacist first and are charged when they have passed (`review_prescription`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.billing.api import charge_orders
from hospital.billing.types import OrderedLine
from hospital.catalog.api import load_price_book
from hospital.catalog.types import PricedCatalog
from hospital.encounters.api import get_encounter, move_encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_orders, list_orders_by_id, sign_orders
from hospital.orders.errors import NothingToSign
from hospital.orders.states import OrderState
from hospital.orders.types import LineView, OrderKind, OrderView, PrescriptionClass, Urgency
from hospital.pharmacy.api import send_prescription
from hospital.pharmacy.types import NewPrescription, NewPrescriptionLine
from hospital.records.api import get_note, sign_note
from hospital.records.states import NoteState
from hospital.results.api import request_specimens
from hospital.results.types import RequestedTest
from hospital.workflows.errors import VisitUnsigned

_CONTROLLED = {PrescriptionClass.NARCOTIC, PrescriptionClass.PSYCHOTROPIC_I}


@dataclass(frozen=True, slots=True)
class SignedVisit:
    """What one signature made: the note, the orders, the charges of tests and examinations, the specimens asked for,
    the prescriptions that wait for a pharmacist."""

    note_id: UUID
    order_ids: tuple[UUID, ...]
    charge_ids: tuple[UUID, ...]
    specimen_ids: tuple[UUID, ...]
    prescription_ids: tuple[UUID, ...] = ()


def sign_visit(*, encounter_id: UUID, actor: Actor, now: datetime) -> SignedVisit:
    """Signs the note and all drafts of the visit, charges tests and examinations, asks for specimens and sends the
    prescriptions to the pharmacy: all or nothing.

    The visit stays open: more can be written and signed. Refusals: `NothingToSign`, those of the note
    (`NoteIncomplete`, `NoMainDiagnosis`), of the orders (`AllergyConflict`, `DaysOverLimit`, `PurposeMissing`,
    `NoPrescribingRight` …), of pricing (`PriceNotInForce`), `NotYourPatient`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    with acting(actor=actor):
        has_drafts = _has_drafts(encounter_id=encounter_id, actor=actor, now=now)
        note = get_note(encounter_id=encounter_id, actor=actor, now=now)
        if not has_drafts and note is not None and note.state is NoteState.SIGNED:
            raise NothingToSign
        note_id = sign_note(encounter_id=encounter_id, actor=actor, now=now)
        if not has_drafts:
            return SignedVisit(note_id, (), (), ())
        order_ids = sign_orders(encounter_id=encounter_id, actor=actor, now=now)
        orders = list_orders_by_id(order_ids=order_ids)
        prescriptions = [order for order in orders if order.kind is OrderKind.PRESCRIPTION]
        lines = list_ordered_lines(orders=[each for each in orders if each not in prescriptions], signed_at=now)
        charge_ids = charge_orders(encounter_id=encounter_id, lines=lines, actor=actor, now=now) if lines else []
        prescription_ids = [
            send_prescription(new=_prescription(visit=visit, order=order, signer=actor, now=now), actor=actor, now=now)
            for order in prescriptions
        ]
        specimen_ids = _ask_for_specimens(visit=visit, orders=orders, actor=actor, now=now)
        record_event(
            kind="orders.signed",
            subject_id=str(encounter_id),
            person_id=visit.person_id,
            encounter_id=encounter_id,
            now=now,
            facts={
                "kinds": sorted({order.kind.value for order in orders}),
                "orders": [order.number for order in orders],
                "specimens": len(specimen_ids),
                "prescriptions": len(prescriptions),
                "exams": sum(len(order.lines) for order in orders if order.kind is OrderKind.EXAM),
            },
        )
        return SignedVisit(note_id, tuple(order_ids), tuple(charge_ids), tuple(specimen_ids), tuple(prescription_ids))


def finish_visit(*, encounter_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends the consultation. Refusals: `VisitUnsigned` (a note or an order waits for the signature), `NotYourPatient`,
    `IllegalTransition`."""
    _leave_room(encounter_id=encounter_id, target=EncounterState.DONE, actor=actor, now=now)


def send_to_examinations(*, encounter_id: UUID, actor: Actor, now: datetime) -> None:
    """Interrupts the consultation until the patient checks in again with results. Refusals as of `finish_visit`."""
    _leave_room(encounter_id=encounter_id, target=EncounterState.AWAY, actor=actor, now=now)


def _leave_room(*, encounter_id: UUID, target: EncounterState, actor: Actor, now: datetime) -> None:
    with acting(actor=actor):
        note = get_note(encounter_id=encounter_id, actor=actor, now=now)
        if note is None or note.state is not NoteState.SIGNED:
            raise VisitUnsigned
        if _has_drafts(encounter_id=encounter_id, actor=actor, now=now):
            raise VisitUnsigned
        move_encounter(
            encounter_id=encounter_id,
            target=target,
            actor=actor,
            now=now,
            clinician_user_id=UUID(actor.id),
        )


def list_ordered_lines(*, orders: Sequence[OrderView], signed_at: datetime) -> list[OrderedLine]:
    """The lines of orders as billing takes them."""
    return [
        OrderedLine(
            source_id=line.id,
            item_code=line.item_code,
            qty=line.quantity,
            signed_at=signed_at,
            is_emergency=order.urgency is Urgency.EMERGENCY,
        )
        for order in orders
        for line in order.lines
    ]


def _prescription(*, visit: EncounterCard, order: OrderView, signer: Actor, now: datetime) -> NewPrescription:
    return NewPrescription(
        order_id=order.id,
        number=order.number,
        encounter_id=visit.id,
        person_id=visit.person_id,
        campus_code=visit.campus_code,
        signed_by=UUID(signer.id),
        signed_at=order.signed_at or now,
        has_control=order.prescription_class in _CONTROLLED,
        lines=tuple(
            NewPrescriptionLine(
                order_line_id=line.id,
                item_id=line.item_id,
                item_code=line.item_code,
                name=line.name,
                quantity=line.quantity,
                days=line.days or 1,
            )
            for line in order.lines
        ),
    )


def _has_drafts(*, encounter_id: UUID, actor: Actor, now: datetime) -> bool:
    orders = list_orders(encounter_id=encounter_id, actor=actor, now=now)
    return any(order.state is OrderState.DRAFT for order in orders)


def _ask_for_specimens(*, visit: EncounterCard, orders: Sequence[OrderView], actor: Actor, now: datetime) -> list[UUID]:
    tests = [(order, line) for order in orders if order.kind is OrderKind.LAB for line in order.lines]
    if not tests:
        return []
    catalog = load_price_book(codes={line.item_code for _, line in tests}, now=now)
    return request_specimens(
        encounter_id=visit.id,
        person_id=visit.person_id,
        campus_code=visit.campus_code,
        tests=[_test(order=order, line=line, catalog=catalog, now=now) for order, line in tests],
        actor=actor,
        now=now,
    )


def _test(*, order: OrderView, line: LineView, catalog: PricedCatalog, now: datetime) -> RequestedTest:
    """A set asks for the panels of everything in it, in the material of its first part where it names none itself."""
    leaves = list(catalog.book.explode(code=line.item_code, qty=line.quantity, at=now))
    codes = dict.fromkeys([line.item_code, *(leaf.item.code for leaf in leaves)])
    specimen, container = line.specimen, line.container
    for code in codes:
        service = catalog.cards[code].service
        if specimen.zh or service is None:
            continue
        specimen, container = service.specimen, service.container
    return RequestedTest(
        order_line_id=line.id,
        item_code=line.item_code,
        panel_codes=tuple(codes),
        name=line.name,
        specimen=specimen if specimen.zh else BilingualText("标本", "Specimen"),
        container=container,
        is_emergency=order.urgency is Urgency.EMERGENCY,
    )
