"""Who may prescribe what, for how long, and what decision support speaks up about (D52)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.campuses.models import Clinician
from hospital.catalog.models import DrugDetail
from hospital.encounters.tests.clinic import TEN, make_visit
from hospital.kernel.types import BilingualText
from hospital.orders import api
from hospital.orders.errors import AntimicrobialNotAllowed, DaysNotExtendable, SafetyWarning, SingleDoseOnly
from hospital.orders.models import DoseLimit, DrugInteraction, OrderLine
from hospital.orders.safety import (
    GivenDrug,
    KnownInteraction,
    KnownLimit,
    Release,
    find_drug_day_limit,
    find_duplicates,
    find_interactions,
    find_overdose,
    may_give_antimicrobial,
    read_release,
)
from hospital.orders.tests.factories import directions, make_catalog, prescribe
from hospital.orders.types import PrescriptionClass
from hospital.orders.vocabulary import FREQUENCIES, Frequency

pytestmark = pytest.mark.requirement("D52")
NARCOTIC, ORDINARY = PrescriptionClass.NARCOTIC, PrescriptionClass.ORDINARY


@pytest.mark.parametrize(
    ("paper", "form", "visit_type", "limit"),
    [
        (NARCOTIC, "Injection", "OP", 1),
        (NARCOTIC, "Extended-release tablet", "OP", 7),
        (NARCOTIC, "Controlled-release tablet", "OP", 7),
        (NARCOTIC, "Tablet", "OP", 3),
        (PrescriptionClass.PSYCHOTROPIC_II, "Tablet", "OP", 7),
        (ORDINARY, "Injection", "OP", 7),
        (ORDINARY, "Tablet", "ER", 3),
    ],
)
def test_days_follow_class_and_form(paper, form, visit_type, limit):
    found = find_drug_day_limit(prescription_class=paper, visit_type=visit_type, release=read_release(form))
    assert found == limit


def test_powder_for_injection_is_an_injection():
    assert read_release("Powder for injection") is Release.INJECTION


@pytest.mark.parametrize(
    ("grade", "title", "visit_type", "days", "may"),
    [
        ("NON_RESTRICTED", "RESIDENT", "OP", 7, True),
        ("RESTRICTED", "RESIDENT", "OP", 7, False),
        ("RESTRICTED", "ATTENDING", "OP", 7, True),
        ("SPECIAL", "ATTENDING", "OP", 7, False),
        ("SPECIAL", "ASSOCIATE_CHIEF", "OP", 7, True),
        ("RESTRICTED", "RESIDENT", "ER", 1, True),
        ("RESTRICTED", "RESIDENT", "ER", 2, False),
        ("SPECIAL", "RESIDENT", "ER", 1, False),
        ("UNHEARD_OF", "ATTENDING", "OP", 1, False),
    ],
)
def test_antimicrobials_have_their_doctors(grade, title, visit_type, days, may):
    assert may_give_antimicrobial(grade=grade, title=title, visit_type=visit_type, days=days) is may


names = st.sampled_from(["aspirin", "warfarin", "ibuprofen", "digoxin", "omeprazole"])


@given(one=names, other=names, pairs=st.lists(st.tuples(names, names), max_size=6))
def test_two_drugs_are_warned_of_in_either_order_and_never_against_themselves(one, other, pairs):
    known = [KnownInteraction(min(pair), max(pair), BilingualText("因", "why")) for pair in pairs if len(set(pair)) > 1]
    there = find_interactions(ingredient=one, given=[GivenDrug(other, BilingualText(other, other))], known=known)
    back = find_interactions(ingredient=other, given=[GivenDrug(one, BilingualText(one, one))], known=known)
    assert bool(there) == bool(back) == any({one, other} == set(pair) for pair in pairs if pair[0] != pair[1])
    twice = find_duplicates(ingredient=one, given=[GivenDrug(other, BilingualText(other, other))])
    assert bool(twice) == (one == other)


@given(
    dose=st.integers(1, 4000),
    unit=st.sampled_from(["mg", "g", "tablet"]),
    frequency=st.sampled_from(list(Frequency)),
    most=st.integers(100, 9000),
    age=st.integers(0, 90),
)
def test_a_day_above_the_limit_of_the_age_is_warned_of(dose, unit, frequency, most, age):
    alerts = find_overdose(
        ingredient="paracetamol",
        dose=Decimal(dose),
        unit=unit,
        strength=Decimal(500),
        strength_unit="mg",
        frequency=frequency,
        age_years=age,
        known=[KnownLimit("paracetamol", Decimal(most), "mg", from_years=12), KnownLimit("other", Decimal(1), "mg")],
    )
    milligrams = dose * {"mg": 1, "g": 1000, "tablet": 500}[unit]
    assert bool(alerts) == (age >= 12 and milligrams * (FREQUENCIES[frequency].per_day or 1) > most)


@pytest.fixture
def scene(db):
    make_catalog()
    return make_visit()


@pytest.mark.django_db
def test_decision_support_is_quiet_until_it_matters_and_keeps_the_reason(scene):
    DrugInteraction.objects.create(first="amlodipine", second="aspirin", text_zh="示例", text_en="An example")
    DoseLimit.objects.create(ingredient="amlodipine", most="10", unit="mg")
    prescribe(scene, "ASP")
    with pytest.raises(SafetyWarning) as warned:
        prescribe(scene, "AML", dose=Decimal(20))
    assert "An example" in str(warned.value.message)
    assert OrderLine.objects.count() == 1
    line_id = prescribe(scene, "AML", dose=Decimal(20), safety_reason="Seen with the cardiologist")
    (line,) = api.list_lines(line_ids=[line_id]).values()
    assert (len(line.safety_alerts), line.safety_reason) == (2, "Seen with the cardiologist")
    quiet = api.list_lines(line_ids=[prescribe(scene, "OME", safety_reason="not needed")]).popitem()[1]
    assert (quiet.safety_alerts, quiet.safety_reason) == ((), "")


@pytest.mark.django_db
def test_what_another_visit_prescribed_counts_while_it_lasts(scene):
    prescribe(scene, "AML")
    api.sign_orders(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    with pytest.raises(SafetyWarning) as warned:
        prescribe(scene, "AML")
    assert "already takes Amlodipine" in str(warned.value.message)
    api.add_drug(
        encounter_id=scene.encounter_id,
        item_code="AML",
        directions=directions(),
        actor=scene.doctor,
        now=TEN + timedelta(days=7),
    )


@pytest.mark.django_db
def test_rights_and_single_doses_hold_for_the_line(scene):
    DrugDetail.objects.filter(item__code="AMX").update(antimicrobial_grade="SPECIAL")
    DrugDetail.objects.filter(item__code="MOR").update(form_en="Injection")
    Clinician.objects.update(title="ATTENDING")
    with pytest.raises(AntimicrobialNotAllowed):
        prescribe(scene, "AMX")
    with pytest.raises(SingleDoseOnly):
        prescribe(scene, "MOR", days=1)
    assert not OrderLine.objects.exists()
    DrugDetail.objects.filter(item__code="MOR").update(form_en="Extended-release tablet")
    with pytest.raises(DaysNotExtendable):
        prescribe(scene, "MOR", days=8, days_reason="Travels")
    prescribe(scene, "MOR", days=7)
