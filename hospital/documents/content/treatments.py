"""The content of the treatment sheet."""

from datetime import date

from hospital.documents.content.blocks import (
    Block,
    letterhead_block,
    optional_pair,
    pair,
    patient_block,
    signature_blocks,
)
from hospital.documents.formatting import format_moment, format_stamp
from hospital.documents.types.treatments import TreatedSession, TreatmentSheet


def treatment_sheet(sheet: TreatmentSheet, *, on: date) -> Block:
    """The order above, a row for each session below."""
    done = sum(session.done_at is not None and session.struck is None for session in sheet.sessions)
    return {
        "hospital": letterhead_block(sheet.letterhead),
        "title": {"zh": "治疗单", "en": "Treatment order and record"},
        "patient": patient_block(sheet.patient, on=on),
        "order": sheet.order_number,
        "visit": sheet.visit_number,
        "department": pair(sheet.department),
        "payer": pair(sheet.payer),
        "ordered": pair(format_moment(sheet.ordered_at)),
        "diagnosis": pair(sheet.diagnosis),
        "item": pair(sheet.item),
        "site": pair(sheet.site),
        "dose": optional_pair(sheet.dose),
        "often": pair(sheet.frequency),
        "planned": str(sum(session.struck is None for session in sheet.sessions)),
        "done": str(done),
        "note": optional_pair(sheet.remark),
        "stopped": optional_pair(sheet.stopped),
        "rows": [_row(session) for session in sheet.sessions],
        "signs": signature_blocks(sheet.signatures),
    }


def _row(session: TreatedSession) -> Block:
    return {
        "no": str(session.number),
        "at": format_stamp(session.done_at) if session.done_at else "",
        "by": optional_pair(session.executor),
        "reaction": optional_pair(session.reaction),
        "note": optional_pair(session.note),
        "left": session.is_left_out,
        "struck": optional_pair(session.struck),
        "open": session.done_at is None and not session.is_left_out,
    }
