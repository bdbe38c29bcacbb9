"""The sheet of a treatment from its order and its sessions, in three language modes (D54)."""

import re
from datetime import datetime
from uuid import UUID

from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    RenderedPaper,
    Signature,
    Subject,
    TreatedSession,
    TreatmentSheet,
    paper_patient_of,
)
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.treatments.api import LATERALITIES, REACTIONS, Laterality, get_treatment
from hospital.treatments.states import SessionState
from hospital.treatments.types import SessionView, StruckView, TreatmentView
from hospital.workflows.clinical_words import word_diagnoses, word_free_text
from hospital.workflows.paper_words import SELF_PAY, letterhead_at
from hospital.workflows.print_paper import print_paper

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ORDERED = BilingualText("开立医师", "Ordered by")
_THERAPIST = BilingualText("治疗师/护士", "Therapist or nurse")


def print_treatment_sheet(*, treatment_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints the sheet as it stands; what was done since the last print replaces the older one.

    Refusals: `UnknownTreatment`, `NoCareRelation`, `NotClinicalStaff`, `UnknownPerson`.
    """
    treatment = get_treatment(treatment_id=treatment_id, actor=actor, now=now)
    visit = get_encounter(encounter_id=treatment.encounter_id)
    person = get_person(actor=actor, person_id=treatment.person_id, now=now)
    content = TreatmentSheet(
        letterhead=letterhead_at(campus_code=visit.campus_code),
        patient=paper_patient_of(person=person, campus_code=visit.campus_code),
        order_number=treatment.number,
        visit_number=visit.number,
        department=visit.department_name,
        payer=SELF_PAY,
        ordered_at=treatment.ordered_at,
        diagnosis=word_diagnoses(visit=visit, actor=actor, now=now),
        item=treatment.name,
        site=word_site(treatment),
        dose=word_dose(treatment),
        frequency=treatment.how_often,
        remark=word_free_text(treatment.remark),
        sessions=tuple(row for each in treatment.sessions for row in (*_struck(each), _session(each))),
        stopped=_stopped(treatment),
        signatures=(
            Signature(role=_ORDERED, name=treatment.ordered_by, signed_at=treatment.ordered_at),
            Signature(role=_THERAPIST),
        ),
    )
    return print_paper(
        kind=DocumentKind.TREATMENT_SHEET,
        subject=Subject("treatments.treatment", str(treatment.id)),
        person_id=treatment.person_id,
        content=content,
        language=language,
        actor=actor,
        now=now,
    )


def word_site(treatment: TreatmentView) -> BilingualText:
    """The site with its side: 膝部 · 左侧 / Knee · left."""
    if treatment.laterality is Laterality.NONE:
        return treatment.site
    side = LATERALITIES[treatment.laterality]
    return BilingualText(f"{treatment.site.zh} · {side.zh}", f"{treatment.site.en} · {side.en.lower()}")


def word_dose(treatment: TreatmentView) -> BilingualText | None:
    """The dose of each session with its unit; None where there is none."""
    if treatment.dose is None:
        return None
    amount, unit = f"{treatment.dose:f}", treatment.dose_unit
    return BilingualText(f"{amount} {unit.zh}", f"{amount} {unit.en}")


def _session(session: SessionView) -> TreatedSession:
    return TreatedSession(
        number=session.number,
        done_at=session.done_at,
        executor=session.executor if session.done_at else None,
        reaction=REACTIONS[session.reaction] if session.reaction else None,
        note=word_free_text(session.note),
        is_left_out=session.state is SessionState.CANCELLED,
    )


def _struck(session: SessionView) -> tuple[TreatedSession, ...]:
    """Earlier records of the session that were a mistake: they stay, crossed out."""
    return tuple(
        TreatedSession(
            number=session.number,
            done_at=each.done_at,
            executor=each.executor,
            reaction=REACTIONS[each.reaction],
            note=word_free_text(each.note),
            struck=_struck_words(each),
        )
        for each in session.struck
    )


def _struck_words(record: StruckView) -> BilingualText:
    day, who, why = local_day(record.struck_at).isoformat(), record.struck_by, _reason(record.reason)
    return BilingualText(f"{who.zh} 于 {day} 划去：{why.zh}", f"Struck out by {who.en} on {day}: {why.en}")


def _reason(text: str) -> BilingualText:
    """A reason as it was typed; on an English paper no Chinese stands."""
    return BilingualText(text, "reason recorded in Chinese" if _CHINESE.search(text) else text)


def _stopped(treatment: TreatmentView) -> BilingualText | None:
    if treatment.stopped_at is None:
        return None
    day, why = local_day(treatment.stopped_at).isoformat(), _reason(treatment.stop_reason)
    return BilingualText(f"{day} 停止治疗：{why.zh}", f"Stopped on {day}: {why.en}")
