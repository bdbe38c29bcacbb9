"""The itemized fee statement of a paid bill (F46, F48)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.billing.api import find_settlements, get_bill, get_statement, share_of_base
from hospital.billing.types import Bill, ChargeLine, SourceKind, Statement
from hospital.catalog.types import FeeClass
from hospital.documents.api import (
    DocumentKind,
    FeeLine,
    FeeStatement,
    PaperLanguage,
    PaperSheet,
    RenderedPaper,
    Subject,
    issue_document,
    paper_patient_of,
    print_document,
)
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.payments.api import list_payments
from hospital.workflows.errors import NothingCharged, PeriodNotUsable
from hospital.workflows.paper_words import (
    INSURANCE_CLASSES,
    SELF_PAY,
    letterhead_at,
    paid_words,
    payer_words,
    surcharge_of,
)
from hospital.workflows.print_paper import print_paper

LONGEST_PERIOD = timedelta(days=366)
_NOTHING = BilingualText("", "")


def issue_fee_statement(*, settlement_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> str:
    """Issues the statement of a bill, or finds the one that says the same; returns its number.

    Refusals: `SettlementUnknown`, `UnknownPerson`, `NoCareRelation`, `EnglishTextMissing` (the English statement of a
    line without English).
    """
    bill = get_bill(settlement_id=settlement_id, actor=actor, now=now)
    issued = issue_document(
        kind=DocumentKind.FEE_STATEMENT,
        subject=Subject("billing.settlement", str(settlement_id)),
        person_id=bill.settlement.person_id,
        content=_statement(bill=bill, actor=actor, now=now),
        actor=actor,
        now=now,
        language=language,
    )
    return issued.number


def print_fee_statement(
    *, settlement_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, sheet: PaperSheet | None = None
) -> RenderedPaper:
    """Prints the statement of a bill, counted. Refusals: those of `issue_fee_statement`."""
    number = issue_fee_statement(settlement_id=settlement_id, language=language, actor=actor, now=now)
    return print_document(number=number, actor=actor, now=now, language=language, sheet=sheet)


def print_statement_of_visit(
    *, encounter_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, sheet: PaperSheet | None = None
) -> RenderedPaper:
    """Prints the statement of a visit: every charge of it, paid or not, however many bills it took (F48).

    Refusals: `UnknownEncounter`, `UnknownPerson`, `NoCareRelation`, `NothingCharged`, `EnglishTextMissing`.
    """
    encounter = get_encounter(encounter_id=encounter_id)
    statement = get_statement(person_id=encounter.person_id, encounter_id=encounter_id, actor=actor, now=now)
    content = _statement_of_lines(
        statement, person_id=encounter.person_id, campus_code=encounter.campus_code, actor=actor, now=now
    )
    return print_paper(
        kind=DocumentKind.FEE_STATEMENT,
        subject=Subject("encounters.encounter.fees", str(encounter_id)),
        person_id=encounter.person_id,
        content=content,
        language=language,
        sheet=sheet,
        actor=actor,
        now=now,
    )


def print_statement_of_period(
    *,
    person_id: UUID,
    first_on: date,
    last_on: date,
    language: PaperLanguage,
    actor: Actor,
    now: datetime,
    sheet: PaperSheet | None = None,
) -> RenderedPaper:
    """Prints the statement of what was charged from `first_on` to `last_on`, both included, over all visits (F48).

    Refusals: `PeriodNotUsable`, `UnknownPerson`, `NoCareRelation`, `NothingCharged`, `EnglishTextMissing`.
    """
    if not timedelta(0) <= last_on - first_on <= LONGEST_PERIOD:
        raise PeriodNotUsable
    statement = get_statement(
        person_id=person_id,
        occurred_from=start_of_day(first_on),
        occurred_to=start_of_day(last_on + timedelta(days=1)),
        actor=actor,
        now=now,
    )
    content = _statement_of_lines(statement, person_id=person_id, campus_code="", actor=actor, now=now)
    return print_paper(
        kind=DocumentKind.FEE_STATEMENT,
        subject=Subject("patients.person.fees", f"{person_id.hex}:{first_on:%Y%m%d}-{last_on:%Y%m%d}"),
        person_id=person_id,
        content=replace(content, period=(first_on, last_on)),
        language=language,
        sheet=sheet,
        actor=actor,
        now=now,
    )


def start_of_day(day: date) -> datetime:
    """Midnight at the hospital."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def _statement_of_lines(
    statement: Statement, *, person_id: UUID, campus_code: str, actor: Actor, now: datetime
) -> FeeStatement:
    lines = statement.lines
    if not lines:
        raise NothingCharged
    campus = campus_code or actor.campus_code or lines[0].campus_code
    visits = {line.encounter_id for line in lines}
    visit_number, department, doctor = _visit(lines) if len(visits) == 1 else ("", _NOTHING, _NOTHING)
    person = get_person(actor=actor, person_id=person_id, now=now)
    return FeeStatement(
        letterhead=letterhead_at(campus_code=campus),
        patient=paper_patient_of(person=person, campus_code=campus),
        visit_number=visit_number,
        bill_number="",
        department=department,
        doctor=doctor,
        payer=_payers(lines),
        settlement=BilingualText(f"已缴 ¥{statement.paid:,.2f}", f"Paid CNY {statement.paid:,.2f}"),
        lines=list_fee_lines(lines=lines),
        refunded_amount=sum((line.refunded_amount for line in lines), ZERO),
        unpaid_amount=statement.unpaid,
    )


