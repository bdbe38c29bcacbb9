"""Yesterday's finished visits, this day's visits at every stage, and the bookings of the days ahead.

All steps of all visits run in the order of their time, through the services and workflows of the product, so that
numbers, queues, events and the audit trail look as if the days had happened.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from demo.load import laboratory_day, treatments
from demo.load.actors import staff_actor
from demo.load.carrying_out import amend_exams, examine, report_exams
from demo.load.consult import write_note, write_orders
from demo.load.money import give_back, pay
from demo.load.pharmacy import dispense, review
from demo.load.plan import MINUTES, SEED, Ending, Stage, Visit, plan_visits
from hospital.billing.api import list_pending_charges
from hospital.encounters.api import move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor
from hospital.patients.api import open_emergency_access
from hospital.patients.models import Person
from hospital.results.types import AmendmentKind, ReadingStage
from hospital.workflows.book import cancel_booking
from hospital.workflows.book_at_window import book_at_window
from hospital.workflows.sign_visit import finish_visit, sign_visit
from hospital.workflows.visit import check_in, take_visit_number

Act = Callable[[datetime], None]

# Whose examinations wait in the reading room, and for which reader.
_UNREAD: Final = {
    "zhao.mingchuan": ReadingStage.SECOND,
    "liang.bo": ReadingStage.FIRST,
    "tang.yi": ReadingStage.FIRST,
    "su.qing": ReadingStage.SECOND,
}
_REGISTRARS: Final = {"IMC": "he.xiaomin", "NORTH": "nie.xiaofeng", "SOUTH": "kong.xianghui", "HUADU": "ao.jianyu"}
_CASHIERS: Final = {"IMC": "deng.yating", "NORTH": "wei.jiamin", "SOUTH": "tian.meiqi", "HUADU": "ning.xue"}
# Only the Center's laboratory has its own staff here.
_LABORATORY_STAGES: Final = frozenset({Stage.COLLECTED, Stage.RECEIVED, Stage.ENTERED, Stage.VERIFIED})


def load_visits(*, now: datetime) -> None:
    """Plays the planned visits, step by step over all of them."""
    random = Random(SEED)
    steps: list[tuple[datetime, int, int, Act]] = []
    for place, visit in enumerate(plan_visits(now=now)):
        for number, (at, act) in enumerate(VisitPlay(visit=visit, random=random).list_steps()):
            steps.append((at, place, number, act))
    steps.sort(key=lambda step: step[:3])
    for at, _, _, act in steps:
        act(at)
    _open_in_emergency(now=now - timedelta(minutes=50))


def _open_in_emergency(*, now: datetime) -> None:
    """A doctor of another campus broke the glass for a patient of the Center; the audit desk shows it."""
    person = Person.objects.order_by("created_at").first()
    if person:
        open_emergency_access(
            person_id=person.id,
            reason="患者在北院区突发胸痛，需查看既往用药 / Sudden chest pain at the North Campus",
            actor=staff_actor("peng.lixin"),
            now=now,
        )


class VisitPlay:
    """One visit as a list of acts, each by whoever does it in the hospital."""

    def __init__(self, *, visit: Visit, random: Random) -> None:
        self.visit = visit
        self.random = random
        self.appointment_id: UUID
        self.encounter_id: UUID
        self.settlement_id: UUID

    def list_steps(self) -> Iterator[tuple[datetime, Act]]:
        """What happens and when, as far as the visit has come."""
        visit = self.visit
        yield visit.booked_at, self._book
        if not visit.pays_later:
            yield visit.booked_at + timedelta(minutes=4), self._pay_registration
        if visit.ending is Ending.CANCELLED:
            yield min(visit.booked_at + timedelta(hours=3), visit.ends_by), self._cancel
            return
        acts: dict[Stage, Act] = {
            Stage.REGISTERED: self._take_number,
            Stage.CHECKED_IN: self._check_in,
            Stage.CALLED: self._call,
            Stage.IN_CONSULT: self._consult,
            Stage.SIGNED: self._sign,
            Stage.PAID: self._pay_bill,
            Stage.COLLECTED: self._collect,
            Stage.RECEIVED: self._receive,
            Stage.ENTERED: self._enter,
            Stage.VERIFIED: self._verify,
            Stage.FINISHED: self._carry_out,
        }
        for stage, act in acts.items():
            if stage <= visit.stage and (stage not in _LABORATORY_STAGES or self._is_center):
                yield visit.after(MINUTES[stage]), act
        if visit.ending is Ending.PASSED:
            yield visit.after(MINUTES[Stage.CALLED] + 8), self._pass
        if visit.ending is Ending.REFUNDED:
            yield visit.after(MINUTES[Stage.PAID] + 30), self._refund

    @property
    def _is_center(self) -> bool:
        return self.visit.campus_code == "IMC"

    @property
    def _doctor(self) -> Actor:
        return staff_actor(self.visit.doctor)

    @property
    def _registrar(self) -> Actor:
        return staff_actor(_REGISTRARS[self.visit.campus_code])

    @property
    def _cashier(self) -> Actor:
        return staff_actor(_CASHIERS[self.visit.campus_code])

    def _book(self, now: datetime) -> None:
        appointment = book_at_window(
            slot_id=self.visit.slot_id, person_id=self.visit.person_id, actor=self._registrar, now=now
        )
        self.appointment_id = appointment.id

    def _pay_registration(self, now: datetime) -> None:
        charges = list_pending_charges(
            person_id=self.visit.person_id, source_id=self.appointment_id, actor=self._cashier, now=now
        )
        pay(charge_ids=[charge.id for charge in charges], actor=self._cashier, now=now)

    def _cancel(self, now: datetime) -> None:
        cancel_booking(
            appointment_id=self.appointment_id, reason="The patient is traveling", actor=self._registrar, now=now
        )

    def _take_number(self, now: datetime) -> None:
        self.encounter_id = take_visit_number(appointment_id=self.appointment_id, actor=self._registrar, now=now).id

    def _check_in(self, now: datetime) -> None:
        check_in(encounter_id=self.encounter_id, actor=self._registrar, now=now)

    def _move(self, target: EncounterState, now: datetime) -> None:
        move_encounter(encounter_id=self.encounter_id, target=target, actor=self._doctor, now=now)

    def _call(self, now: datetime) -> None:
        self._move(EncounterState.CALLED, now)

    def _pass(self, now: datetime) -> None:
        self._move(EncounterState.PASSED, now)

    def _consult(self, now: datetime) -> None:
        self._move(EncounterState.IN_CONSULT, now)
        write_note(
            encounter_id=self.encounter_id,
            script=self.visit.script,
            language=self.visit.language,
            actor=self._doctor,
            now=now,
        )
        write_orders(
            encounter_id=self.encounter_id,
            script=self.visit.script,
            language=self.visit.language,
            has_laboratory=self._is_center,
            actor=self._doctor,
            now=now,
        )

    def _sign(self, now: datetime) -> None:
        signed = sign_visit(encounter_id=self.encounter_id, actor=self._doctor, now=now)
        if self._is_center:
            specialty = self.visit.script.specialty
            treatments.order(encounter_id=self.encounter_id, specialty=specialty, actor=self._doctor, now=now)
        if self.visit.stage > Stage.SIGNED or not self._is_center:
            review(signed.prescription_ids, campus_code=self.visit.campus_code, now=now)
        finish_visit(encounter_id=self.encounter_id, actor=self._doctor, now=now)

    def _pay_bill(self, now: datetime) -> None:
        charges = list_pending_charges(
            person_id=self.visit.person_id, encounter_id=self.encounter_id, actor=self._cashier, now=now
        )
        if charges:
            settlement = pay(charge_ids=[charge.id for charge in charges], actor=self._cashier, now=now)
            self.settlement_id = settlement.id

    def _collect(self, now: datetime) -> None:
        laboratory_day.collect(encounter_id=self.encounter_id, now=now)

    def _receive(self, now: datetime) -> None:
        laboratory_day.receive(encounter_id=self.encounter_id, now=now)

    def _enter(self, now: datetime) -> None:
        laboratory_day.enter(
            encounter_id=self.encounter_id, overrides=self.visit.script.results, random=self.random, now=now
        )

    def _verify(self, now: datetime) -> None:
        laboratory_day.verify(encounter_id=self.encounter_id, doctor=self._doctor, now=now)

    def _carry_out(self, now: datetime) -> None:
        if self._is_center:  # the other campuses' examiners and stock are not part of the demonstration
            examine(encounter_id=self.encounter_id, later=self.visit.script.later, now=now)
            fate = self.random.random()
            waits_for = _UNREAD.get(self.visit.doctor)
            is_amended = 0.2 <= fate < 0.5 and waits_for is None
            report_exams(
                encounter_id=self.encounter_id,
                doctor=self._doctor,
                is_sensitive=fate < 0.2,
                has_open=is_amended,
                waits_for=waits_for,
                now=now,
            )
            if is_amended:
                kind = AmendmentKind.AMENDMENT if fate < 0.4 else AmendmentKind.ADDENDUM
                amend_exams(encounter_id=self.encounter_id, doctor=self._doctor, kind=kind, now=now)
            dispense(encounter_id=self.encounter_id, now=now)
            treatments.give_first(encounter_id=self.encounter_id, now=now)
            laboratory_day.release(encounter_id=self.encounter_id, doctor=self._doctor, now=now)

    def _refund(self, now: datetime) -> None:
        give_back(settlement_id=self.settlement_id, actor=self._cashier, now=now)
