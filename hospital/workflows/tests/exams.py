"""A visit with paid examinations, devices on which to do them, and a technician."""

from dataclasses import dataclass
from uuid import UUID

from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.examinations.tests.factories import make_device, make_rules
from hospital.examinations.types import ExamQuestion
from hospital.kernel.actors import Actor, Role
from hospital.kernel.types import BilingualText
from hospital.orders import api as orders
from hospital.orders.types import Urgency
from hospital.workflows.ordered_exams import OrderedExam, list_ordered_exams
from hospital.workflows.plan_exams import PlanView, Spot, book_plan, propose_plan
from hospital.workflows.sign_visit import sign_visit
from hospital.workflows.tests.factories import Story, make_story, pay_all, write_note

FINE = dict.fromkeys(ExamQuestion, False) | {ExamQuestion.ESCORT: True}
_ITEMS = (
    ("USA", "腹部彩超", "Abdominal ultrasound", ServiceCategory.ULTRASOUND, "空腹8小时。", "Fast for 8 hours."),
    (
        "USB",
        "泌尿系彩超",
        "Kidney and bladder ultrasound",
        ServiceCategory.ULTRASOUND,
        "憋尿。",
        "Drink water first.",
    ),
    ("CTC", "腹部CT增强", "CT abdomen with contrast", ServiceCategory.IMAGING, "空腹4小时。", "Fast for 4 hours."),
    ("MRB", "颅脑磁共振", "MRI brain", ServiceCategory.IMAGING, "", ""),
)


@dataclass(frozen=True, slots=True)
class ExamStory:
    """A visit whose examinations are ordered; `lines` are their order lines by item code."""

    story: Story
    lines: dict[str, UUID]
    technician: Actor

    @property
    def patient(self) -> Actor:
        """The patient's account."""
        return self.story.patient

    @property
    def person_id(self) -> UUID:
        """The patient."""
        return self.story.scene.person_id

    def exams(self) -> dict[str, OrderedExam]:
        """The ordered examinations by item code."""
        found = list_ordered_exams(person_id=self.person_id, actor=self.patient, now=TEN)
        return {exam.line.item_code: exam for exam in found}

    def plan(self, *codes: str, **facts: object) -> PlanView:
        """A plan for these examinations by the patient, who answers that all is well."""
        given: dict[str, object] = {"answers": FINE, "actor": self.patient, "now": TEN}
        lines = [self.lines[code] for code in codes or self.lines]
        return propose_plan(person_id=self.person_id, line_ids=lines, **(given | facts))  # type: ignore[arg-type]

    def book(self, *codes: str, **facts: object) -> dict[str, UUID]:
        """Books a plan of these examinations as it stands; the bookings by item code."""
        spots = spots_of(self.plan(*codes))
        given: dict[str, object] = {"answers": FINE, "actor": self.patient, "now": TEN}
        booked = book_plan(person_id=self.person_id, spots=spots, **(given | facts))  # type: ignore[arg-type]
        codes_by_line = {line: code for code, line in self.lines.items()}
        return {codes_by_line[spot.line_id]: each for spot, each in zip(spots, booked, strict=True)}


def spots_of(view: PlanView) -> list[Spot]:
    """The places of a plan as they are sent back to be booked."""
    return [
        Spot(line_id=each.exam.key, device_id=each.exam.device_id, starts_at=each.exam.starts_at)
        for each in view.plan.exams
    ]


def make_exams(*codes: str, is_paid: bool = True, urgency: Urgency = Urgency.ROUTINE) -> ExamStory:
    """A signed visit with these examinations of CXR, USA, USB, CTC and MRB, paid, and one device of each kind."""
    story = make_story()
    make_items(
        *(
            new_item(
                code,
                "130.00",
                fee_class=FeeClass.EXAM,
                name=BilingualText(zh, en),
                service=ServiceFacts(category=category, preparation=BilingualText(prepare_zh, prepare_en)),
            )
            for code, zh, en, category, prepare_zh, prepare_en in _ITEMS
        )
    )
    make_rules()
    for modality in ("DX", "US", "CT", "MR"):
        make_device(modality)
    write_note(story)
    doctor = story.scene.doctor
    lines = {
        code: orders.add_exam(encounter_id=story.encounter_id, item_code=code, actor=doctor, now=TEN) for code in codes
    }
    for order_id in {line.order_id for line in orders.list_lines(line_ids=lines.values()).values()}:
        orders.describe_order(
            order_id=order_id, clinical_info="Pain", purpose="Stones?", urgency=urgency, actor=doctor, now=TEN
        )
    signed = sign_visit(encounter_id=story.encounter_id, actor=doctor, now=TEN)
    if is_paid:
        pay_all(story, signed)
    return ExamStory(story=story, lines=lines, technician=make_staff(Role.IMAGING_TECHNICIAN))