def _payers(lines: tuple[ChargeLine, ...]) -> BilingualText:
    """Everybody who paid one of the bills of these lines, or will."""
    ids = {line.settlement_id for line in lines if line.settlement_id}
    found = find_settlements(settlement_ids=ids).values() if ids else []
    words = {payer_words(settlement): None for settlement in sorted(found, key=lambda one: one.started_at)}
    names = list(words) or [SELF_PAY]
    return BilingualText("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _statement(*, bill: Bill, actor: Actor, now: datetime) -> FeeStatement:
    settlement = bill.settlement
    person = get_person(actor=actor, person_id=settlement.person_id, now=now)
    visit_number, department, doctor = _visit(bill.lines)
    payments = list_payments(order_ids=settlement.payment_ids)
    return FeeStatement(
        letterhead=letterhead_at(campus_code=settlement.campus_code),
        patient=paper_patient_of(person=person, campus_code=settlement.campus_code),
        visit_number=visit_number,
        bill_number=settlement.number,
        department=department,
        doctor=doctor,
        payer=payer_words(settlement, discount=bill.totals.discount),
        settlement=paid_words(payments=payments.values(), paid_at=settlement.settled_at),
        lines=list_fee_lines(lines=bill.lines),
        refunded_amount=sum((line.refunded_amount for line in bill.lines), ZERO),
    )


def _visit(lines: tuple[ChargeLine, ...]) -> tuple[str, BilingualText, BilingualText]:
    """Number, department and doctor: of the visit, or of the booking while there is none."""
    line = next((line for line in lines if line.encounter_id is not None), None)
    if line is not None and line.encounter_id is not None:
        encounter = get_encounter(encounter_id=line.encounter_id)
        return encounter.number, encounter.department_name, encounter.shown_name
    booked = next((line for line in lines if line.source_kind is SourceKind.REGISTRATION), None)
    if booked is None:
        return "", BilingualText("", ""), BilingualText("", "")
    session = get_appointment(appointment_id=booked.source_id).slot.session
    return "", session.department_name, session.shown_name


def list_fee_lines(*, lines: Iterable[ChargeLine]) -> tuple[FeeLine, ...]:
    """The lines as they print. The sessions of a treatment are charged one by one; those of a day that cost the same
    are one line with their number."""
    found: dict[object, FeeLine] = {}
    for line in lines:
        printed = _fee_line(line)
        is_session = line.source_kind is SourceKind.ORDER_LINE and line.fee_class is FeeClass.TREATMENT
        each = replace(printed, quantity=ZERO, amount=ZERO, base_amount=ZERO, insurer_amount=ZERO, patient_amount=ZERO)
        alike = (each, line.qty, line.payable, line.to_adjudication) if is_session else line.id
        known = found.get(alike)
        found[alike] = _add_line(known, printed) if known else printed
    return tuple(found.values())


def _add_line(line: FeeLine, more: FeeLine) -> FeeLine:
    return replace(
        line,
        quantity=line.quantity + more.quantity,
        amount=line.amount + more.amount,
        base_amount=line.base_amount + more.base_amount,
        insurer_amount=line.insurer_amount + more.insurer_amount,
        patient_amount=line.patient_amount + more.patient_amount,
    )


def _fee_line(line: ChargeLine) -> FeeLine:
    return FeeLine(
        occurred_on=local_day(line.occurred_at),
        code=line.item_code,
        item=line.name,
        specification=line.spec if line.spec.zh else None,
        unit=line.unit,
        quantity=line.qty,
        standard_price=line.standard_u,
        surcharge=surcharge_of(line=line),
        charged_price=line.charged_u,
        amount=line.payable,
        base_amount=line.base - share_of_base(line.discount, base=line.base, total=line.total),
        insurance_class=INSURANCE_CLASSES.get(line.insurance_class),
        insurer_amount=line.to_adjudication,
        patient_amount=line.patient_amount,
    )
