"""Signing a visit, and carrying out what was ordered in it."""

from datetime import datetime
from uuid import UUID

from demo.load.actors import staff_actor
from hospital.billing.api import charge_orders, mark_executed
from hospital.billing.types import OrderedLine
from hospital.catalog.api import load_price_book
from hospital.encounters.api import get_encounter, move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.orders.api import execute_line, list_orders, list_orders_by_id, sign_orders
from hospital.orders.states import LineState
from hospital.orders.types import OrderKind, OrderView
from hospital.records.api import sign_note
from hospital.results.api import request_specimens
from hospital.results.types import RequestedTest


def sign_visit(*, encounter_id: UUID, actor: Actor, now: datetime) -> None:
    """Signs the note and all orders, charges them, asks for the specimens and ends the consultation."""
    visit = get_encounter(encounter_id=encounter_id)
    sign_note(encounter_id=encounter_id, actor=actor, now=now)
    orders = list_orders_by_id(order_ids=sign_orders(encounter_id=encounter_id, actor=actor, now=now))
    charge_orders(
        encounter_id=encounter_id,
        lines=[
            OrderedLine(source_id=line.id, item_code=line.item_code, qty=line.quantity, signed_at=now)
            for order in orders
            for line in order.lines
        ],
        actor=actor,
        now=now,
    )
    tests = [test for order in orders if order.kind is OrderKind.LAB for test in _tests_of(order, now)]
    if tests:
        request_specimens(
            encounter_id=encounter_id,
            person_id=visit.person_id,
            campus_code=visit.campus_code,
            tests=tests,
            actor=actor,
            now=now,
        )
    record_event(
        kind="orders.signed",
        subject_id=str(visit.appointment_id or encounter_id),
        person_id=visit.person_id,
        encounter_id=encounter_id,
        facts={"kinds": sorted({order.kind.value for order in orders})},
        now=now,
    )
    move_encounter(encounter_id=encounter_id, target=EncounterState.DONE, actor=actor, now=now)


def _tests_of(order: OrderView, now: datetime) -> list[RequestedTest]:
    book = load_price_book(codes=[line.item_code for line in order.lines], now=now).book
    return [
        RequestedTest(
            order_line_id=line.id,
            item_code=line.item_code,
            panel_codes=tuple(leaf.item.code for leaf in book.explode(code=line.item_code, qty=line.quantity, at=now)),
            name=line.name,
            specimen=line.specimen,
            container=line.container,
        )
        for line in order.lines
    ]


def carry_out(*, encounter_id: UUID, campus_code: str, now: datetime) -> None:
    """Dispenses the drugs and does the examinations, at the Center, which has the people for it."""
    if campus_code != "IMC":
        return
    visit = get_encounter(encounter_id=encounter_id)
    for kind, username, event in (
        (OrderKind.EXAM, "xie.junkai", "exams.done"),
        (OrderKind.PRESCRIPTION, "jin.siyu", "pharmacy.dispensed"),
    ):
        actor = staff_actor(username)
        lines = [
            line.id
            for order in list_orders(encounter_id=encounter_id, actor=actor, now=now)
            if order.kind is kind
            for line in order.lines
            if line.state is LineState.PENDING
        ]
        for line_id in lines:
            execute_line(line_id=line_id, actor=actor, now=now)
        if lines:
            mark_executed(source_ids=lines, actor=actor, now=now)
            record_event(
                kind=event,
                subject_id=str(visit.appointment_id or encounter_id),
                person_id=visit.person_id,
                encounter_id=encounter_id,
                now=now,
            )
