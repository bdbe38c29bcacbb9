"""Phrases give whole sentences in both languages that agree on side and measures; fields of each kind (R57)."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.results.api import list_report_templates
from hospital.results.errors import BadExamField, PhraseIncomplete
from hospital.results.reporting.kinds import FIELDS, ExamKind, FieldType, clean_fields, find_kind, list_facts
from hospital.results.reporting.phrases import Side, Where, list_choices, render_normal, render_phrase
from hospital.results.reporting.templates import TEMPLATES, find_template

pytestmark = pytest.mark.requirement("R57")
PHRASES = [phrase for template in TEMPLATES for phrase in template.phrases]
SIDE_WORDS = {Side.RIGHT: ("右", "right"), Side.LEFT: ("左", "left"), Side.BOTH: ("双", "both")}


@st.composite
def filled(draw):
    phrase = draw(st.sampled_from(PHRASES))
    values = {}
    for blank in phrase.blanks:
        if blank == "side":
            values[blank] = draw(st.sampled_from(phrase.sides)).value
        elif choices := list_choices(blank):
            values[blank] = draw(st.sampled_from(sorted(choices)))
        else:
            values[blank] = draw(st.decimals(min_value="0.1", max_value=999, places=1).map(str))
    assume((values.get("side"), values.get("lobe")) != ("LEFT", "MIDDLE"))
    return phrase, values


@given(filled())
def test_a_phrase_leaves_no_blank_and_both_languages_agree(case):
    phrase, values = case
    text = render_phrase(phrase, values)
    assert not re.search(r"[{}]", text.zh + text.en)
    assert not re.search(r"[\u4e00-\u9fff]", text.en)
    assert text.en[0].isupper() or text.en[0].isdigit()
    assert text.en.endswith(".") == text.zh.endswith("。")
    numbers = [sorted(re.findall(r"\d+(?:\.\d+)?", part)) for part in (text.zh, text.en)]
    assert numbers[0] == numbers[1]
    if "side" in values:
        for side, (zh, en) in SIDE_WORDS.items():
            is_named = side == values["side"]
            assert (zh in text.zh) == is_named
            assert bool(re.search(rf"\b{en}\b", text.en)) == is_named


@given(filled(), st.data())
def test_a_blank_without_a_value_is_refused(case, data):
    phrase, values = case
    if not values:
        return
    name = data.draw(st.sampled_from(sorted(values)))
    for bad in ("", "x", "-1", "0", "NaN", "1e9"):
        with pytest.raises(PhraseIncomplete):
            render_phrase(phrase, values | {name: bad})


def test_the_left_lung_has_no_middle_lobe():
    nodule = find_template("CHEST").find("NODULE")
    values = {"side": "RIGHT", "lobe": "MIDDLE", "size": "6"}
    assert "right middle lobe" in render_phrase(nodule, values).en
    with pytest.raises(PhraseIncomplete):
        render_phrase(nodule, values | {"side": "LEFT"})


def test_codes_are_met_once_in_a_template_and_normal_phrases_have_no_blank():
    for template in TEMPLATES:
        codes = [phrase.code for phrase in template.phrases]
        assert len(codes) == len(set(codes))
        assert not [phrase.code for phrase in template.phrases if phrase.is_normal and phrase.blanks]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.code)
def test_the_normal_phrases_are_a_whole_report_with_as_many_paragraphs_in_each_language(template):
    parts = render_normal(template)
    assert parts[Where.FINDINGS].zh
    assert parts[Where.IMPRESSION].en
    for text in parts.values():
        assert text.zh.count("\n") == text.en.count("\n")


@pytest.mark.django_db
def test_templates_follow_the_device():
    found = list_report_templates(modality="ES", department_id=None)
    assert {each.code for each in found} == {"GASTROSCOPY", "COLONOSCOPY"}
    assert list_report_templates(modality="??", department_id=None) == TEMPLATES
    assert find_template("CHEST").find("NODULE").sides == (Side.RIGHT, Side.LEFT)
    with pytest.raises(PhraseIncomplete):
        find_template("CHEST").find("NONE")


@pytest.mark.parametrize(
    ("modality", "kind"),
    [
        ("CT", "RADIOLOGY"),
        ("US", "ULTRASOUND"),
        ("ES", "ENDOSCOPY"),
        ("SM", "PATHOLOGY"),
        ("ECG", "ECG"),
        ("OPT", "OTHER"),
    ],
)
def test_the_kind_follows_from_the_device(modality, kind):
    assert find_kind(modality) is ExamKind(kind)


def both(text):
    return BilingualText(text, text)


def test_fields_are_kept_by_kind_and_shown_in_both_languages():
    kept = clean_fields(
        ExamKind.ENDOSCOPY,
        {
            "SCOPE": both("G-290-07"),
            "SEDATION": both("CONSCIOUS"),
            "BIOPSY_SITES": BilingualText("胃窦", "Antrum"),
            "BIOPSIES": both("2"),
            "PYLORI": both("POSITIVE"),
            "BOSTON_RIGHT": both("2"),
            "BOSTON_TRANSVERSE": both("3"),
            "BOSTON_LEFT": both("3"),
            "QTC": both("400"),
            "MEDICATION": BilingualText("", " "),
        },
    )
    facts = {fact.label.en: fact.value for fact in list_facts(ExamKind.ENDOSCOPY, kept)}
    assert "QTC" not in kept
    assert facts["H. pylori, rapid urease test"] == BilingualText("阳性", "Positive")
    assert facts["Biopsy sites"] == BilingualText("胃窦", "Antrum")
    assert facts["Boston bowel preparation score, total"].zh == "8/9"
    assert "Medication" not in facts


def test_numbers_have_their_unit():
    facts = list_facts(ExamKind.ECG, clean_fields(ExamKind.ECG, {"QTC": both("412.0"), "AXIS": both("-30")}))
    assert [fact.value.en for fact in facts] == ["412 ms", "-30°"]


@pytest.mark.parametrize(
    ("kind", "code", "value"),
    [
        (ExamKind.ECG, "QTC", "9000"),
        (ExamKind.ECG, "QTC", "-1"),
        (ExamKind.ECG, "QTC", "long"),
        (ExamKind.ECG, "QTC", "NaN"),
        (ExamKind.ECG, "RHYTHM", "JAZZ"),
        (ExamKind.ENDOSCOPY, "BOSTON_LEFT", "2.5"),
        (ExamKind.ENDOSCOPY, "BOSTON_LEFT", "4"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(kind, code, value):
    with pytest.raises(BadExamField):
        clean_fields(kind, {code: both(value)})


def test_every_field_has_both_names_and_every_choice_both_words():
    for field in (each for fields in FIELDS.values() for each in fields):
        assert field.label.zh
        assert field.label.en
        assert (field.type is FieldType.CHOICE) == bool(field.choices)
        assert all(word.zh and word.en for word in (field.choices or {}).values())
