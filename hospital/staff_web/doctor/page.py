"""What the page of one visit shows: the orders with their money, what is left to do, the papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hospital.billing.api import list_charges
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.orders.api import HANDLINGS, Handling, list_draft_problems, list_favorite_drugs, list_orders, word_formula
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import LineView, OrderKind, OrderView
from hospital.pharmacy.types import PrescriptionView
from hospital.records.api import get_note, list_favorite_diagnoses
from hospital.records.states import NoteState
from hospital.records.types import NoteView
from hospital.staff_web.doctor.costs import VisitMoney, read_money, read_payers
from hospital.staff_web.doctor.decoction_forms import FormulaForm, formula_facts
from hospital.staff_web.doctor.prescriptions import UNCHARGED, list_pharmacy, list_questions, pharmacy_word
from hospital.staff_web.doctor.repeats import REPEAT_REASONS
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.transfer_visit import TransferReason, list_other_doctors

KIND_NAMES: Mapping[OrderKind, Promise] = {
    OrderKind.PRESCRIPTION: pgettext_lazy("orders", "Medicines"),
    OrderKind.LAB: gettext_lazy("Laboratory"),
    OrderKind.EXAM: gettext_lazy("Examinations"),
}
PAPER_NAMES: Mapping[OrderKind, Promise] = {
    OrderKind.PRESCRIPTION: gettext_lazy("Prescription"),
    OrderKind.LAB: gettext_lazy("Laboratory request"),
    OrderKind.EXAM: gettext_lazy("Examination request"),
}
KIND_ICONS = {OrderKind.PRESCRIPTION: "pill", OrderKind.LAB: "flask", OrderKind.EXAM: "scan"}
MOVABLE = {EncounterState.REGISTERED, EncounterState.CHECKED_IN, EncounterState.WAITING, EncounterState.PASSED}
TRANSFER_REASONS: Mapping[TransferReason, Promise] = {
    TransferReason.SHORTER_WAIT: gettext_lazy("Shorter wait"),
    TransferReason.DOCTOR_AWAY: gettext_lazy("The doctor had to leave"),
    TransferReason.BETTER_SUITED: gettext_lazy("The other doctor treats this"),
    TransferReason.PATIENT_ASKED: gettext_lazy("The patient asked for it"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as the desk shows it, with its money: previewed for a draft and for a prescription
    in review, charged after that."""

    line: LineView
    order: OrderView
    amount: Decimal
    mark: str
    word: StateWord | None
    is_unpaid: bool = False

    @property
    def can_be_done(self) -> bool:
        """Whether an examination waits only for being carried out."""
        is_waiting = self.order.state is OrderState.SIGNED and self.line.state is LineState.PENDING
        return is_waiting and self.order.kind is OrderKind.EXAM and not self.is_unpaid

    @property
    def repeat_word(self) -> Promise | None:
        """Why a test is done again in spite of a recent recognized result."""
        return REPEAT_REASONS[self.line.repeat_reason] if self.line.repeat_reason else None

    @property
    def handling_word(self) -> BilingualText | None:
        """What is done with a piece of a decoction beside decocting it with the others."""
        handling = self.line.handling
        return HANDLINGS[handling] if handling and handling is not Handling.USUAL else None

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.order.state is OrderState.DRAFT


@dataclass(frozen=True, slots=True)
class DecoctionCard:
    """One decoction: what holds for all of it, its pieces, and the form while it is a draft."""

    order: OrderView
    words: BilingualText
    rows: tuple[LineRow, ...]
    form: FormulaForm | None
    grams: Decimal
    amount: Decimal

    @property
    def word(self) -> StateWord | None:
        """Where it is, once it is signed."""
        return self.rows[0].word if self.rows else None


