"""Samples of the treatment sheet."""

from dataclasses import replace
from datetime import timedelta

from hospital.documents.samples import people
from hospital.documents.samples.visit import MORNING
from hospital.documents.types import PaperContent, PaperPatient, Signature, TreatedSession, TreatmentSheet
from hospital.kernel.types import BilingualText as Text

_NONE = Text("无不适", "No complaint")


def treatment_sheet(patient: PaperPatient, *, planned: int, done: int = 0, stops: bool = False) -> TreatmentSheet:
    """A sheet with so many sessions, the first of them done."""
    given = tuple(
        TreatedSession(
            number=number,
            done_at=MORNING + timedelta(days=number),
            executor=people.HE,
            reaction=Text("轻微不适", "Slight discomfort") if number == 2 else _NONE,
            note=Text("局部皮肤轻度发红", "Slight redness of the skin") if number == 2 else None,
        )
        for number in range(1, done + 1)
    )
    if stops:
        words = Text("何晓敏 于 2026-11-27 划去：记错患者", "Struck out by HE Xiaomin on 2026-11-27: wrong patient")
        wrong = replace(given[-1], struck=words)
        given = (*given[:-1], wrong, given[-1])
    rest = tuple(TreatedSession(number=number, is_left_out=stops) for number in range(done + 1, planned + 1))
    return TreatmentSheet(
        letterhead=people.LETTERHEAD,
        patient=patient,
        order_number="TR-261124-000042",
        visit_number="OP-20261124-0457",
        department=people.CARDIOLOGY,
        payer=people.SELF_PAY,
        ordered_at=MORNING + timedelta(minutes=31),
        diagnosis=Text("右膝骨关节炎", "Osteoarthritis of the right knee"),
        item=Text("超短波短波治疗", "Ultrashortwave therapy"),
        site=Text("膝部 · 右侧", "Knee · right"),
        dose=Text("20 分钟", "20 min"),
        frequency=Text("每日一次", "once a day"),
        remark=Text("体内有金属植入物者告知治疗师", "Tell the therapist about metal implants"),
        sessions=given + rest,
        stopped=Text("2026-11-27 停止：皮肤反应。", "Stopped on 27 Nov 2026: skin reaction.") if stops else None,
        signatures=(
            Signature(role=Text("开立医师", "Ordered by"), name=people.LIN, signed_at=MORNING + timedelta(minutes=31)),
            Signature(role=Text("治疗师", "Therapist")),
        ),
    )


def treatment_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    return {
        "treatment-sheet": treatment_sheet(people.WHITAKER, planned=5, done=2),
        "treatment-sheet-stopped": treatment_sheet(people.CHOLMONDELEY, planned=6, done=3, stops=True),
        "treatment-sheet-30": treatment_sheet(people.GHAMDI, planned=30, done=12),
    }
