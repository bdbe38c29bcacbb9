"""What the doctor writes during a visit."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from demo.load.scripts import Script
from hospital.kernel.actors import Actor
from hospital.orders.api import (
    Formula,
    Frequency,
    OrderableHit,
    Piece,
    Route,
    add_drug,
    add_exam,
    add_piece,
    add_test,
    describe_order,
    get_hit,
    get_piece_rule,
)
from hospital.orders.errors import AllergyConflict, AntimicrobialNotAllowed, QuantityNeeded, SafetyWarning
from hospital.orders.models import Order, OrderLine
from hospital.orders.types import Directions, Urgency
from hospital.records.api import add_diagnosis, save_note

_URGENT = frozenset({"RESP", "GAST"})  # whose examinations are wanted soon


def write_note(*, encounter_id: UUID, script: Script, language: str, actor: Actor, now: datetime) -> None:
    """Complaint, findings, plan and diagnoses, as a draft in the language that doctor and patient speak."""
    save_note(
        encounter_id=encounter_id,
        complaint=script.complaint.in_language(language),
        findings=script.findings.in_language(language),
        plan=script.plan.in_language(language),
        actor=actor,
        now=now,
    )
    for code in script.diagnoses:
        add_diagnosis(encounter_id=encounter_id, code=code, actor=actor, now=now)


def write_orders(
    *, encounter_id: UUID, script: Script, language: str, has_laboratory: bool, actor: Actor, now: datetime
) -> None:
    """Drugs with their usual directions, tests where the campus has a laboratory, examinations with their purpose.

    A drug that the patient must not get is left out, as the doctor would leave it out.
    """
    for code, days in script.drugs:
        _prescribe(encounter_id=encounter_id, code=code, days=days, actor=actor, now=now)
    for code in script.tests if has_laboratory else ():
        add_test(encounter_id=encounter_id, item_code=code, actor=actor, now=now)
    exams = (*script.exams, *script.later)
    lines = [add_exam(encounter_id=encounter_id, item_code=code, actor=actor, now=now) for code in exams]
    for order_id in OrderLine.objects.filter(pk__in=lines).values_list("order_id", flat=True).distinct():
        describe_order(
            order_id=order_id,
            clinical_info=script.complaint.in_language(language),
            purpose=script.purpose.in_language(language),
            urgency=Urgency.URGENT if script.specialty in _URGENT else Urgency.ROUTINE,
            actor=actor,
            now=now,
        )


def _prescribe(*, encounter_id: UUID, code: str, days: int, actor: Actor, now: datetime) -> None:
    hit = get_hit(code=code, now=now)
    if hit.item.is_decoction:
        _write_piece(hit, encounter_id=encounter_id, doses=days, actor=actor, now=now)
        return
    for quantity in (None, Decimal(1)):  # one pack where the rule cannot compute how many
        directions = Directions(
            dose=hit.default_dose or Decimal(1),
            dose_unit=hit.default_dose_unit,
            route=Route(hit.default_route),
            frequency=Frequency(hit.default_frequency),
            days=days,
            quantity=quantity,
        )
        try:
            add_drug(encounter_id=encounter_id, item_code=code, directions=directions, actor=actor, now=now)
        except (AllergyConflict, AntimicrobialNotAllowed, SafetyWarning):
            return
        except QuantityNeeded:
            continue
        return


def _write_piece(hit: OrderableHit, *, encounter_id: UUID, doses: int, actor: Actor, now: datetime) -> None:
    """A piece of the visit's one decoction, with its usual grams and handling."""
    decoction = Order.objects.filter(encounter_id=encounter_id, is_decoction=True).first()
    add_piece(
        encounter_id=encounter_id,
        item_code=hit.item.code,
        piece=Piece(grams=hit.default_dose or Decimal(10), handling=get_piece_rule(item=hit.item)),
        order_id=decoction.pk if decoction else None,
        formula=None if decoction else Formula(doses=doses),
        actor=actor,
        now=now,
    )
