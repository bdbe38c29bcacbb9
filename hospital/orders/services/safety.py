"""Decision support that is quiet until it matters: what is known of the patient's drugs, and the doctor's reason."""

from datetime import datetime, timedelta
from uuid import UUID

from hospital.campuses.api import get_clinician
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Handling
from hospital.orders.decoctions import KnownPiece, find_toxic
from hospital.orders.errors import AntimicrobialNotAllowed, SafetyWarning, SingleDoseOnly
from hospital.orders.models import DoseLimit, DrugCaution, DrugInteraction, OrderLine, PieceRule
from hospital.orders.rules import LONGEST_DAYS
from hospital.orders.safety import (
    GivenDrug,
    KnownCaution,
    KnownInteraction,
    KnownLimit,
    SafetyAlert,
    find_duplicates,
    find_interactions,
    find_overdose,
    find_pregnancy_cautions,
    find_renal_cautions,
    ingredient_of,
    is_single_dose_only,
    may_give_antimicrobial,
    read_release,
)
from hospital.orders.services.visits import OpenVisit
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import Directions, Orderable, OrderKind, PrescriptionClass
from hospital.orders.vocabulary import Frequency
from hospital.patients.api import get_body_facts


def check_right(*, item: Orderable, directions: Directions, paper: PrescriptionClass, opened: OpenVisit) -> None:
    """Refuses `AntimicrobialNotAllowed` (above the doctor's right), `SingleDoseOnly` (a controlled injection)."""
    if item.antimicrobial_grade:
        title = get_clinician(clinician_id=opened.visit.clinician_id).title
        if not may_give_antimicrobial(
            grade=item.antimicrobial_grade, title=title, visit_type=opened.visit.visit_type, days=directions.days
        ):
            raise AntimicrobialNotAllowed(item=item.name)
    single = is_single_dose_only(prescription_class=paper, release=read_release(item.form))
    if single and (directions.frequency is not Frequency.STAT or directions.days > 1):
        raise SingleDoseOnly(item=item.name)


def check_safety(
    *,
    item: Orderable,
    directions: Directions,
    opened: OpenVisit,
    now: datetime,
    line_id: UUID | None = None,
    gfr: int | None = None,
    handling: Handling | None = None,
) -> list[SafetyAlert]:
    """What decision support has to say, for the line to keep; `line_id` is the line that is changed, `gfr` the
    patient's kidney function where it is known, `handling` that of a decoction's piece.

    Refuses `SafetyWarning` where there is something and no reason is given. Five statements, six for a piece.
    """
    ingredient = ingredient_of(item.name.en or item.name.zh)
    given = _list_given(opened=opened, now=now, but=line_id)
    names = {ingredient, *(drug.ingredient for drug in given)}
    interactions = [
        KnownInteraction(row.first, row.second, BilingualText(row.text_zh, row.text_en))
        for row in DrugInteraction.objects.filter(first__in=names, second__in=names)
    ]
    limits = [
        KnownLimit(row.ingredient, row.most, row.unit, row.from_years, row.to_years, row.is_per_kg)
        for row in DoseLimit.objects.filter(ingredient=ingredient)
    ]
    cautions = [
        KnownCaution(row.ingredient, BilingualText(row.text_zh, row.text_en), row.from_week, row.to_week, row.below_gfr)
        for row in DrugCaution.objects.filter(ingredient=ingredient)
    ]
    body = get_body_facts(person_id=opened.person.id, now=now)
    alerts = [
        *find_duplicates(ingredient=ingredient, given=given),
        *find_interactions(ingredient=ingredient, given=given, known=interactions),
        *find_overdose(
            ingredient=ingredient,
            dose=directions.dose,
            unit=directions.dose_unit,
            strength=item.pack.strength if item.pack else None,
            strength_unit=item.pack.strength_unit if item.pack else "",
            frequency=directions.frequency,
            age_years=opened.age_years,
            known=limits,
            weight_kg=body.weight_kg,
        ),
        *find_pregnancy_cautions(ingredient=ingredient, pregnant_week=body.pregnant_week, known=cautions),
        *find_renal_cautions(ingredient=ingredient, gfr=gfr, known=cautions),
        *_find_toxic(ingredient=ingredient, handling=handling),
    ]
    if alerts and not directions.safety_reason.strip():
        raise SafetyWarning(warnings=join_alerts(alerts))
    return alerts


def join_alerts(alerts: list[SafetyAlert]) -> BilingualText:
    """All alerts in one sentence each."""
    return BilingualText("；".join(each.text.zh for each in alerts), "; ".join(each.text.en for each in alerts))


def _find_toxic(*, ingredient: str, handling: Handling | None) -> list[SafetyAlert]:
    row = PieceRule.objects.filter(ingredient=ingredient).first() if handling else None
    if handling is None or row is None:
        return []
    return find_toxic(handling=handling, known=KnownPiece(Handling(row.handling), row.is_toxic))


def _list_given(*, opened: OpenVisit, now: datetime, but: UUID | None) -> list[GivenDrug]:
    """The visit's drafts and what was signed for the patient anywhere and still goes on."""
    rows = OrderLine.objects.filter(order__person_id=opened.person.id, order__kind=OrderKind.PRESCRIPTION)
    rows = rows.exclude(state=LineState.CANCELLED).filter(order__created_at__gte=now - timedelta(days=LONGEST_DAYS))
    found = []
    for row in rows.select_related("order"):
        is_draft = row.order.state == OrderState.DRAFT
        if row.pk == but or (is_draft and row.order.encounter_id != opened.visit.id):
            continue
        if not is_draft and local_day(row.order.signed_at or now) + timedelta(days=row.days or 1) <= local_day(now):
            continue
        found.append(GivenDrug(ingredient_of(row.name_en or row.name_zh), row.name))
    return found
