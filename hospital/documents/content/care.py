"""The contents of the prescription, the examination request and the laboratory report."""

from datetime import date, datetime
from decimal import Decimal

from hospital.documents.content.blocks import (
    Block,
    Text,
    letterhead_block,
    optional_pair,
    pair,
    patient_block,
    plain_or_pair,
    signature_blocks,
)
from hospital.documents.errors import PrescriptionEmpty, TooManyDrugs
from hospital.documents.formatting import format_day, format_moment, format_money, format_number, local_day
from hospital.documents.types.clinical import (
    Amendment,
    ExaminationRequest,
    LaboratoryReport,
    LaboratoryResult,
    PrescribedDecoction,
    Prescription,
    PrescriptionClass,
    ResultFlag,
)
from hospital.kernel.types import BilingualText

DRUG_LIMIT = 5

# Word and paper color of each class (domain brief 4). White classes print no edge.
_CLASSES: dict[PrescriptionClass, tuple[BilingualText, str]] = {
    PrescriptionClass.ORDINARY: (BilingualText("普通", "Ordinary"), "#FFFFFF"),
    PrescriptionClass.EMERGENCY: (BilingualText("急诊", "Emergency"), "#FFF6C9"),
    PrescriptionClass.PEDIATRIC: (BilingualText("儿科", "Pediatric"), "#DDF2DC"),
    PrescriptionClass.NARCOTIC: (BilingualText("麻", "Narcotic"), "#FBDCDC"),
    PrescriptionClass.PSYCHOTROPIC_I: (BilingualText("精一", "Psychotropic I"), "#FBDCDC"),
    PrescriptionClass.PSYCHOTROPIC_II: (BilingualText("精二", "Psychotropic II"), "#FFFFFF"),
}


def _validity(prescription: Prescription) -> BilingualText:
    if prescription.valid_until <= local_day(prescription.written_at):
        return BilingualText("当日有效", "Day of issue only")
    last = format_day(prescription.valid_until)
    return BilingualText(f"至{last.zh}", f"Until {last.en}")


def prescription(paper: Prescription, *, on: date) -> Block:
    """The prescription; refuses with `PrescriptionEmpty` or, above five drugs, `TooManyDrugs`. A decoction has no limit
    of pieces."""
    if not paper.drugs and not (paper.decoction and paper.decoction.pieces):
        raise PrescriptionEmpty
    if len(paper.drugs) > DRUG_LIMIT:
        raise TooManyDrugs(limit=DRUG_LIMIT, count=len(paper.drugs))
    label, color = _CLASSES[paper.prescription_class]
    return {
        "hospital": letterhead_block(paper.letterhead),
        "title": {"zh": "处方笺", "en": "Prescription"},
        "patient": patient_block(paper.patient, on=on),
        "kind": {"label": pair(label), "color": color},
        "department": pair(paper.department),
        "payer": pair(paper.payer),
        "diagnosis": pair(paper.diagnosis),
        "allergy": pair(paper.allergies),
        "weight": f"{format_number(paper.weight_kg)}\N{NO-BREAK SPACE}kg" if paper.weight_kg else None,
        "date": pair(format_day(paper.written_at)),
        "valid": pair(_validity(paper)),
        "items": [
            {
                "name": pair(drug.name),
                "spec": pair(drug.specification),
                "qty": pair(drug.quantity),
                "sig": pair(drug.directions),
                "note": optional_pair(drug.remark),
            }
            for drug in paper.drugs
        ],
        **({"decoction": _decoction(paper.decoction)} if paper.decoction else {}),
        "amount": format_money(paper.amount),
        "agent": optional_pair(paper.collected_by),
        "signs": signature_blocks(paper.signatures),
    }


def _decoction(decoction: PrescribedDecoction) -> Block:
    """The formula in columns; a paper without one has no such part in its snapshot."""
    weight = sum((piece.grams for piece in decoction.pieces), Decimal(0))
    several = "" if len(decoction.pieces) == 1 else "s"
    return {
        "pieces": [
            {
                "name": pair(piece.name),
                "grams": _grams(piece.grams),
                "how": optional_pair(piece.handling),
                "note": optional_pair(piece.remark),
            }
            for piece in decoction.pieces
        ],
        "count": pair(
            BilingualText(
                f"{len(decoction.pieces)} 味，每剂共 {_grams(weight)}",
                f"{len(decoction.pieces)} piece{several}, {_grams(weight)} a packet",
            )
        ),
        "manner": pair(decoction.manner),
        "maker": pair(decoction.maker),
        "steps": [pair(step) for step in decoction.steps],
    }


def _grams(amount: Decimal) -> str:
    return f"{format_number(amount)}\N{NO-BREAK SPACE}g"


