"""The papers of care from what was signed: prescription, examination request, laboratory report (D52, D53, R56)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.api import list_charges_of_sources, list_unpaid_sources, preview_orders
from hospital.documents.api import (
    DocumentKind,
    ExaminationRequest,
    LaboratoryReport,
    LaboratoryResult,
    PaperLanguage,
    PrescribedDrug,
    Prescription,
    PrescriptionClass,
    RenderedPaper,
    RequestedExamination,
    ResultFlag,
    ResultGroup,
    SafetyAnswer,
    Signature,
    Subject,
    paper_patient_of,
)
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.orders.api import format_amount, get_order
from hospital.orders.errors import UnknownOrder
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import LineView, OrderKind, OrderView, Urgency
from hospital.patients.api import get_body_facts, get_person
from hospital.patients.types import PersonCard
from hospital.pharmacy.api import list_prescriptions_of_visits
from hospital.pharmacy.states import PrescriptionState
from hospital.records.api import get_note
from hospital.results.api import get_report
from hospital.results.errors import ReportNotVerified
from hospital.results.states import ReportState
from hospital.results.types import Flag, ReportView, ValueView
from hospital.workflows.amended_reports import note_replacement, word_amendment
from hospital.workflows.clinical_words import NOT_STATED, word_diagnoses, word_free_text
from hospital.workflows.paper_decoctions import paper_decoction
from hospital.workflows.paper_words import SELF_PAY, letterhead_at
from hospital.workflows.print_paper import print_paper
from hospital.workflows.sign_visit import list_ordered_lines

_PHYSICIAN = BilingualText("医师", "Physician")
_URGENCIES = {
    Urgency.ROUTINE: BilingualText("常规", "Routine"),
    Urgency.URGENT: BilingualText("加急", "Urgent"),
    Urgency.EMERGENCY: BilingualText("急诊", "Emergency"),
}
_FLAGS = {
    Flag.NORMAL: ResultFlag.NORMAL,
    Flag.HIGH: ResultFlag.HIGH,
    Flag.LOW: ResultFlag.LOW,
    Flag.CRITICAL_HIGH: ResultFlag.CRITICAL_HIGH,
    Flag.CRITICAL_LOW: ResultFlag.CRITICAL_LOW,
    Flag.ABNORMAL: ResultFlag.ABNORMAL,
}
_REVIEWED = BilingualText("审核", "Reviewed")
_PREPARED = BilingualText("调配", "Prepared")
_CHECKED = BilingualText("核对", "Checked")
_DISPENSED = BilingualText("发药", "Dispensed")
_NO_ALLERGY = BilingualText("无已知过敏", "No known allergies")
_NOT_ASKED = BilingualText("未记录", "Not recorded")
_TO_DIAGNOSE = BilingualText("协助诊断", "To help the diagnosis")


def print_prescription(*, order_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints a signed prescription. Refusals: `UnknownOrder` (a draft too), `NoCareRelation`, `EnglishTextMissing`."""
    order = _signed(order_id=order_id, kind=OrderKind.PRESCRIPTION, actor=actor, now=now)
    visit, person = _visit_of(order=order, actor=actor, now=now)
    lines = [line for line in order.lines if line.state is not LineState.CANCELLED]
    charges = list_charges_of_sources(source_ids=[line.id for line in lines])
    assert order.prescription_class is not None
    assert order.signed_at is not None
    content = Prescription(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        prescription_class=PrescriptionClass(order.prescription_class.value),
        department=visit.department_name,
        payer=SELF_PAY,
        diagnosis=word_diagnoses(visit=visit, actor=actor, now=now),
        allergies=_allergies(person),
        weight_kg=get_body_facts(person_id=person.id, now=now).weight_kg,
        written_at=order.signed_at,
        valid_until=order.valid_until or local_day(order.signed_at),
        drugs=() if order.formula else tuple(_drug(line) for line in lines),
        decoction=paper_decoction(order.formula, lines) if order.formula else None,
        amount=sum((charge.payable for found in charges.values() for charge in found), ZERO)
        if charges
        else _coming_amount(order=order, actor=actor, now=now),
        signatures=(
            Signature(role=_PHYSICIAN, name=order.signer, signed_at=order.signed_at),
            *_pharmacy_signatures(order),
        ),
    )
    return print_paper(
        kind=DocumentKind.PRESCRIPTION,
        subject=Subject("orders.order", str(order.id)),
        person_id=order.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
    )


def _coming_amount(*, order: OrderView, actor: Actor, now: datetime) -> Decimal:
    """What the drugs will cost: before the pharmacist's review nothing is charged."""
    lines = list_ordered_lines(orders=[order], signed_at=order.signed_at or now)
    priced = preview_orders(encounter_id=order.encounter_id, lines=lines, actor=actor, now=now)
    return sum((line.total for line in priced), ZERO)


