"""Decoctions in words (domain brief 4: TCM decoction has a prescription of its own), in both languages at once.

One 剂 is a packet: what is decocted together and drunk in one or more parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hospital.kernel.types import BilingualText
from hospital.orders.vocabulary import Frequency, format_amount


class Handling(StrEnum):
    """What is done with one piece before or beside the decoction."""

    USUAL = "USUAL"
    FIRST = "FIRST"
    LATER = "LATER"
    WRAPPED = "WRAPPED"
    SEPARATE = "SEPARATE"
    DISSOLVED = "DISSOLVED"
    STIRRED = "STIRRED"
    CRUSHED = "CRUSHED"


HANDLINGS: Mapping[Handling, BilingualText] = {
    Handling.USUAL: BilingualText("同煎", "with the others"),
    Handling.FIRST: BilingualText("先煎", "decoct first"),
    Handling.LATER: BilingualText("后下", "add near the end"),
    Handling.WRAPPED: BilingualText("包煎", "in a cloth bag"),
    Handling.SEPARATE: BilingualText("另煎", "decoct separately"),
    Handling.DISSOLVED: BilingualText("烊化", "dissolve"),
    Handling.STIRRED: BilingualText("冲服", "stir in as powder"),
    Handling.CRUSHED: BilingualText("捣碎", "crush first"),
}


class Meal(StrEnum):
    """When a part is taken."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"
    EMPTY = "EMPTY"
    BEDTIME = "BEDTIME"
    ANY = "ANY"


MEALS: Mapping[Meal, BilingualText] = {
    Meal.BEFORE: BilingualText("饭前", "before meals"),
    Meal.AFTER: BilingualText("饭后", "after meals"),
    Meal.EMPTY: BilingualText("空腹", "on an empty stomach"),
    Meal.BEDTIME: BilingualText("睡前", "at bedtime"),
    Meal.ANY: BilingualText("不拘时", "at any time"),
}


class Warmth(StrEnum):
    """How warm it is taken."""

    WARM = "WARM"
    HOT = "HOT"
    COOL = "COOL"


WARMTHS: Mapping[Warmth, BilingualText] = {
    Warmth.WARM: BilingualText("温服", "warm"),
    Warmth.HOT: BilingualText("热服", "hot"),
    Warmth.COOL: BilingualText("凉服", "cool"),
}


class Use(StrEnum):
    """By mouth, or outside."""

    INTERNAL = "INTERNAL"
    WASH = "WASH"
    SOAK = "SOAK"
    COMPRESS = "COMPRESS"
    GARGLE = "GARGLE"


USES: Mapping[Use, BilingualText] = {
    Use.INTERNAL: BilingualText("内服", "by mouth"),
    Use.WASH: BilingualText("外洗", "for washing"),
    Use.SOAK: BilingualText("泡洗", "for soaking"),
    Use.COMPRESS: BilingualText("湿敷", "as a wet compress"),
    Use.GARGLE: BilingualText("含漱", "as a mouth rinse"),
}


class Maker(StrEnum):
    """Who decocts."""

    PATIENT = "PATIENT"
    HOSPITAL = "HOSPITAL"


MAKERS: Mapping[Maker, BilingualText] = {
    Maker.PATIENT: BilingualText("自煎", "at home"),
    Maker.HOSPITAL: BilingualText("代煎", "by the hospital"),
}