@dataclass(frozen=True, slots=True)
class ToFix:
    """One thing to fix before signing; `target` is the field to go to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """One sum of the cost so far."""

    name: str
    amount: Decimal


def visit_context(
    *, visit: EncounterCard, actor: Actor, now: datetime, wrong_formula: tuple[UUID, FormulaForm] | None = None
) -> dict[str, Any]:
    """The facts of the work and side panes of one visit; `wrong_formula` is the form of a decoction that was refused.
    Refuses `NoCareRelation`."""
    is_mine = str(visit.clinician_user_id) == actor.id
    can_order = is_mine and visit.state is EncounterState.IN_CONSULT
    note = get_note(encounter_id=visit.id, actor=actor, now=now)
    can_write = (
        is_mine
        and visit.state in {EncounterState.IN_CONSULT, EncounterState.DONE}
        and (note is None or note.state is NoteState.DRAFT)
    )
    orders = list_orders(encounter_id=visit.id, actor=actor, now=now)
    charges = list_charges(person_id=visit.person_id, encounter_id=visit.id, actor=actor, now=now)
    pharmacy = list_pharmacy(encounter_id=visit.id)
    in_review = {order_id for order_id, view in pharmacy.items() if view.state in UNCHARGED}
    uncharged = [order for order in orders if order.state is OrderState.DRAFT or order.id in in_review]
    money = read_money(visit=visit, uncharged=uncharged, charges=charges, actor=actor, now=now)
    rows = _line_rows(visit=visit, orders=orders, money=money, pharmacy=pharmacy)
    sessions = _list_session_amounts(money=money, rows=rows)
    drafts = [order for order in orders if order.state is OrderState.DRAFT]
    return {
        "visit": visit,
        "note": note,
        "typed": {field: getattr(note, field, "") for field in ("complaint", "findings", "plan")},
        "is_mine": is_mine,
        "can_write": can_write,
        "can_order": can_order,
        "is_signed": note is not None and note.state is NoteState.SIGNED,
        "questions": list_questions(pharmacy, now=now) if is_mine else [],
        "drugs": [row for row in rows if row.order.kind is OrderKind.PRESCRIPTION and not row.order.formula],
        "decoctions": _decoctions(orders=orders, rows=rows, can_order=can_order, wrong=wrong_formula),
        "tests": [row for row in rows if row.order.kind is not OrderKind.PRESCRIPTION],
        "exam_drafts": [order for order in drafts if order.kind is OrderKind.EXAM],
        "drafts": sum(len(order.lines) for order in drafts),
        "has_drafts": bool(drafts),
        "costs": _cost_rows(money=money, rows=rows, sessions=sessions),
        "total": money.registration + sum((row.amount for row in rows), ZERO) + sum(sessions, ZERO),
        "surcharge": money.surcharge,
        "payers": read_payers(visit=visit, money=money, actor=actor, now=now),
        "to_fix": _to_fix(visit=visit, note=note, can_order=can_order, actor=actor, now=now)
        if can_write or drafts
        else [],
        "prints": _prints(orders),
        "has_tests": any(order.kind is not OrderKind.PRESCRIPTION for order in orders),
        "favorite_codes": {hit.code for hit in list_favorite_diagnoses(actor=actor)} if can_write else set(),
        "favorite_drugs": {line.item_code for each in list_favorite_drugs(actor=actor) for line in each.lines}
        if can_order
        else set(),
        "other_doctors": list_other_doctors(visit=visit, now=now) if is_mine and visit.state in MOVABLE else [],
        "transfer_reasons": TRANSFER_REASONS,
    }


def load_context(
    request: HttpRequest,
    *,
    visit: EncounterCard,
    actor: Actor,
    now: datetime,
    wrong_formula: tuple[UUID, FormulaForm] | None = None,
) -> dict[str, Any]:
    """As `visit_context`, for fragments of the page."""
    facts = visit_context(visit=visit, actor=actor, now=now, wrong_formula=wrong_formula)
    return {"desk_code": "doctor", "request": request, **facts}


def _line_rows(
    *, visit: EncounterCard, orders: Sequence[OrderView], money: VisitMoney, pharmacy: Mapping[UUID, PrescriptionView]
) -> list[LineRow]:
    waits_for_money = set() if visit.is_green else money.unpaid
    return [
        LineRow(
            line=line,
            order=order,
            amount=money.amounts.get(line.id, ZERO),
            mark=money.marks.get(line.id, ""),
            word=pharmacy_word(pharmacy.get(order.id))
            or _word(order=order, line=line, is_unpaid=line.id in money.unpaid),
            is_unpaid=line.id in waits_for_money,
        )
        for order in orders
        for line in order.lines
    ]


def _decoctions(
    *,
    orders: Sequence[OrderView],
    rows: Sequence[LineRow],
    can_order: bool,
    wrong: tuple[UUID, FormulaForm] | None,
) -> list[DecoctionCard]:
    cards = []
    for order in orders:
        if order.formula is None:
            continue
        own = tuple(row for row in rows if row.order.id == order.id)
        form = None
        if order.state is OrderState.DRAFT and can_order:
            facts = FormulaForm(initial=formula_facts(order.formula), auto_id=f"decoction-{order.id}-%s")
            form = wrong[1] if wrong and wrong[0] == order.id else facts
        cards.append(
            DecoctionCard(
                order=order,
                words=word_formula(order.formula),
                rows=own,
                form=form,
                grams=sum((row.line.dose or ZERO for row in own), ZERO),
                amount=sum((row.amount for row in own), ZERO),
            )
        )
    return cards


def _word(*, order: OrderView, line: LineView, is_unpaid: bool) -> StateWord | None:
    if order.state is OrderState.DRAFT:
        return None
    if line.state is LineState.CANCELLED:
        return StateWord("plain", gettext_lazy("Cancelled"))
    if line.state is LineState.EXECUTED:
        return StateWord("ok", gettext_lazy("Carried out"))
    return StateWord("wait", gettext_lazy("To pay")) if is_unpaid else StateWord("ok", gettext_lazy("Paid"))


def _cost_rows(*, money: VisitMoney, rows: Sequence[LineRow], sessions: Sequence[Decimal]) -> list[CostRow]:
    costs = [CostRow(_("Registration"), money.registration)] if money.registration else []
    for kind, name in KIND_NAMES.items():
        amounts = [row.amount for row in rows if row.order.kind is kind and row.line.state is not LineState.CANCELLED]
        if amounts:
            costs.append(CostRow(f"{name} × {len(amounts)}", sum(amounts, ZERO)))
    if sessions:
        costs.append(CostRow(f"{_('Treatments')} × {len(sessions)}", sum(sessions, ZERO)))
    return costs


def _list_session_amounts(*, money: VisitMoney, rows: Sequence[LineRow]) -> list[Decimal]:
    """What each session of the treatments costs; an examination of that fee class is a line of an order already."""
    ordered = {row.line.id for row in rows}
    return [amount for session_id, amount in money.sessions.items() if session_id not in ordered]


def _to_fix(
    *, visit: EncounterCard, note: NoteView | None, can_order: bool, actor: Actor, now: datetime
) -> list[ToFix]:
    found = []
    if note is None or not note.complaint:
        found.append(ToFix(_("Complaint and history"), "#complaint"))
    if note is None or not note.findings:
        found.append(ToFix(_("Findings"), "#findings"))
    if note is None or not note.diagnoses:
        found.append(ToFix(_("Diagnosis"), "#dx"))
    problems = list_draft_problems(encounter_id=visit.id, actor=actor, now=now) if can_order else []
    for problem in problems:
        name = f"{problem.name}: " if problem.name else ""
        target = f"#line-{problem.line_id}" if problem.line_id else f"#order-{problem.order_id}"
        found.append(ToFix(f"{name}{problem.text}", target))
    return found


def _prints(orders: Iterable[OrderView]) -> list[dict[str, Any]]:
    return [
        {
            "name": PAPER_NAMES[order.kind],
            "sub": order.number,
            "href": reverse("staff:doctor_print", args=[order.id]),
        }
        for order in orders
        if order.state is OrderState.SIGNED
    ]
