"""Decision support knows kidneys, pregnancy and weight, and says nothing where they do not matter (D52)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.encounters.tests.clinic import TEN, make_person, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.orders import api, errors
from hospital.orders.models import DoseLimit, DrugCaution, OrderLine
from hospital.orders.renal import estimate_gfr
from hospital.orders.safety import KnownCaution, KnownLimit, find_overdose, find_pregnancy_cautions, find_renal_cautions
from hospital.orders.tests.factories import directions, make_catalog, prescribe
from hospital.orders.vocabulary import Frequency
from hospital.patients.api import get_body_facts, record_body_facts
from hospital.patients.errors import BadBodyFacts, NotRecorder
from hospital.patients.models import BodyFacts
from hospital.patients.rules.pregnancy import find_week

pytestmark = pytest.mark.requirement("D52")
D = Decimal
WORDS = BilingualText("避免使用", "avoid")
creatinines = st.decimals(D(10), D(1500), places=1)
ages = st.integers(18, 110)
sexes = st.sampled_from("FM")


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "gfr"),
    [
        ("88.4", 50, "M", 92),
        ("88.4", 50, "F", 69),
        ("88.4", 60, "F", 64),
        ("176.8", 60, "M", 38),
        ("44.2", 30, "F", 129),
    ],
)
def test_published_values_of_the_formula(creatinine, age, sex, gfr):
    assert estimate_gfr(creatinine=D(creatinine), age_years=age, sex=sex) == gfr


@given(creatinines, creatinines, ages, sexes)
def test_more_creatinine_is_never_a_better_kidney(one, other, age, sex):
    low, high = sorted((one, other))
    better, worse = (estimate_gfr(creatinine=each, age_years=age, sex=sex) for each in (low, high))
    assert better >= worse >= 0


@given(creatinines, ages, ages, sexes)
def test_age_never_makes_it_better(creatinine, one, other, sex):
    younger, older = sorted((one, other))
    assert estimate_gfr(creatinine=creatinine, age_years=younger, sex=sex) >= estimate_gfr(
        creatinine=creatinine, age_years=older, sex=sex
    )


@pytest.mark.parametrize(
    ("creatinine", "age", "sex"), [("80", 17, "F"), ("80", 40, "U"), ("0", 40, "M"), ("nan", 40, "M")]
)
def test_nothing_is_estimated_where_the_formula_does_not_hold(creatinine, age, sex):
    assert estimate_gfr(creatinine=D(creatinine), age_years=age, sex=sex) is None


@given(st.integers(0, 120), st.lists(st.integers(1, 120), unique=True, max_size=5))
def test_the_lowest_bound_above_the_kidney_function_speaks(gfr, bounds):
    known = [KnownCaution("x", BilingualText(str(bound)), below_gfr=bound) for bound in bounds]
    found = find_renal_cautions(ingredient="x", gfr=gfr, known=known)
    above = [bound for bound in bounds if bound > gfr]
    assert [alert.text.zh.rpartition("：")[2] for alert in found] == ([str(min(above))] if above else [])


@given(st.integers(0, 42), st.integers(0, 42), st.integers(1, 43))
def test_a_caution_of_pregnancy_speaks_in_its_weeks_alone(week, first, length):
    known = [KnownCaution("x", WORDS, from_week=first, to_week=first + length)]
    found = find_pregnancy_cautions(ingredient="x", pregnant_week=week, known=known)
    assert bool(found) == (first <= week < first + length)
    assert find_pregnancy_cautions(ingredient="x", pregnant_week=None, known=known) == []


@given(st.decimals(D(1), D(100), places=1), st.decimals(D(1), D(5000), places=0))
def test_a_dose_by_weight_is_judged_by_weight(weight, dose):
    found = find_overdose(
        ingredient="x",
        dose=dose,
        unit="mg",
        strength=None,
        strength_unit="",
        frequency=Frequency.TID,
        age_years=3,
        known=[KnownLimit("x", D(30), "mg", 0, 12, is_per_kg=True)],
        weight_kg=weight,
    )
    assert bool(found) == (3 * dose > 30 * weight)


@pytest.mark.parametrize(("days", "week"), [(280, 0), (281, None), (0, 40), (-14, 42), (-15, None), (140, 20)], ids=str)
def test_the_week_of_pregnancy(days, week):
    today = date(2026, 11, 26)
    assert find_week(due_on=today + timedelta(days=days), on=today) == week


def record(scene, *, actor=None, **facts):
    usual = {
        "person_id": scene.person_id,
        "weight_kg": None,
        "due_on": None,
        "actor": actor or scene.doctor,
        "now": TEN,
    }
    record_body_facts(**(usual | facts))


@pytest.mark.django_db
def test_pregnancy_and_kidneys_are_said_with_a_reason_kept():
    make_catalog()
    scene = make_visit()
    DrugCaution.objects.create(ingredient="aspirin", from_week=20, text_zh="避免使用", text_en="avoid")
    DrugCaution.objects.create(ingredient="amlodipine", below_gfr=30, text_zh="减量", text_en="lower the dose")
    prescribe(scene, "AML")
    record(scene, due_on=local_day(TEN) + timedelta(weeks=12))
    with pytest.raises(errors.SafetyWarning) as refused:
        prescribe(scene, "ASP")
    assert "week 28" in refused.value.facts["warnings"].en
    prescribe(scene, "ASP", safety_reason="Low dose, agreed with obstetrics")
    assert OrderLine.objects.get(item_code="ASP").safety_alerts[0]["kind"] == "PREGNANCY"
    record(scene)
    assert get_body_facts(person_id=scene.person_id, now=TEN).pregnant_week is None


@pytest.mark.django_db
def test_kidney_function_that_is_handed_over_is_heeded():
    make_catalog()
    scene = make_visit()
    DrugCaution.objects.create(ingredient="amlodipine", below_gfr=30, text_zh="减量", text_en="lower the dose")
    prescribe(scene, "ASP")

    def add(gfr: int) -> None:
        api.add_drug(
            encounter_id=scene.encounter_id,
            item_code="AML",
            directions=directions(),
            actor=scene.doctor,
            now=TEN,
            gfr=gfr,
        )

    with pytest.raises(errors.SafetyWarning):
        add(29)
    add(30)
    assert OrderLine.objects.get(item_code="AML").safety_alerts == []


@pytest.mark.django_db
def test_a_child_is_weighed_first():
    make_catalog()
    scene = make_visit(person=make_person(born_on=date(2022, 1, 1)))
    DoseLimit.objects.create(ingredient="amoxicillin", most=90, unit="mg", to_years=12, is_per_kg=True)
    small = {"dose": D("0.25"), "dose_unit": "g"}
    with pytest.raises(errors.SafetyWarning) as refused:
        prescribe(scene, "AMX", **small)
    assert "record the weight" in refused.value.facts["warnings"].en
    record(scene, weight_kg=D(15))
    prescribe(scene, "AMX", **small)
    with pytest.raises(errors.SafetyWarning):
        api.change_drug(
            line_id=OrderLine.objects.get().id,
            directions=directions(dose=D("1.5"), dose_unit="g"),
            actor=scene.doctor,
            now=TEN,
        )
    later = TEN + timedelta(days=91)
    assert get_body_facts(person_id=scene.person_id, now=later).weight_kg is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"weight_kg": D("0.1")}, {"weight_kg": D(900)}, {"weight_kg": D("nan")}, {"due_on": date(2030, 1, 1)}]
)
def test_what_cannot_be_is_not_recorded(facts):
    with pytest.raises(BadBodyFacts):
        record(make_visit(), **facts)
    assert BodyFacts.objects.count() == 0


@pytest.mark.django_db
def test_who_may_keep_the_tables_and_the_facts():
    scene = make_visit()
    cashier, pharmacist = make_staff(Role.CASHIER), make_staff(Role.PHARMACIST)
    with pytest.raises(NotRecorder):
        record(scene, actor=cashier, weight_kg=D(60))
    rule = {"first": "Warfarin", "second": " aspirin", "text_zh": "出血"}
    with pytest.raises(errors.WrongRole):
        api.add_drug_rule(kind="interaction", facts=rule, actor=scene.doctor, now=TEN)
    number = api.add_drug_rule(kind="interaction", facts=rule, actor=pharmacist, now=TEN)
    (kept,) = api.list_drug_rules(text="warf").interactions
    assert (kept.first, kept.second) == ("aspirin", "warfarin")
    for kind, wrong in (
        ("interaction", rule),
        ("interaction", rule | {"second": ""}),
        ("limit", {"ingredient": "x", "most": "much", "unit": "mg"}),
        ("limit", {"ingredient": "x", "most": "1", "unit": "moon"}),
        ("limit", {"ingredient": "x", "most": "1", "unit": "mg", "from_years": "9", "to_years": "3"}),
        ("caution", {"ingredient": "x", "below_gfr": "-1", "text_zh": "x"}),
        ("other", {}),
    ):
        with pytest.raises(errors.BadDrugRule):
            api.add_drug_rule(kind=kind, facts=wrong, actor=pharmacist, now=TEN)
    api.delete_drug_rule(kind="interaction", number=number, actor=pharmacist, now=TEN)
    rules = api.list_drug_rules()
    assert (rules.interactions, rules.limits, rules.cautions) == ([], [], [])
