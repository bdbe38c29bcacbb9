"""The itemized fee statement of a paid bill (F46, F48)."""

from datetime import datetime
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.billing.api import get_bill
from hospital.billing.types import Bill, ChargeLine, SourceKind
from hospital.documents.api import (
    DocumentKind,
    FeeLine,
    FeeStatement,
    PaperLanguage,
    RenderedPaper,
    Subject,
    issue_document,
    paper_patient_of,
    print_document,
)
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.payments.api import list_payments
from hospital.workflows.paper_words import (
    INSURANCE_CLASSES,
    SELF_PAY,
    letterhead_at,
    paid_words,
    surcharge_of,
)


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


def print_fee_statement(*, settlement_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints the statement of a bill, counted. Refusals: those of `issue_fee_statement`."""
    number = issue_fee_statement(settlement_id=settlement_id, language=language, actor=actor, now=now)
    return print_document(number=number, actor=actor, now=now, language=language)


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
        payer=SELF_PAY,
        settlement=paid_words(payments=payments.values(), paid_at=settlement.settled_at),
        lines=tuple(_fee_line(line) for line in bill.lines),
    )


def _visit(lines: tuple[ChargeLine, ...]) -> tuple[str, BilingualText, BilingualText]:
    """Number, department and doctor: of the visit, or of the booking while there is none."""
    line = next((line for line in lines if line.encounter_id is not None), None)
    if line is not None and line.encounter_id is not None:
        encounter = get_encounter(encounter_id=line.encounter_id)
        return encounter.number, encounter.department_name, encounter.clinician_name
    booked = next((line for line in lines if line.source_kind is SourceKind.REGISTRATION), None)
    if booked is None:
        return "", BilingualText("", ""), BilingualText("", "")
    session = get_appointment(appointment_id=booked.source_id).slot.session
    return "", session.department_name, session.clinician_name


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
        amount=line.total,
        base_amount=line.base,
        insurance_class=INSURANCE_CLASSES.get(line.insurance_class),
        patient_amount=line.total,
    )
