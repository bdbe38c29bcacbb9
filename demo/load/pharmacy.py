"""The pharmacy: what is in stock, which prescriptions are reviewed, picked, handed over, given back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.rows import chosen, read_rows
from hospital.catalog.models import CatalogItem
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.orders.models import DoseLimit, DrugCaution, DrugInteraction, PieceRule
from hospital.patients.models import BodyFacts, Person
from hospital.pharmacy.api import list_prescriptions, list_prescriptions_of_visits, reject_prescription
from hospital.pharmacy.models import Batch, StockMove
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.types import MoveKind, PrescriptionView, RejectReason
from hospital.workflows.dispense_drugs import hand_over_drugs, list_unpaid_prescriptions, prepare_drugs
from hospital.workflows.review_prescription import pass_and_charge

_REVIEWERS: Final = {"IMC": "jin.siyu", "NORTH": "gan.yutong", "SOUTH": "shao.wenhao", "HUADU": "tu.jiahui"}
_CHECKER: Final = "mo.haoyu"
# When the batches of each drug expire, days from today, and how many packs of each there are.
_BATCHES: Final = ((75, 12), (420, 40))


def load_stock(*, now: datetime, today: date) -> None:
    """Two batches of every drug at the Center, the first of which expires soon; one has expired and waits to go."""
    reviewer = UUID(staff_actor(_REVIEWERS["IMC"]).id)
    load_drug_rules()
    load_body_facts(now=now)
    drugs = list(CatalogItem.objects.filter(kind="DRUG").order_by("code"))
    batches = [
        Batch(
            campus_id="IMC",
            item=drug,
            number=f"{today:%y}{number % 12 + 1:02d}{letter}{number:04d}",
            expires_on=today + timedelta(days=days + number % 60),
            on_hand=Decimal(packs * (100 if drug.unit_en == "g" else 1)),
        )
        for number, drug in enumerate(drugs)
        for letter, (days, packs) in zip("AB", _BATCHES, strict=True)
    ]
    batches.append(
        Batch(
            campus_id="IMC",
            item=drugs[0],
            number=f"{today:%y}01X0001",
            expires_on=today - timedelta(days=9),
            on_hand=Decimal(3),
        )
    )
    Batch.objects.bulk_create(batches)
    StockMove.objects.bulk_create(
        StockMove(
            batch=batch,
            kind=MoveKind.RECEIVED,
            quantity=batch.on_hand,
            balance=batch.on_hand,
            by_id=reviewer,
            at=now - timedelta(days=20),
        )
        for batch in batches
    )


def load_body_facts(*, now: datetime) -> None:
    """What the children weigh, so that their doses can be checked, and two women who expect a child."""
    nurse = UUID(staff_actor("sun.kexin").id)
    at, today = now - timedelta(days=30), local_day(now)
    people = list(Person.objects.order_by("id").only("id", "birth_date", "sex"))
    ages = {person.id: (today - person.birth_date).days // 365 for person in people}
    children = [person for person in people if ages[person.id] < 14]
    expecting = [person for person in people if person.sex == "F" and 25 <= ages[person.id] <= 35][:2]
    BodyFacts.objects.bulk_create(
        [
            *(
                BodyFacts(
                    person=person, weight_kg=Decimal(2 * ages[person.id] + 8), recorded_by_id=nurse, recorded_at=at
                )
                for person in children
            ),
            *(
                BodyFacts(person=person, due_on=today + timedelta(days=110), recorded_by_id=nurse, recorded_at=at)
                for person in expecting
            ),
        ]
    )


def load_drug_rules() -> None:
    """What does not go together, and the most a day: what decision support knows."""
    DrugInteraction.objects.bulk_create(
        DrugInteraction(**chosen(row, "first", "second", "text_zh", "text_en"))
        for row in read_rows("drugs/interactions.csv")
    )
    DrugCaution.objects.bulk_create(
        DrugCaution(
            **chosen(row, "ingredient", "text_zh", "text_en"),
            from_week=int(row["from_week"]),
            to_week=int(row["to_week"]),
            below_gfr=int(row["below_gfr"]) if row["below_gfr"] else None,
        )
        for row in read_rows("drugs/cautions.csv")
    )
    PieceRule.objects.bulk_create(
        PieceRule(**chosen(row, "ingredient", "handling"), is_toxic=bool(row["toxic"]))
        for row in read_rows("drugs/pieces.csv")
    )
    DoseLimit.objects.bulk_create(
        DoseLimit(
            **chosen(row, "ingredient", "unit"),
            most=Decimal(row["most"]),
            from_years=int(row["from_years"]),
            to_years=int(row["to_years"]),
            is_per_kg=bool(row["per_kg"]),
        )
        for row in read_rows("drugs/dose_limits.csv")
    )


def review(prescription_ids: Iterable[UUID], *, campus_code: str, now: datetime) -> None:
    """A pharmacist of the campus passes these prescriptions."""
    for prescription_id in prescription_ids:
        pass_and_charge(prescription_id=prescription_id, actor=staff_actor(_REVIEWERS[campus_code]), now=now)


def dispense(*, encounter_id: UUID, now: datetime) -> None:
    """One pharmacist picks what was prescribed in a visit, the other checks it and hands it over."""
    for view in list_prescriptions_of_visits(encounter_ids=[encounter_id]):
        prepare_drugs(prescription_id=view.id, actor=staff_actor(_REVIEWERS["IMC"]), now=now)
        hand_over_drugs(prescription_id=view.id, recipient="", actor=staff_actor(_CHECKER), now=now)


def load_pharmacy_day(*, now: datetime) -> None:
    """Of what waits now, one prescription goes back to its doctor and one is picked."""
    reviewer = staff_actor(_REVIEWERS["IMC"])
    for view in _waiting(PrescriptionState.SIGNED, reviewer)[1:2]:
        reject_prescription(
            prescription_id=view.id,
            reason=RejectReason.ADMINISTRATION,
            words="请核对给药频次，与说明书不一致 / Please check how often it is taken; the leaflet says otherwise",
            actor=reviewer,
            now=now - timedelta(minutes=6),
        )
    passed = _waiting(PrescriptionState.PASSED, reviewer)
    unpaid = list_unpaid_prescriptions(passed)
    for view in [view for view in passed if view.id not in unpaid and view.valid_until >= now.date()][:1]:
        prepare_drugs(prescription_id=view.id, actor=staff_actor(_CHECKER), now=now - timedelta(minutes=3))


def _waiting(state: PrescriptionState, actor: Actor) -> list[PrescriptionView]:
    return list_prescriptions(campus_code="IMC", states=[state], actor=actor)