def _pharmacy_signatures(order: OrderView) -> tuple[Signature, ...]:
    """Who reviewed, prepared, checked and dispensed, as far as it has come; the rest waits for a pen."""
    views = list_prescriptions_of_visits(encounter_ids=[order.encounter_id], has_lines=False)
    view = next((view for view in views if view.order_id == order.id), None)
    if view is None:
        return tuple(Signature(role=role) for role in (_REVIEWED, _PREPARED, _CHECKED, _DISPENSED))
    is_passed = view.state not in {PrescriptionState.SIGNED, PrescriptionState.REJECTED, PrescriptionState.CANCELLED}
    steps = (
        (_REVIEWED, view.reviewer, view.reviewed_at if is_passed else None),
        (_PREPARED, view.preparer, view.prepared_at),
        (_CHECKED, view.dispenser, view.dispensed_at),
        (_DISPENSED, view.dispenser, view.dispensed_at),
    )
    return tuple(
        Signature(role=role, name=name, signed_at=at) if at else Signature(role=role) for role, name, at in steps
    )


def print_examination_request(*, order_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints a signed examination request, or the request of laboratory tests. Refusals as `print_prescription`."""
    order = _signed(order_id=order_id, kind=None, actor=actor, now=now)
    visit, person = _visit_of(order=order, actor=actor, now=now)
    lines = [line for line in order.lines if line.state is not LineState.CANCELLED]
    assert order.signed_at is not None
    content = ExaminationRequest(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        visit_number=visit.number,
        department=visit.department_name,
        payer=SELF_PAY,
        urgency=_URGENCIES[order.urgency],
        requested_at=order.signed_at,
        diagnosis=word_diagnoses(visit=visit, actor=actor, now=now),
        history=_history(order=order, actor=actor, now=now),
        purpose=word_free_text(order.purpose) or _TO_DIAGNOSE,
        examinations=_examinations(lines),
        safety=(
            SafetyAnswer(
                question=BilingualText("过敏", "Allergies"),
                answer=_allergies(person),
                is_alert=bool(person.allergies),
            ),
        ),
        preparation=tuple(dict.fromkeys(line.preparation for line in lines if line.preparation.zh)),
        signatures=(
            Signature(
                role=BilingualText("申请医师", "Requesting physician"), name=order.signer, signed_at=order.signed_at
            ),
            Signature(role=BilingualText("执行", "Performed by")),
        ),
    )
    return print_paper(
        kind=DocumentKind.EXAMINATION_REQUEST,
        subject=Subject("orders.order", str(order.id)),
        person_id=order.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
    )


def print_laboratory_report(
    *, report_id: UUID, language: PaperLanguage, actor: Actor, now: datetime, is_copy: bool = False
) -> RenderedPaper:
    """Prints a verified report; an amended one replaces the paper of its earlier version.

    Refusals: `UnknownReport` (a patient before the release), `ReportNotVerified`, `NoCareRelation`, `UnknownPerson`.
    """
    report = get_report(report_id=report_id, actor=actor, now=now)
    if report.state not in {ReportState.VERIFIED, ReportState.SUPERSEDED}:
        raise ReportNotVerified
    visit = get_encounter(encounter_id=report.encounter_id)
    person = get_person(actor=actor, person_id=report.person_id, now=now)
    assert report.reported_at is not None
    content = LaboratoryReport(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        visit_number=visit.number,
        department=visit.department_name,
        doctor=visit.clinician_name,
        diagnosis=word_diagnoses(visit=visit, actor=actor, now=now),
        specimen_number=report.specimen_number,
        specimen=report.specimen,
        specimen_quality=report.specimen_quality if report.specimen_quality.zh else BilingualText("合格", "Acceptable"),
        collected_at=report.collected_at,
        received_at=report.received_at,
        tested_at=report.tested_at,
        reported_at=report.reported_at,
        groups=_groups(report.values),
        comment=report.comment if report.comment.zh or report.comment.en else None,
        critical_value_record=_critical_record(report, clinician=visit.clinician_name),
        signatures=(
            Signature(role=BilingualText("检验者", "Tested by"), name=report.tester, signed_at=report.tested_at),
            Signature(role=BilingualText("审核者", "Verified by"), name=report.verifier, signed_at=report.reported_at),
        ),
        amendment=word_amendment(report=report, actor=actor, now=now),
        notes=note_replacement(report),
    )
    return print_paper(
        kind=DocumentKind.LABORATORY_REPORT,
        subject=_subject_of(report),
        person_id=report.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
        is_overtaken=report.state is ReportState.SUPERSEDED,
        is_copy=is_copy,
    )


def _subject_of(report: ReportView) -> Subject:
    """The papers of a specimen follow each other; that of an overtaken version stands alone and replaces none."""
    if report.state is ReportState.SUPERSEDED:
        return Subject("results.report", str(report.id))
    return Subject("results.specimen", str(report.specimen_id))


def _signed(*, order_id: UUID, kind: OrderKind | None, actor: Actor, now: datetime) -> OrderView:
    order = get_order(order_id=order_id, actor=actor, now=now)
    if order.state is OrderState.DRAFT or (kind is not None and order.kind is not kind):
        raise UnknownOrder
    return order


def _visit_of(*, order: OrderView, actor: Actor, now: datetime) -> tuple[EncounterCard, PersonCard]:
    visit = get_encounter(encounter_id=order.encounter_id)
    return visit, get_person(actor=actor, person_id=order.person_id, now=now)


def _history(*, order: OrderView, actor: Actor, now: datetime) -> BilingualText:
    """What the request says itself, else the complaint of the note."""
    note = get_note(encounter_id=order.encounter_id, actor=actor, now=now)
    return word_free_text(order.clinical_info) or word_free_text(note.complaint if note else "") or NOT_STATED


def _allergies(person: PersonCard) -> BilingualText:
    allergies = person.allergies
    if not allergies:
        return _NOT_ASKED if person.no_allergies_at is None else _NO_ALLERGY
    return BilingualText(
        "；".join(_with_reaction(item.substance.zh, item.reaction.zh, "（%s）") for item in allergies),
        "; ".join(_with_reaction(item.substance.in_language("en"), item.reaction.en, " (%s)") for item in allergies),
    )


def _with_reaction(substance: str, reaction: str, form: str) -> str:
    return substance + form % reaction if reaction else substance


def _drug(line: LineView) -> PrescribedDrug:
    amount = format_amount(line.quantity)
    return PrescribedDrug(
        name=line.name,
        specification=line.spec,
        quantity=BilingualText(f"{amount} {line.unit.zh}", f"{amount} {_plural(line.unit.en, line.quantity)}"),
        directions=line.directions,
        remark=word_free_text(line.remark),
    )


def _plural(unit: str, amount: Decimal) -> str:
    if amount == 1 or len(unit) < 3:
        return unit
    return f"{unit}es" if unit.endswith(("x", "s")) else f"{unit}s"


def _examinations(lines: Sequence[LineView]) -> tuple[RequestedExamination, ...]:
    ids = [line.id for line in lines]
    charges = list_charges_of_sources(source_ids=ids)
    unpaid = list_unpaid_sources(source_ids=ids)
    found = []
    for line in lines:
        amount = sum((charge.payable for charge in charges.get(line.id, ())), ZERO)
        place = line.body_part if line.body_part.zh else line.specimen
        found.append(
            RequestedExamination(
                item=line.name,
                body_part=place if place.zh else None,
                fee=_fee(amount=amount, is_paid=line.id not in unpaid),
            )
        )
    return tuple(found)


def _fee(*, amount: Decimal, is_paid: bool) -> BilingualText:
    return (
        BilingualText(f"已缴费 {amount}", f"Paid {amount}")
        if is_paid
        else BilingualText(f"待缴费 {amount}", f"To pay {amount}")
    )


def _groups(values: Sequence[ValueView]) -> tuple[ResultGroup, ...]:
    groups: dict[BilingualText, list[LaboratoryResult]] = {}
    for value in values:
        groups.setdefault(value.group, []).append(
            LaboratoryResult(
                code=value.code,
                name=value.name,
                result=_same(value.display),
                unit=value.unit,
                reference=_same(value.reference),
                flag=_FLAGS[value.flag],
                recognition=value.recognition if value.recognition.zh else None,
                converted=f"{value.second} {value.second_unit}" if value.second else "",
            )
        )
    return tuple(ResultGroup(name=name, results=tuple(results)) for name, results in groups.items())


def _same(text: BilingualText) -> str | BilingualText:
    """A plain text where both languages say the same (numbers, ranges)."""
    return text.zh if text.zh == text.en else text


def _critical_record(report: ReportView, *, clinician: BilingualText) -> BilingualText | None:
    """What was called, to whom, when, and read back: the last right call of each critical value.

    The clinician of the visit, noted in whichever language the desk spoke, is named in both.
    """
    chinese, english = [], []
    for value in report.values:
        right = [call for call in value.calls if call.is_match]
        if not value.is_critical or not right:
            continue
        call = right[-1]
        at = f"{call.called_at.astimezone(SHANGHAI):%H:%M}"
        is_clinician = call.answered_by in {clinician.zh, clinician.en}
        who = clinician if is_clinician else BilingualText(call.answered_by, call.answered_by)
        words = BilingualText(
            f"危急值 {value.code} {value.text}：{at} 电话通知{who.zh}并复述确认。",
            f"Critical value {value.code} {value.text}: telephoned to {who.en} at {at} and read back.",
        )
        taken_over = _taken_over(value)
        chinese.append(words.zh + taken_over.zh)
        english.append(f"{words.en} {taken_over.en}".rstrip())
    return BilingualText("".join(chinese), " ".join(english)) if chinese else None


def _taken_over(value: ValueView) -> BilingualText:
    """Which clinician took a critical value over, and when."""
    alert = value.alert
    if alert is None or alert.acknowledged_at is None:
        return BilingualText("")
    at, who = f"{alert.acknowledged_at.astimezone(SHANGHAI):%H:%M}", alert.acknowledged_by
    return BilingualText(f"{at} 由{who.zh}接手处理。", f"Taken over by {who.in_language('en')} at {at}.")