def examination_request(request: ExaminationRequest, *, on: date) -> Block:
    """The request with its safety answers and preparation."""
    return {
        "hospital": letterhead_block(request.letterhead),
        "title": {"zh": "检查申请单", "en": "Examination request"},
        "patient": patient_block(request.patient, on=on),
        "visit": request.visit_number,
        "department": pair(request.department),
        "payer": pair(request.payer),
        "urgency": pair(request.urgency),
        "ordered": pair(format_moment(request.requested_at)),
        "diagnosis": pair(request.diagnosis),
        "history": pair(request.history),
        "purpose": pair(request.purpose),
        "items": [
            {
                "no": str(number),
                "item": pair(examination.item),
                "part": optional_pair(examination.body_part),
                "side": optional_pair(examination.side),
                "contrast": optional_pair(examination.contrast),
                "fee": pair(examination.fee),
                "when": optional_pair(examination.appointment),
            }
            for number, examination in enumerate(request.examinations, start=1)
        ],
        "safety": [
            {"q": pair(answer.question), "a": pair(answer.answer), "alert": answer.is_alert}
            for answer in request.safety
        ],
        "prep": [pair(step) for step in request.preparation],
        "signs": signature_blocks(request.signatures),
    }


_FLAGS: dict[ResultFlag, tuple[str, BilingualText, bool]] = {
    ResultFlag.HIGH: ("↑", BilingualText("偏高", "High"), False),
    ResultFlag.LOW: ("↓", BilingualText("偏低", "Low"), False),
    ResultFlag.CRITICAL_HIGH: ("↑↑", BilingualText("危急高值", "Critical high"), True),
    ResultFlag.CRITICAL_LOW: ("↓↓", BilingualText("危急低值", "Critical low"), True),
    ResultFlag.ABNORMAL: ("", BilingualText("异常", "Abnormal"), False),
    ResultFlag.POSITIVE: ("+", BilingualText("阳性", "Positive"), False),
}


def _result_row(result: LaboratoryResult) -> Block:
    arrow, flag, is_critical = _FLAGS.get(result.flag, ("", None, False))
    return {
        "code": result.code,
        "name": pair(result.name),
        "result": plain_or_pair(result.result),
        "unit": result.unit,
        "ref": plain_or_pair(result.reference),
        "arrow": arrow,
        "flag": optional_pair(flag),
        "critical": is_critical,
        "second": result.converted,
        "hr": optional_pair(result.recognition),
    }


def _instant(role: BilingualText, moment: datetime | None) -> Block:
    return {"role": pair(role), "at": pair(format_moment(moment)) if moment else None}


def _amendment(amendment: Amendment) -> Block:
    number = amendment.version
    return {
        "status": {"zh": f"修正报告（第 {number} 版）", "en": f"Amended report (version {number})"},
        "reason": optional_pair(amendment.reason),
        "changes": [pair(change) for change in amendment.changes],
    }


def _report_notes(report: LaboratoryReport) -> list[Text]:
    results = [result for group in report.groups for result in group.results]
    notes = [pair(note) for note in report.notes]
    if any(result.recognition for result in results):
        notes.append(
            {
                "zh": "HR：结果互认标志，该项目通过相应范围的室间质量评价。",
                "en": "HR: recognized by other hospitals in the range shown (the test passed external quality "
                "assessment).",
            }
        )
    if any(result.converted for result in results):
        notes.append(
            {
                "zh": "换算值仅供参考，不替代报告结果。",
                "en": "Converted values are for reference and do not replace the result.",
            }
        )
    notes.append({"zh": "本报告仅对所检标本负责。", "en": "This report applies only to the specimen tested."})
    return notes


def laboratory_report(report: LaboratoryReport, *, on: date) -> Block:
    """The report; columns that no result uses are left out by the template."""
    results = [result for group in report.groups for result in group.results]
    return {
        "hospital": letterhead_block(report.letterhead),
        "title": {"zh": "检验报告单", "en": "Laboratory report"},
        "patient": patient_block(report.patient, on=on),
        "visit": report.visit_number,
        "department": pair(report.department),
        "doctor": pair(report.doctor),
        "diagnosis": pair(report.diagnosis),
        "specimen": {
            "id": report.specimen_number,
            "type": pair(report.specimen),
            "state": pair(report.specimen_quality),
        },
        "times": [
            _instant(BilingualText("采集", "Collected"), report.collected_at),
            _instant(BilingualText("接收", "Received"), report.received_at),
            _instant(BilingualText("检测", "Tested"), report.tested_at),
            _instant(BilingualText("报告", "Reported"), report.reported_at),
        ],
        "groups": [
            {
                "name": pair(group.name),
                "method": optional_pair(group.method),
                "rows": [_result_row(result) for result in group.results],
            }
            for group in report.groups
        ],
        "has_converted": any(result.converted for result in results),
        "has_recognition": any(result.recognition for result in results),
        "comment": optional_pair(report.comment),
        "critical": optional_pair(report.critical_value_record),
        "amendment": _amendment(report.amendment) if report.amendment else None,
        "signs": signature_blocks(report.signatures),
        "notes": _report_notes(report),
    }
