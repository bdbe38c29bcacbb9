"""The labels of dispensed drugs, in the patient's language, with pictograms (N08)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.documents.api import DrugLabel, HowTaken, LabelSheet, PaperLanguage, TimeOfDay, print_drug_labels
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.api import (
    DOSE_UNITS,
    Formula,
    Frequency,
    Maker,
    Route,
    format_amount,
    list_lines,
    list_orders_by_id,
    word_formula,
)
from hospital.orders.types import LineView
from hospital.patients.api import display_name, get_person
from hospital.patients.types import PersonCard
from hospital.pharmacy.api import get_prescription
from hospital.pharmacy.errors import PrescriptionMoved
from hospital.pharmacy.types import PrescriptionLineView
from hospital.workflows.paper_words import letterhead_at

_CHINESE = {"zh", "yue"}
_HOW: Mapping[Route, HowTaken] = {
    Route.PO: HowTaken.MOUTH,
    Route.SL: HowTaken.MOUTH,
    Route.IV: HowTaken.NEEDLE,
    Route.IVD: HowTaken.NEEDLE,
    Route.IM: HowTaken.NEEDLE,
    Route.SC: HowTaken.NEEDLE,
    Route.OPH: HowTaken.EYE,
    Route.TOP: HowTaken.SKIN,
    Route.INH: HowTaken.BREATH,
    Route.NAS: HowTaken.BREATH,
}
_MORNING, _NOON, _EVENING, _NIGHT = TimeOfDay
_INTERNAL = BilingualText("中药汤剂", "Herbal decoction")
_EXTERNAL = BilingualText("中药外用药液", "Herbal decoction for external use")
_MADE = BilingualText("冷藏保存，7 日内用完", "Keep refrigerated and use within 7 days")
_TO_MAKE = BilingualText("煎法见处方煎服说明", "See the prescription for how to prepare it")
_PARTS: Mapping[int, tuple[TimeOfDay, ...]] = {
    1: (_MORNING,),
    2: (_MORNING, _EVENING),
    3: (_MORNING, _NOON, _EVENING),
    4: (_MORNING, _NOON, _EVENING, _NIGHT),
}
_TIMES: Mapping[Frequency, tuple[TimeOfDay, ...]] = {
    Frequency.QD: (_MORNING,),
    Frequency.BID: (_MORNING, _EVENING),
    Frequency.TID: (_MORNING, _NOON, _EVENING),
    Frequency.QID: (_MORNING, _NOON, _EVENING, _NIGHT),
    Frequency.QN: (_NIGHT,),
}


def print_labels(*, prescription_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> bytes:
    """A label for each drug of a prescription that was picked, or one for its decoction, as PDF; kept in the audit.

    Refusals: `UnknownPrescription`, `PrescriptionMoved` (nothing is picked), `NoCareRelation`.
    """
    view = get_prescription(prescription_id=prescription_id, actor=actor)
    picked = [line for line in view.lines if line.picks]
    if not picked:
        raise PrescriptionMoved
    person = get_person(actor=actor, person_id=view.person_id, now=now)
    ordered = list_lines(line_ids=[line.order_line_id for line in picked])
    formula = next((order.formula for order in list_orders_by_id(order_ids=[view.order_id])), None)
    sheet = LabelSheet(
        letterhead=letterhead_at(campus_code=view.campus_code),
        patient=BilingualText(display_name(person.name, language="zh"), display_name(person.name, language="en")),
        mrn=person.mrn_at(view.campus_code),
        prescription_number=view.number,
        labels=[_decoction(formula, picked)]
        if formula
        else [_label(line, ordered[line.order_line_id]) for line in picked],
    )
    with acting(actor=actor):
        record_act(
            actor=actor,
            action="pharmacy.label",
            subject_kind="prescription",
            subject_id=str(view.id),
            person_id=view.person_id,
            now=now,
            details={"number": view.number, "language": language.value},
        )
    return print_drug_labels(sheet=sheet, language=language, now=now)


def _decoction(formula: Formula, picked: Sequence[PrescriptionLineView]) -> DrugLabel:
    """One label for the packets: what each piece is, the prescription says."""
    parts = BilingualText(f"{formula.ml} mL", f"{formula.ml} mL") if formula.is_internal else BilingualText("")
    is_made = formula.maker is Maker.HOSPITAL
    several = ("" if formula.doses == 1 else "s", "" if len(picked) == 1 else "s")
    return DrugLabel(
        name=_INTERNAL if formula.is_internal else _EXTERNAL,
        spec=BilingualText(f"{len(picked)} 味", f"{len(picked)} piece{several[1]}"),
        quantity=BilingualText(f"{formula.doses} 剂", f"{formula.doses} packet{several[0]}"),
        directions=word_formula(formula),
        remark=_MADE if is_made else _TO_MAKE,
        how=HowTaken.MOUTH if formula.is_internal else HowTaken.SKIN,
        times=_PARTS.get(formula.parts, ()) if formula.is_internal and formula.pace is Frequency.QD else (),
        dose=parts,
        batch="",
        expires_on=None if is_made else min(pick.expires_on for line in picked for pick in line.picks),
    )


def label_language(person: PersonCard) -> PaperLanguage:
    """Chinese for whoever names no other language, English for whoever does not name Chinese, else both: somebody who
    speaks Mandarin as a third language may not read it.
    """
    languages = set(person.languages)
    if not _CHINESE & languages:
        return PaperLanguage.EN
    return PaperLanguage.BOTH if languages - _CHINESE else PaperLanguage.ZH


def _label(line: PrescriptionLineView, ordered: LineView) -> DrugLabel:
    unit = DOSE_UNITS.get(ordered.dose_unit, BilingualText(ordered.dose_unit))
    amount = format_amount(ordered.dose) if ordered.dose is not None else ""
    quantity = format_amount(sum((pick.quantity for pick in line.picks[1:]), line.picks[0].quantity))
    return DrugLabel(
        name=ordered.name,
        spec=ordered.spec,
        quantity=BilingualText(f"{quantity} {ordered.unit.zh}", f"{quantity} {ordered.unit.en}"),
        directions=ordered.directions,
        remark=BilingualText(ordered.remark, ordered.remark) if ordered.remark else None,
        how=_HOW.get(ordered.route, HowTaken.OTHER) if ordered.route else HowTaken.OTHER,
        times=_TIMES.get(ordered.frequency, ()) if ordered.frequency else (),
        dose=BilingualText(f"{amount} {unit.zh}", f"{amount} {unit.en}"),
        batch=", ".join(pick.batch_number for pick in line.picks),
        expires_on=min(pick.expires_on for pick in line.picks),
    )
