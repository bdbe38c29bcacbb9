"""Cultures: a germ as a choice, and how well antibiotics work against it (R56, domain brief 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.types import BilingualText
from hospital.results import api, errors
from hospital.results.susceptibility import parse_susceptibility
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician
from hospital.results.types import NewAnalyte, ValueType


@pytest.mark.parametrize(
    ("typed", "text", "zh", "en", "flag"),
    [
        ("<=0.25 s", "≤0.25 S", "≤0.25 mg/L 敏感（S）", "≤0.25 mg/L susceptible (S)", "N"),
        (">= 16 R", "≥16 R", "≥16 mg/L 耐药（R）", "≥16 mg/L resistant (R)", "A"),
        ("24mm I", "24 mm I", "24 mm 中介（I）", "24 mm intermediate (I)", "A"),
        ("8/4 SDD", "8/4 SDD", "8/4 mg/L 剂量依赖性敏感（SDD）", "8/4 mg/L susceptible, dose dependent (SDD)", "N"),
        ("-", "-", "未测定", "Not tested", "N"),
    ],
)
@pytest.mark.requirement("R56")
def test_a_susceptibility_is_its_measure_and_its_meaning(typed, text, zh, en, flag):
    found = parse_susceptibility(typed)
    assert found is not None
    assert (found.text, found.display.zh, found.display.en, found.flag) == (text, zh, en, flag)


@pytest.mark.parametrize("typed", ["0.25", "S", "0.25 X", "about 1 S", "", "1 S R"])
def test_a_measure_without_its_meaning_is_no_result(typed):
    assert parse_susceptibility(typed) is None


@given(
    sign=st.sampled_from(["", "<", ">", "≤", "≥"]),
    amount=st.integers(0, 512),
    zone=st.sampled_from(["", " mm"]),
    word=st.sampled_from(["S", "SDD", "I", "R"]),
)
def test_what_was_kept_reads_as_the_same(sign, amount, zone, word):
    first = parse_susceptibility(f"{sign}{amount}{zone} {word}")
    assert first is not None
    assert parse_susceptibility(first.text) == first
    assert (first.flag == "A") == (word in {"I", "R"})


@pytest.mark.django_db
def test_a_report_takes_susceptibilities_and_refuses_what_is_none():
    make_laboratory()
    codes = ("AST-CIP", "AST-CRO")
    api.load_analytes(
        analytes=[
            NewAnalyte(code=code, name=BilingualText(code, code), value_type=ValueType.SUSCEPTIBILITY) for code in codes
        ]
    )
    api.load_panels(panels={"AST": list(codes)})
    (specimen_id,) = ask(make_visit(), "AST")
    actor = technician()
    report_id = receive(specimen_id, actor)
    with pytest.raises(errors.BadSusceptibility):
        api.enter_results(report_id=report_id, values={"AST-CIP": "0.25"}, actor=actor, now=ELEVEN)
    api.enter_results(report_id=report_id, values={"AST-CIP": ">=4 R", "AST-CRO": "-"}, actor=actor, now=ELEVEN)
    report = api.get_report(report_id=report_id, actor=actor, now=ELEVEN)
    assert [(value.text, value.flag) for value in report.values] == [("≥4 R", "A"), ("-", "N")]
    assert report.flagged == 1
