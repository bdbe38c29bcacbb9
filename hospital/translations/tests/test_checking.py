"""What the checks of a translation find, and what they leave alone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.translations.rules.checking import Finding, FindingKind, check_segment
from hospital.translations.rules.facts import read_facts
from hospital.translations.rules.terms import Term, find_terms

pytestmark = pytest.mark.requirement("D55")

TERMS = (
    Term("湿啰音", "crackles", not_en="wet rales"),
    Term("肺炎", "pneumonia"),
    Term("社区获得性肺炎", "community-acquired pneumonia", also_en=("CAP",)),
    Term("对乙酰氨基酚", "paracetamol", also_en=("acetaminophen",)),
)


def check(source: str, target: str, *, is_english: bool = True, names: tuple[str, ...] = ()) -> list[Finding]:
    return check_segment(segment="1", source=source, target=target, is_english=is_english, terms=TERMS, names=names)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (
            "主诉：咳嗽、咳黄痰 5 天，发热 2 天。",
            "Chief complaint: cough with yellow sputum for 5 days, fever for 2 days.",
        ),
        ("2026 年 3 月 8 日起发热，最高体温 39.0 ℃。", "Fever since 8 March 2026, highest 39.0 °C."),
        ("青霉素过敏史：2019年过敏性休克。", "Penicillin allergy: anaphylactic shock in 2019."),
        ("右下肺可闻及湿啰音，呼吸 20 次/分。", "Crackles at the right lower lung, respiratory rate 20/min."),
        ("呼吸20次/分，心率 88 次/分", "Respiratory rate 20 breaths per minute, heart rate 88 bpm"),
        ("白细胞 14.8 × 10⁹/L，C反应蛋白 92.4 mg/L。", "White cells 14.8 × 10^9/L, C-reactive protein 92.4 mg/L."),
        (
            "社区获得性肺炎（右肺下叶），CRB-65 0 分。",
            "Community-acquired pneumonia, right lower lobe, CRB-65 score 0.",
        ),
        ("莫西沙星片 0.4 g，口服，每日 1 次，共 7 天。", "Moxifloxacin 0.4 g by mouth once a day for 7 days."),
        ("左氧氟沙星 0.5g，每日一次", "Levofloxacin 0.5 g daily"),
        (
            "体温超过38.5℃时服对乙酰氨基酚0.5克，每日不超过四次。",
            "Above 38.5 °C, acetaminophen 0.5 g, at most 4 times a day.",
        ),
        ("3天后复诊；4～6周后复查胸部CT。", "Come back in 3 days; repeat chest CT in 4-6 weeks."),
        (
            "患者，女，42岁，于2026年11月24日14:30入院。",
            "A 42-year-old woman was admitted on November 24, 2026, at 2:30 pm.",
        ),
        (
            "双肺呼吸音清，双侧膝关节无肿胀。",
            "Breath sounds clear in both lungs; no swelling of the knees bilaterally.",
        ),
        ("疼痛10天左右", "Pain for about 10 days"),
        ("血小板 12万", "Platelets 120,000"),
        ("下午3点服药", "Take at 3 p.m."),
        ("每8小时一片", "One tablet every 8 hours"),
        ("建议休息两周", "Rest for two weeks is advised"),
        ("2026年11月起", "Since November 2026"),
        ("11月24日复查", "Repeat on 24 November"),
        ("左膝疼痛三个月", "Pain in the left knee for three months; the patient left the hospital well"),
        ("显著升高 12 次，随后下降", "Marked 12 times, then decreased"),
        ("体温３７．５℃", "Temperature 37.5 °C"),
    ],
)
def test_a_good_translation_raises_nothing(zh: str, en: str) -> None:
    assert check(zh, en) == []
    assert [each for each in check(en, zh, is_english=False) if each.kind is not FindingKind.TERM] == []


@pytest.mark.parametrize(
    ("zh", "en", "kind", "missing", "extra"),
    [
        ("C反应蛋白 92.4 mg/L", "C-reactive protein 29.4 mg/L", FindingKind.NUMBER, "92.4 mg/L", "29.4 mg/L"),
        ("莫西沙星 0.4 g", "Moxifloxacin 0.4 mg", FindingKind.DOSE, "0.4 g", "0.4 mg"),
        ("氨溴索 30 mg，共 7 天", "Ambroxol 30 mg", FindingKind.DURATION, "7 day", ""),
        ("每日三次", "Twice a day", FindingKind.NUMBER, "3 time", "2 time"),
        ("2026年11月24日", "24 October 2026", FindingKind.DATE, "2026-11-24", "2026-10-24"),
        ("14:30", "2:30 am", FindingKind.DATE, "14:30", "02:30"),
        ("左膝疼痛", "Pain in the right knee", FindingKind.SIDE, "left", "right"),
        (
            "右肺正常，左肺实变",
            "Left lung normal, right consolidation",
            FindingKind.SIDE,
            "right, left",
            "left, right",
        ),
        ("双侧膝关节", "The knees", FindingKind.SIDE, "both", ""),
        ("湿啰音", "wet rales", FindingKind.TERM, "湿啰音 = crackles", "wet rales"),
        ("社区获得性肺炎", "Pneumonia", FindingKind.TERM, "社区获得性肺炎 = community-acquired pneumonia", ""),
        ("慢性胃炎", "Chronic 胃炎", FindingKind.CHINESE, "", "胃炎"),
        ("慢性胃炎", "Chronic gastritis，stable", FindingKind.CHINESE, "", "，"),
        ("慢性胃炎", "  ", FindingKind.EMPTY, "慢性胃炎", ""),
        ("血红蛋白正常", "Hemoglobin 135 g/L", FindingKind.NUMBER, "", "135 g/L"),
    ],
)
def test_a_difference_is_named(zh: str, en: str, kind: FindingKind, missing: str, extra: str) -> None:
    assert check(zh, en) == [Finding("1", kind, missing, extra)]


def test_names_may_stay_in_chinese() -> None:
    assert check("患者莫罗", "The patient, MOREAU 莫罗", names=("莫罗",)) == []
    assert check("", "anything") == []


def test_the_longest_term_stands_for_what_it_holds() -> None:
    assert [term.en for term in find_terms("社区获得性肺炎", terms=TERMS, is_english=False)] == [
        "community-acquired pneumonia"
    ]
    assert [term.zh for term in find_terms("Pneumonia, crackles", terms=TERMS, is_english=True)] == ["肺炎", "湿啰音"]


amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(9999), places=2)
units = st.sampled_from([("毫克", "mg"), ("克", "g"), ("毫升", "mL"), ("天", "days"), ("次/分", "/min"), ("%", "%")])
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31))


@given(st.lists(st.tuples(amounts, units), min_size=1, max_size=5), days)
def test_both_languages_say_the_same_numbers_and_days(parts: list[tuple[Decimal, tuple[str, str]]], day: date) -> None:
    zh = "，".join(f"服 {value} {unit[0]}" for value, unit in parts) + f"，{day.year}年{day.month}月{day.day}日"
    en = ", ".join(f"take {value} {unit[1]}" for value, unit in parts) + f", {day:%d %b %Y}"
    assert check(zh, en) == []
    assert read_facts(zh).days == read_facts(en).days


@given(st.lists(st.tuples(amounts, units), min_size=1, max_size=4, unique=True), amounts, st.data())
def test_one_other_number_is_always_found(
    parts: list[tuple[Decimal, tuple[str, str]]], other: Decimal, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(parts) - 1))
    changed = [*parts]
    changed[place] = (other, parts[place][1])
    zh = "，".join(f"服 {value} {unit[0]}" for value, unit in parts)
    en = ", ".join(f"take {value} {unit[1]}" for value, unit in changed)
    found = check(zh, en)
    assert bool(found) is (other != parts[place][0])
    assert all(finding.missing != finding.extra for finding in found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(source: str, target: str) -> None:
    for finding in check(source, target):
        assert finding.missing or finding.extra
    assert not [f for f in check(source, source, is_english=False) if f.kind is not FindingKind.TERM]


def test_a_number_of_any_length_is_read() -> None:
    assert check("编号 " + "9" * 60, "No. " + "9" * 60) == []
    assert check("共 10.00 元", "10 yuan in all") == []