# How many packets in how many days.
PACES: Mapping[Frequency, BilingualText] = {
    Frequency.QD: BilingualText("每日 1 剂", "1 packet a day"),
    Frequency.BID: BilingualText("每日 2 剂", "2 packets a day"),
    Frequency.QOD: BilingualText("每 2 日 1 剂", "1 packet every 2 days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What holds for a whole decoction: `doses` packets, each in `parts` parts of `ml` mL (None where it is not
    drunk); `days_reason` says why it lasts for more days than the limit."""

    doses: int = 7
    pace: Frequency = Frequency.QD
    parts: int = 2
    ml: int | None = 200
    meal: Meal = Meal.AFTER
    warmth: Warmth = Warmth.WARM
    use: Use = Use.INTERNAL
    maker: Maker = Maker.PATIENT
    days_reason: str = ""

    @property
    def is_internal(self) -> bool:
        """Whether it is drunk."""
        return self.use is Use.INTERNAL


def word_piece(*, grams: Decimal, handling: Handling) -> BilingualText:
    """One piece of a packet: `15 g/剂，先煎`, `15 g a packet, decoct first`."""
    amount = format_amount(grams)
    if handling is Handling.USUAL:
        return BilingualText(f"每剂 {amount} g", f"{amount} g a packet")
    how = HANDLINGS[handling]
    return BilingualText(f"每剂 {amount} g，{how.zh}", f"{amount} g a packet, {how.en}")


def word_formula(formula: Formula) -> BilingualText:
    """How much there is and how it is taken, in one sentence."""
    several = "" if formula.doses == 1 else "s"
    pace, use = PACES[formula.pace], USES[formula.use]
    head = BilingualText(f"共 {formula.doses} 剂，{pace.zh}", f"{formula.doses} packet{several}, {pace.en}")
    if not formula.is_internal:
        times = "once" if formula.parts == 1 else f"{formula.parts} times"
        return BilingualText(
            f"{head.zh}，水煎{use.zh}，每剂分 {formula.parts} 次，不可内服",
            f"{head.en}, {use.en}, {times} from each packet; for external use only",
        )
    warmth, meal = WARMTHS[formula.warmth], MEALS[formula.meal]
    cup = BilingualText(f"，每次 {formula.ml} mL", f" of {formula.ml} mL") if formula.ml else BilingualText("", "")
    in_parts = "in one part" if formula.parts == 1 else f"in {formula.parts} parts"
    return BilingualText(
        f"{head.zh}，水煎{use.zh}，每剂分 {formula.parts} 次{cup.zh}，{meal.zh}{warmth.zh}",
        f"{head.en} {use.en}, each {in_parts}{cup.en}, {warmth.en}, {meal.en}",
    )


_STEPS: Mapping[Handling, BilingualText] = {
    Handling.CRUSHED: BilingualText("标“捣碎”的药捣碎后再煎。", "Crush the pieces marked “crush first”."),
    Handling.FIRST: BilingualText(
        "标“先煎”的药先煮沸，小火煎 30 分钟，再放其他药。",
        "Boil the pieces marked “decoct first” and simmer them for 30 minutes before you add the others.",
    ),
    Handling.WRAPPED: BilingualText(
        "标“包煎”的药装入布袋扎紧，与其他药同煎。",
        "Tie the pieces marked “in a cloth bag” into a clean cloth bag and decoct it with the others.",
    ),
    Handling.LATER: BilingualText(
        "标“后下”的药在关火前 5 分钟放入。",
        "Add the pieces marked “add near the end” 5 minutes before you take the pot off the heat.",
    ),
    Handling.SEPARATE: BilingualText(
        "标“另煎”的药单独煎，药汁兑入同服。",
        "Decoct the pieces marked “decoct separately” in a small pot of their own and mix both liquids.",
    ),
    Handling.DISSOLVED: BilingualText(
        "标“烊化”的药放入滤好的热药汁中，搅拌至溶化。",
        "Stir the pieces marked “dissolve” into the hot strained liquid until they have melted.",
    ),
    Handling.STIRRED: BilingualText(
        "标“冲服”的药粉不煎，服药时用药汁冲服。",
        "Do not boil powders marked “stir in as powder”; stir them into each part when you drink it.",
    ),
}
_SOAK = BilingualText(
    "每次煎 1 剂，用砂锅或不锈钢锅，不用铁锅、铝锅。加冷水没过药面 2–3 厘米，浸泡 30 分钟。",
    "Decoct one packet at a time in a clay or stainless steel pot, never iron or aluminum. Cover the pieces with cold "
    "water, 2–3 cm above them, and soak them for 30 minutes.",
)
_BOIL = BilingualText(
    "大火煮沸后小火煎 20–30 分钟，滤出药汁；再加水煎 20 分钟，两次药汁混合。",
    "Bring to a boil, simmer for 20–30 minutes and strain. Add water, simmer for another 20 minutes, mix both liquids.",
)
_BAGS = BilingualText(
    "药液已由医院煎好分袋。请冷藏（2–8 ℃），7 日内用完；胀袋或有异味请勿使用。",
    "The hospital has decocted it and filled it into bags. Keep them in the refrigerator (2–8 °C) and use them within "
    "7 days. Do not use a bag that is swollen or smells odd.",
)
_WARM = BilingualText(
    "服前将药袋放入热水中温热后再剪开。",
    "Warm a bag in hot water before you open it.",
)
_STOP = BilingualText(
    "如出现皮疹、呕吐、心慌或口舌发麻，请停药并立即就医。",
    "Stop and see a doctor at once if you get a rash, vomit, feel your heart race or your mouth go numb.",
)
_OUTSIDE = BilingualText(
    "仅供外用，不可内服；皮肤破损处勿用。", "For external use only: do not drink it. Do not use it on broken skin."
)


def explain_formula(*, formula: Formula, handlings: Iterable[Handling]) -> tuple[BilingualText, ...]:
    """How to decoct and take it, step by step, in plain words for the patient; only what this decoction needs."""
    marked = set(handlings)
    if formula.maker is Maker.HOSPITAL:
        kept = [_BAGS] + [_STEPS[Handling.STIRRED]] * (Handling.STIRRED in marked)
        making = [*kept, _WARM] if formula.is_internal else kept
    else:
        before = [_STEPS[each] for each in (Handling.CRUSHED, Handling.FIRST, Handling.WRAPPED) if each in marked]
        late = (Handling.LATER, Handling.SEPARATE, Handling.DISSOLVED, Handling.STIRRED)
        making = [_SOAK, *before, _BOIL, *(_STEPS[each] for each in late if each in marked)]
    return (*making, _taking(formula), _STOP if formula.is_internal else _OUTSIDE)


def _taking(formula: Formula) -> BilingualText:
    pace, use = PACES[formula.pace], USES[formula.use]
    if not formula.is_internal:
        times = "once" if formula.parts == 1 else f"{formula.parts} times"
        return BilingualText(
            f"{pace.zh}，{use.zh}，每剂分 {formula.parts} 次使用。",
            f"Use {pace.en} {use.en}, {times} from each packet.",
        )
    warmth, meal = WARMTHS[formula.warmth], MEALS[formula.meal]
    cup = BilingualText(f"每次 {formula.ml} mL，", f"{formula.ml} mL") if formula.ml else BilingualText("", "it")
    shares = "all at once" if formula.parts == 1 else f"{formula.parts} times from each packet"
    return BilingualText(
        f"{pace.zh}，每剂分 {formula.parts} 次，{cup.zh}{meal.zh}{warmth.zh}。",
        f"Take {pace.en}. Drink {cup.en} {warmth.en}, {meal.en}, {shares}.",
    )
