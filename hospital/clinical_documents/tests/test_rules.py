"""What may be signed, when it is due, what a signature covers. Pure rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.clinical_documents.kinds import KINDS, VACCINES, ClinicalKind, Input
from hospital.clinical_documents.rules import FLIGHT_VALID, SigningFacts, find_due, find_problems
from hospital.clinical_documents.tests.factories import PNEUMONIA, TETANUS, TODAY, full_values
from hospital.clinical_documents.types import VaccineRow
from hospital.clinical_documents.values import clean_text, hash_content, list_segments, read_values, store_values
from hospital.clinical_documents.wording import parse_moment, read_sections, rest_until
from hospital.kernel.types import BilingualText

FACTS = SigningFacts(visit_on=TODAY, signed_on=TODAY, rest_cap=14)
SICK = KINDS[ClinicalKind.SICK_LEAVE]
FLY = KINDS[ClinicalKind.FIT_TO_FLY]
STATEMENT = KINDS[ClinicalKind.VACCINE_STATEMENT]
DISCHARGE = KINDS[ClinicalKind.DISCHARGE_SUMMARY]


def problems(spec, facts=FACTS, **changed):
    values = {**full_values(spec.kind), **changed}
    return {problem.key for problem in find_problems(spec=spec, values=values, facts=facts)}


@pytest.mark.requirement("D55")
@pytest.mark.parametrize("spec", KINDS.values(), ids=lambda spec: spec.kind.value)
def test_every_kind_is_sound(spec):
    keys = [section.key for section in spec.sections]
    assert len(keys) == len(set(keys))
    assert all(section.heading.zh and section.heading.en for section in spec.sections)
    assert all(bool(section.choices) is (section.input is Input.CHOICE) for section in spec.sections)
    assert all(spec.section(key) for key in spec.one_of)
    assert spec.due_after is None or spec.section(spec.due_from).input is Input.MOMENT
    assert not problems(spec)
    required = {section.key for section in spec.sections if section.is_required}
    assert required <= {problem.key for problem in find_problems(spec=spec, values={}, facts=FACTS)}


@given(days=st.integers(min_value=0, max_value=9999), cap=st.integers(min_value=1, max_value=60))
def test_rest_is_within_the_cap(days, cap):
    found = problems(SICK, replace(FACTS, rest_cap=cap), rest_days=str(days))
    assert ("rest_days" in found) is not (1 <= days <= cap)


@given(text=st.text(max_size=8))
def test_whatever_is_typed_as_days_is_judged(text):
    found = problems(SICK, rest_days=text)
    assert ("rest_days" in found) is not (text.isascii() and text.isdigit() and 1 <= int(text) <= 14 and len(text) <= 4)


@given(first=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), days=st.integers(1, 60))
def test_a_rest_of_n_days_has_n_days(first, days):
    assert (rest_until(first, days) - first).days + 1 == days


def test_a_rest_says_when_it_ends():
    (section,) = [
        each
        for each in read_sections(spec=SICK, values={"rest_days": "7", "rest_from": "2026-11-28"})
        if each.key == "rest_from"
    ]
    assert section.lines[0].zh == "2026年11月28日（至12月4日，含当日）"
    assert section.lines[0].en == "28 Nov 2026 (to 4 Dec 2026, inclusive)"


def test_rest_days_need_a_first_day():
    certificate = KINDS[ClinicalKind.DIAGNOSIS_CERTIFICATE]
    assert problems(certificate, rest_from="") == {"rest_from"}
    assert not problems(certificate, rest_from="", rest_days="")


@pytest.mark.parametrize(
    ("flight_in", "valid_in", "wrong"),
    [(1, 3, set()), (3, 1, {"valid_until"}), (1, FLIGHT_VALID.days + 1, {"valid_until"}), (-1, 3, {"flight_on"})],
)
def test_a_letter_covers_its_flight(flight_in, valid_in, wrong):
    flight_on, valid_until = TODAY + timedelta(days=flight_in), TODAY + timedelta(days=valid_in)
    assert problems(FLY, flight_on=flight_on.isoformat(), valid_until=valid_until.isoformat()) == wrong


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"flight": "南航303"}, {"flight"}),
        ({"oxygen": "MAYBE"}, {"oxygen"}),
        ({"diagnoses": (replace(PNEUMONIA, name=BilingualText("肺炎")),)}, {"diagnoses"}),
    ],
)
def test_what_is_not_of_the_list_is_told(changed, wrong):
    assert problems(FLY, **changed) == wrong


@pytest.mark.parametrize(
    ("row", "is_right"),
    [
        (TETANUS, True),
        (VaccineRow(vaccine="TD", given_on=""), False),
        (VaccineRow(vaccine="ROBOTS", given_on="2026-01-05"), False),
        (VaccineRow(vaccine="TD", given_on=(TODAY + timedelta(days=1)).isoformat()), False),
    ],
)
def test_vaccinations_are_of_the_list_and_past(row, is_right):
    assert problems(STATEMENT, vaccines=(row,)) == (set() if is_right else {"vaccines"})


def test_a_statement_states_something():
    assert problems(STATEMENT, vaccines=(), drugs=()) == {"vaccines"}
    assert not problems(STATEMENT, vaccines=())


def test_a_discharge_follows_the_admission():
    assert problems(DISCHARGE, discharged_at="2026-11-01T09:00") == {"discharged_at"}
    assert problems(DISCHARGE, discharged_at="2036-11-01T09:00") == {"discharged_at"}
    assert problems(DISCHARGE, discharged_at="tomorrow") == {"discharged_at"}


@pytest.mark.parametrize(
    ("kind", "key", "hours"),
    [
        (ClinicalKind.ADMISSION_RECORD, "admitted_at", 24),
        (ClinicalKind.FIRST_PROGRESS_NOTE, "admitted_at", 8),
        (ClinicalKind.DISCHARGE_SUMMARY, "discharged_at", 24),
    ],
)
def test_when_it_is_due(kind, key, hours):
    start = "2026-11-25T09:05"
    assert find_due(spec=KINDS[kind], values={key: start}) == parse_moment(start) + timedelta(hours=hours)
    assert find_due(spec=KINDS[kind], values={}) is None


def test_a_discharge_says_how_many_days_it_were():
    def words(admitted, discharged):
        values = {"admitted_at": admitted, "discharged_at": discharged}
        return read_sections(spec=DISCHARGE, values=values)[-1].lines[0]

    assert words("2026-11-18T21:40", "2026-11-24T10:00").zh == "2026年11月24日 10:00（住院 6 天）"
    assert words("2026-11-18T21:40", "2026-11-24T10:00").en == "24 Nov 2026, 10:00 (6 days in the hospital)"
    assert "1 day in the hospital" in words("2026-11-18T08:00", "2026-11-18T20:00").en


def test_a_certificate_is_never_due():
    assert find_due(spec=SICK, values=full_values(SICK.kind)) is None


@given(text=st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize("spec", KINDS.values(), ids=lambda spec: spec.kind.value)
def test_what_is_stored_reads_as_it_was(spec):
    stored = store_values(spec=spec, values=full_values(spec.kind))
    values = read_values(spec=spec, stored=stored)
    assert values == full_values(spec.kind)
    assert store_values(spec=spec, values=values) == stored


@pytest.mark.requirement("N05")
@given(key=st.sampled_from([section.key for section in SICK.sections]), language=st.sampled_from(["zh", "en"]))
def test_the_hash_covers_every_value(key, language):
    stored = store_values(spec=SICK, values=full_values(SICK.kind))
    changed = {**stored, key: "5" if isinstance(stored[key], str) else []}
    digest = hash_content(kind=SICK.kind, language="zh", stored=stored)
    assert hash_content(kind=SICK.kind, language="zh", stored=changed) != digest
    assert (hash_content(kind=SICK.kind, language=language, stored=dict(reversed(stored.items()))) == digest) is (
        language == "zh"
    )


def test_only_free_text_is_translated():
    segments = list_segments(spec=DISCHARGE, values=full_values(DISCHARGE.kind))
    assert [segment.key for segment in segments][:2] == ["admission_condition.1", "admission_condition.2"]
    texts = {section.key for section in DISCHARGE.sections if section.input is Input.TEXT}
    assert {segment.key.split(".")[0] for segment in segments} == texts


def test_rows_of_another_kind_are_an_error():
    with pytest.raises(TypeError):
        store_values(spec=SICK, values={"diagnoses": (TETANUS,)})
    with pytest.raises(TypeError):
        store_values(spec=SICK, values={"advice": (PNEUMONIA,)})


def test_every_vaccine_has_both_names():
    assert all(name.zh and name.en for name in VACCINES.values())
