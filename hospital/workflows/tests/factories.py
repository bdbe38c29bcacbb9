"""A visit that was written and signed, for the stories that follow from it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from hospital.appointments.models import Appointment
from hospital.billing.api import allocate_payment, quote_bill, start_settlement
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, Scene, make_patient, make_staff, make_visit
from hospital.examinations.models import ExamRule
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.orders import api as orders
from hospital.orders.tests.factories import make_catalog, prescribe
from hospital.orders.types import Urgency
from hospital.payments.tests.factories import make_paid
from hospital.records import api as records
from hospital.records.tests.factories import make_terms
from hospital.results.tests.factories import make_laboratory
from hospital.scheduling.models import RosterSession, Slot
from hospital.workflows.pay_bill import CardPage
from hospital.workflows.review_prescription import pass_and_charge
from hospital.workflows.sign_visit import SignedVisit, sign_visit

PAGE = CardPage(
    return_url="https://imc.test/return/{payment_order_id}", cancel_url="https://imc.test/cancel", language="en"
)


@dataclass(frozen=True, slots=True)
class Story:
    """A visit with its patient's account."""

    scene: Scene
    patient: Actor

    @property
    def encounter_id(self) -> UUID:
        """The visit."""
        return self.scene.encounter_id


def make_story(**facts: object) -> Story:
    """A visit in consultation that came of a booking by the patient's own account; nothing is written yet."""
    make_catalog()
    make_terms()
    make_laboratory()
    scene = make_visit(**facts)  # type: ignore[arg-type]
    patient = make_patient(scene.person_id)
    session = RosterSession.objects.create(
        clinician_id=scene.clinician_id,
        department_id=scene.department_id,
        campus_id="IMC",
        held_on=date(2026, 11, 25),
        part="AM",
        starts_at=TEN,
        ends_at=TEN + timedelta(hours=2),
        service_type="INTL",
        service_line="INTL",
        registration_item_code="REG",
    )
    slot = Slot.objects.create(session=session, number=1, starts_at=TEN, ends_at=TEN + timedelta(minutes=15), taken=1)
    appointment = Appointment.objects.create(
        slot=slot,
        session=session,
        person_id=scene.person_id,
        account_id=patient.id,
        state="TAKEN",
        created_at=TEN,
        booked_at=TEN,
        taken_at=TEN,
    )
    Encounter.objects.filter(pk=scene.encounter_id).update(appointment_id=appointment.id)
    return Story(scene=scene, patient=patient)


def read_by_one() -> None:
    """The story's examination is done on a device whose reports one doctor signs."""
    ExamRule.objects.create(item_code="CXR", modality="OPT", minutes=10)


def write_note(story: Story) -> None:
    """Complaint, findings, plan and one diagnosis, as a draft."""
    records.save_note(
        encounter_id=story.encounter_id,
        complaint="Chest pain for two days",
        findings="Blood pressure 150/95",
        plan="Blood count, X-ray, amlodipine",
        actor=story.scene.doctor,
        now=TEN,
    )
    records.add_diagnosis(encounter_id=story.encounter_id, code="I10", actor=story.scene.doctor, now=TEN)


def write_orders(story: Story) -> None:
    """Two drugs, a blood count and a chest X-ray, as drafts."""
    doctor = story.scene.doctor
    prescribe(story.scene, "AML")
    prescribe(story.scene, "ASP")
    orders.add_test(encounter_id=story.encounter_id, item_code="CBC", actor=doctor, now=TEN)
    line_id = orders.add_exam(encounter_id=story.encounter_id, item_code="CXR", actor=doctor, now=TEN)
    line = orders.list_lines(line_ids=[line_id])[line_id]
    orders.describe_order(
        order_id=line.order_id,
        clinical_info="Cough",
        purpose="Pneumonia?",
        urgency=Urgency.ROUTINE,
        actor=doctor,
        now=TEN,
    )


def sign(story: Story) -> SignedVisit:
    """Writes everything and signs; the pharmacist passes the prescription."""
    write_note(story)
    write_orders(story)
    signed = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    return replace(signed, charge_ids=(*signed.charge_ids, *review(signed)))


def review(signed: SignedVisit) -> tuple[UUID, ...]:
    """A pharmacist passes all prescriptions of a signature; the ids of their charges."""
    pharmacist = make_staff(Role.PHARMACIST)
    return tuple(
        charge_id
        for each in signed.prescription_ids
        for charge_id in pass_and_charge(prescription_id=each, actor=pharmacist, now=TEN)
    )


def pay_all(story: Story, signed: SignedVisit) -> None:
    """The patient pays what was charged."""
    quote = quote_bill(charge_ids=list(signed.charge_ids), actor=story.patient, now=TEN)
    settlement = start_settlement(quote_token=quote.token, idempotency_key="story-0001", actor=story.patient, now=TEN)
    payment = make_paid(str(settlement.amount))
    allocate_payment(
        settlement_id=settlement.id,
        payment_id=payment.id,
        amount=payment.amount,
        actor=system_actor("test"),
        now=TEN,
    )
