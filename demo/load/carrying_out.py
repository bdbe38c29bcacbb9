"""Carrying out what was ordered in a visit."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.images import show_image
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_lines, list_orders
from hospital.orders.states import LineState
from hospital.orders.types import OrderKind
from hospital.results.api import find_template, get_exam_report, hand_over_exam_report, render_normal
from hospital.results.types import AmendmentKind, ExamKind, ExamText, ReadingStage, Where
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.report_exam import amend_exam_report, sign_exam_report, write_exam_report

# What a careful radiologist writes of nothing remarkable, and of something to speak about first.
EXAM_TEXTS: Final = {
    False: ExamText(
        technique=BilingualText("常规体位检查。", "Standard views."),
        findings=BilingualText(
            "所检部位结构清晰，未见明确异常密度影或占位。", "Structures are clear. No abnormal density or mass is seen."
        ),
        impression=BilingualText("未见明显异常。", "No abnormality is seen."),
        advice=BilingualText("如症状持续，请复诊。", "Please come again if the symptoms stay."),
    ),
    True: ExamText(
        technique=BilingualText("常规体位检查。", "Standard views."),
        findings=BilingualText(
            "局部可见小结节影，边界清，直径约 6 mm。", "A small well-defined nodule of about 6 mm is seen."
        ),
        impression=BilingualText("小结节，建议随访复查。", "Small nodule; follow-up is advised."),
        advice=BilingualText("3 个月后复查。", "Repeat in 3 months."),
    ),
}


# Of each kind what a report of it commonly says; those of another kind are dropped by the report.
EXAM_FIELDS: Final = {
    "CONTRAST": BilingualText("NONE"),
    "LIVER": BilingualText("128"),
    "PORTAL_VEIN": BilingualText("11"),
    "BILE_DUCT": BilingualText("5"),
    "KIDNEY_RIGHT": BilingualText("104"),
    "KIDNEY_LEFT": BilingualText("106"),
    "RHYTHM": BilingualText("SINUS"),
    "RATE": BilingualText("72"),
    "PR": BilingualText("158"),
    "QRS": BilingualText("92"),
    "QTC": BilingualText("412"),
}
TEMPLATE_WORDS: Final = {
    "胸": "CHEST",
    "肝": "ABDOMEN",
    "腹": "ABDOMEN",
    "甲状腺": "THYROID",
    "颅脑": "BRAIN",
    "胃": "GASTROSCOPY",
    "肠": "COLONOSCOPY",
    "心电": "ECG",
}
SECOND_READERS: Final = ("zhang.huimin", "wu.jianping")

# What is found out later: the side was mixed up, or an earlier film has arrived.
_WHY: Final = {
    AmendmentKind.AMENDMENT: BilingualText("初版描述有误，予以更正", "A description in the first version was wrong"),
    AmendmentKind.ADDENDUM: BilingualText("取得旧片后比较", "Comparison after an earlier film had arrived"),
}
_LATER: Final = {
    AmendmentKind.AMENDMENT: ExamText(
        technique=BilingualText("常规体位检查。", "Standard views."),
        findings=BilingualText(
            "所检部位结构清晰，未见明确异常密度影或占位。可见轻度退行性改变。",
            "Structures are clear. No abnormal density or mass is seen. Mild degenerative change.",
        ),
        impression=BilingualText("轻度退行性改变，余未见异常。", "Mild degenerative change; otherwise normal."),
        advice=BilingualText("如症状持续，请复诊。", "Please come again if the symptoms stay."),
    ),
    AmendmentKind.ADDENDUM: ExamText(
        addendum=BilingualText("与一年前检查比较，未见变化。", "No change compared with the examination a year ago.")
    ),
}


def examine(*, encounter_id: UUID, later: Collection[str] = (), now: datetime) -> None:
    """Does the examinations that were paid, but those for another day."""
    actor = staff_actor("xie.junkai")
    for line_id in _pending(encounter_id=encounter_id, kind=OrderKind.EXAM, later=later, actor=actor, now=now):
        finish_exam(line_id=line_id, actor=actor, now=now)


def report_exams(
    *,
    encounter_id: UUID,
    doctor: Actor,
    is_sensitive: bool,
    has_open: bool = False,
    waits_for: ReadingStage | None = None,
    now: datetime,
) -> None:
    """The doctor writes and signs the reports of the examinations that were done; `has_open`: not of the last one,
    where there are several. `waits_for`: none is read, or those of radiology by the first reader only."""
    if waits_for is ReadingStage.FIRST:
        return
    done = _examined(encounter_id=encounter_id, actor=doctor, now=now)
    for line_id in done[:-1] if has_open and len(done) > 1 else done:
        report_id = write_exam_report(
            line_id=line_id,
            text=EXAM_TEXTS[True] if is_sensitive else _normal_text(line_id),
            is_sensitive=is_sensitive,
            fields=EXAM_FIELDS,
            actor=doctor,
            now=now,
        )
        show_image(line_id=line_id, report_id=report_id, doctor=doctor, now=now)
        _sign(report_id=report_id, doctor=doctor, waits=waits_for is ReadingStage.SECOND, now=now)


def amend_exams(*, encounter_id: UUID, doctor: Actor, kind: AmendmentKind, now: datetime) -> None:
    """The doctor amends the first signed report of the visit, or adds to it."""
    for line_id in _examined(encounter_id=encounter_id, actor=doctor, now=now)[:1]:
        amend_exam_report(line_id=line_id, kind=kind, reason=_WHY[kind], actor=doctor, now=now)
        report_id = write_exam_report(line_id=line_id, text=_LATER[kind], is_sensitive=False, actor=doctor, now=now)
        _sign(report_id=report_id, doctor=doctor, now=now)


def _normal_text(line_id: UUID) -> ExamText:
    """A whole normal report of what was examined, where there is a template for it."""
    name = list_lines(line_ids=[line_id])[line_id].name.zh
    code = next((code for word, code in TEMPLATE_WORDS.items() if word in name), "")
    template = find_template(code)
    if template is None:
        return EXAM_TEXTS[False]
    parts = render_normal(template)
    plain = EXAM_TEXTS[False]
    return ExamText(
        technique=plain.technique,
        findings=parts[Where.FINDINGS],
        impression=parts[Where.IMPRESSION],
        advice=plain.advice,
    )


def _sign(*, report_id: UUID, doctor: Actor, waits: bool = False, now: datetime) -> None:
    """Radiology is read by a second doctor, unless it still waits for one."""
    report = get_exam_report(report_id=report_id, actor=doctor, now=now)
    if report.exam_kind is not ExamKind.RADIOLOGY:
        sign_exam_report(report_id=report_id, actor=doctor, now=now)
        return
    hand_over_exam_report(report_id=report_id, actor=doctor, now=now)
    if waits:
        return
    second = staff_actor(next(name for name in SECOND_READERS if staff_actor(name).id != doctor.id))
    sign_exam_report(report_id=report_id, actor=second, now=now)


def _pending(
    *, encounter_id: UUID, kind: OrderKind, later: Collection[str] = (), actor: Actor, now: datetime
) -> list[UUID]:
    return [
        line.id
        for order in list_orders(encounter_id=encounter_id, actor=actor, now=now)
        if order.kind is kind
        for line in order.lines
        if line.state is LineState.PENDING and line.item_code not in later
    ]


def _examined(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[UUID]:
    return [
        line.id
        for order in list_orders(encounter_id=encounter_id, actor=actor, now=now)
        if order.kind is OrderKind.EXAM
        for line in order.lines
        if line.state is LineState.EXECUTED
    ]
