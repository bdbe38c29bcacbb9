"""What the pharmacist's desk shows: the queue by what is to be done, one prescription with its drugs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.orders.api import MAKERS, Formula, format_amount, list_orders_by_id, word_formula
from hospital.orders.types import LineView, OrderView
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.pharmacy.api import list_handed_over, list_prescriptions, sum_stock
from hospital.pharmacy.states import OPEN, PrescriptionState
from hospital.pharmacy.types import PrescriptionLineView, PrescriptionView
from hospital.records.api import list_diagnoses
from hospital.staff_web.pharmacy.words import CLASS_WORDS, REJECT_WORDS, STATE_WORDS
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.dispense_drugs import list_unpaid_prescriptions

_SHOWN_AFTER = timedelta(hours=12)
_UNPAID = StateWord("plain", _("Not paid yet"), "wallet")
_READY = StateWord("info", _("To prepare"), "pill")
_OVER = StateWord("warn", _("Validity is over"), "clock")


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One prescription in the list on the left."""

    view: PrescriptionView
    person: PersonCard
    word: StateWord
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """What is to be done with some prescriptions."""

    title: Promise
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class DrugRow:
    """One drug: what stands on the prescription, what was picked for it, what is in stock."""

    line: PrescriptionLineView
    ordered: LineView
    in_stock: Decimal

    @property
    def is_short(self) -> bool:
        """Whether the campus has too little of it."""
        return not self.line.picks and self.in_stock < self.line.quantity


def list_queue(*, actor: Actor, now: datetime) -> list[QueueGroup]:
    """The open prescriptions of the actor's campus by what is to be done, and what was handed over lately."""
    campus = actor.campus_code
    open_ones = list_prescriptions(campus_code=campus, states=OPEN, actor=actor)
    handed_over = list_handed_over(campus_code=campus, since=now - _SHOWN_AFTER, actor=actor)
    people = list_people(actor=actor, person_ids={view.person_id for view in (*open_ones, *handed_over)}, now=now)
    unpaid = list_unpaid_prescriptions([view for view in open_ones if view.state is PrescriptionState.PASSED])

    def rows(views: Iterable[PrescriptionView]) -> tuple[QueueRow, ...]:
        return tuple(
            QueueRow(view, people[view.person_id], _word(view, is_unpaid=view.id in unpaid, now=now), _at(view))
            for view in views
            if view.person_id in people
        )

    by_state = {state: [view for view in open_ones if view.state is state] for state in OPEN}
    passed = by_state[PrescriptionState.PASSED]
    groups = (
        QueueGroup(_("Check and hand over"), rows(by_state[PrescriptionState.PREPARED])),
        QueueGroup(_("Review"), rows(by_state[PrescriptionState.SIGNED])),
        QueueGroup(_("Prepare"), rows(view for view in passed if view.id not in unpaid)),
        QueueGroup(_("Not paid yet"), rows(view for view in passed if view.id in unpaid)),
        QueueGroup(pgettext_lazy("prescription", "With the doctor"), rows(by_state[PrescriptionState.REJECTED])),
        QueueGroup(_("Handed over"), rows(handed_over)),
    )
    return [group for group in groups if group.rows]


def prescription_context(view: PrescriptionView, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The drugs of a prescription, its class, and what can be done with it."""
    (order,) = list_orders_by_id(order_ids=[view.order_id])
    is_unpaid = view.id in list_unpaid_prescriptions([view])
    return {
        "prescription": view,
        "order": order,
        "drugs": _drugs(view, order, now=now),
        **(_formula_words(order.formula, order.lines) if order.formula else {}),
        "diagnoses": list_diagnoses(encounter_id=view.encounter_id, actor=actor, now=now),
        "class_word": CLASS_WORDS[order.prescription_class] if order.prescription_class else None,
        "word": _word(view, is_unpaid=is_unpaid and view.state is PrescriptionState.PASSED, now=now),
        "reject_word": REJECT_WORDS[view.reject_reason] if view.reject_reason else "",
        "reasons": REJECT_WORDS,
        "is_unpaid": is_unpaid,
        "is_over": _is_over(view, now=now),
        "is_preparer": str(view.preparer_id) == actor.id,
        "can_take_back": view.state is PrescriptionState.DISPENSED,
    }


def _formula_words(formula: Formula, lines: Sequence[LineView]) -> dict[str, Any]:
    weight = format_amount(sum((line.dose or Decimal(0) for line in lines), Decimal(0)))
    return {
        "formula_words": word_formula(formula),
        "formula_maker": MAKERS[formula.maker],
        "formula_count": ngettext(
            "%(count)s piece, %(grams)s g a packet", "%(count)s pieces, %(grams)s g a packet", len(lines)
        )
        % {"count": len(lines), "grams": weight},
    }


def _drugs(view: PrescriptionView, order: OrderView, *, now: datetime) -> list[DrugRow]:
    ordered = {line.id: line for line in order.lines}
    stock = sum_stock(campus_code=view.campus_code, item_ids=[line.item_id for line in view.lines], now=now)
    rows = [
        DrugRow(line, ordered[line.order_line_id], stock.get(line.item_id, Decimal(0)).normalize())
        for line in view.lines
    ]
    return sorted(rows, key=lambda row: row.ordered.position)


def _word(view: PrescriptionView, *, is_unpaid: bool, now: datetime) -> StateWord:
    if _is_over(view, now=now):
        return _OVER
    if view.state is PrescriptionState.PASSED:
        return _UNPAID if is_unpaid else _READY
    return STATE_WORDS[view.state]


def _is_over(view: PrescriptionView, *, now: datetime) -> bool:
    return view.state is PrescriptionState.PASSED and local_day(now) > view.valid_until


def _at(view: PrescriptionView) -> datetime:
    return view.dispensed_at or view.prepared_at or view.reviewed_at or view.signed_at
