"""The label of a specimen, printed as it is drawn and read by the laboratory's scanner (R56, D53)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.documents.api import LabelRoll, PaperLanguage, SpecimenLabel, print_specimen_label
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.api import display_name, get_person
from hospital.results.api import get_specimen
from hospital.results.errors import SpecimenMoved
from hospital.results.states import SpecimenState
from hospital.workflows.paper_words import letterhead_at


def print_label(*, specimen_id: UUID, roll: LabelRoll, language: PaperLanguage, actor: Actor, now: datetime) -> bytes:
    """The label as PDF; printing is an entry of the audit trail.

    Refusals: `UnknownSpecimen`, `NotLaboratoryStaff`, `SpecimenMoved` (it cannot be used, so nothing is stuck on it).
    """
    specimen = get_specimen(specimen_id=specimen_id, actor=actor)
    if specimen.state is SpecimenState.REJECTED:
        raise SpecimenMoved(current=specimen.state.value)
    person = get_person(actor=actor, person_id=specimen.person_id, now=now)
    label = SpecimenLabel(
        letterhead=letterhead_at(campus_code=specimen.campus_code),
        number=specimen.number,
        patient=BilingualText(display_name(person.name, language="zh"), display_name(person.name, language="en")),
        sex=person.sex,
        born_on=person.birth_date,
        mrn=person.mrn_at(specimen.campus_code),
        specimen=specimen.name,
        container=specimen.container,
        tests=tuple(request.name for request in specimen.requests),
        is_emergency=specimen.is_emergency,
        drawn_at=specimen.collected_at,
    )
    with acting(actor=actor):
        record_act(
            actor=actor,
            action="results.label",
            subject_kind="specimen",
            subject_id=str(specimen.id),
            person_id=specimen.person_id,
            now=now,
            details={"number": specimen.number, "roll": roll.value},
        )
    return print_specimen_label(label=label, roll=roll, language=language, now=now)
