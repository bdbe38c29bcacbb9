"""Units that stand behind a number, in both languages, and which of them may be left unsaid."""

import re
from typing import Final

# (what is written, its one name); the longer writings come first, so that mg/L is not read as mg.
_WRITTEN: Final = (
    (r"(?:次|跳|beats|breaths|times)?\s*(?:/|per )\s*(?:分钟|分|minute|min)(?![A-Za-z])|bpm(?![A-Za-z])", "/min"),
    (r"(?:毫摩尔|mmol)\s*/\s*(?:升|L)(?![A-Za-z])", "mmol/L"),
    (r"(?:微摩尔|μmol|umol)\s*/\s*(?:升|L)(?![A-Za-z])", "μmol/L"),
    (r"(?:毫克|mg)\s*/\s*(?:分升|dL)(?![A-Za-z])", "mg/dL"),
    (r"(?:毫克|mg)\s*/\s*(?:升|L)(?![A-Za-z])", "mg/L"),
    (r"(?:毫克|mg)\s*/\s*(?:千克|公斤|kg)(?![A-Za-z])", "mg/kg"),
    (r"(?:克|g)\s*/\s*(?:升|L)(?![A-Za-z])", "g/L"),
    (r"(?:国际单位|U|IU|单位|units?)\s*/\s*(?:升|L)(?![A-Za-z])", "U/L"),
    (r"毫米汞柱|mm\s?Hg(?![A-Za-z])", "mmHg"),
    (r"摄氏度|度(?=$|[，。；、\s])|°\s?C(?![A-Za-z])|degrees Celsius(?![A-Za-z])", "°C"),
    (r"毫克|mg(?![A-Za-z])|milligrams?(?![A-Za-z])", "mg"),
    (r"微克|[μu]g(?![A-Za-z])|mcg(?![A-Za-z])|micrograms?(?![A-Za-z])", "μg"),
    (r"千克|公斤|kg(?![A-Za-z])|kilograms?(?![A-Za-z])|kilos?(?![A-Za-z])", "kg"),
    (r"克|g(?![A-Za-z])|grams?(?![A-Za-z])", "g"),
    (r"毫升|m[lL](?![A-Za-z])|milliliters?(?![A-Za-z])", "mL"),
    (r"升|[lL](?![A-Za-z])|liters?(?![A-Za-z])", "L"),
    (r"毫米|mm(?![A-Za-z])|millimeters?(?![A-Za-z])", "mm"),
    (r"厘米|cm(?![A-Za-z])|centimeters?(?![A-Za-z])", "cm"),
    (r"国际单位|单位|IU(?![A-Za-z])|U(?![A-Za-z])|units?(?![A-Za-z])", "U"),
    (r"%|percent(?![A-Za-z])", "%"),
    (r"片|tablets?(?![A-Za-z])|tabs?(?![A-Za-z])", "tablet"),
    (r"粒|capsules?(?![A-Za-z])|caps?(?![A-Za-z])", "capsule"),
    (r"滴(?!眼|耳|鼻)|drops?(?![A-Za-z])", "drop"),
    (r"(?:喷|揿|吸)(?!雾)|sprays?(?![A-Za-z])|puffs?(?![A-Za-z])", "puff"),
    (r"小时|hours?(?![A-Za-z])|hrs?(?![A-Za-z])|h(?![A-Za-z])", "hour"),
    (r"分钟|minutes?(?![A-Za-z])|mins?(?![A-Za-z])", "minute"),
    (r"秒|seconds?(?![A-Za-z])", "second"),
    (r"(?:天|日)|-?days?(?![A-Za-z])", "day"),
    (r"周|星期|-?weeks?(?![A-Za-z])", "week"),
    (r"个月|-?months?(?![A-Za-z])", "month"),
    (r"岁|周岁|年|-?years?(?![A-Za-z])", "year"),
    (r"次|-?times?(?![A-Za-z])", "time"),
)
UNIT: Final = re.compile(
    r"\s*(?:" + "|".join(f"(?P<u{place}>{written})" for place, (written, _) in enumerate(_WRITTEN)) + ")"
)
# "42岁" is "aged 42", "1次" is "once": where one language leaves these unsaid, nothing is lost.
UNSAID: Final = frozenset({"time", "day", "week", "month", "year", "hour", "minute", "tablet", "capsule"})
DOSES: Final = frozenset({"mg", "μg", "g", "kg", "mL", "L", "U", "mg/kg", "tablet", "capsule", "drop", "puff"})
DURATIONS: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


def read_unit(text: str, *, at: int) -> tuple[str, int]:
    """The unit that stands at this place of the text, "" where there is none, and where the text goes on."""
    found = UNIT.match(text, at)
    if found is None or found.lastgroup is None:
        return "", at
    return _WRITTEN[int(found.lastgroup[1:])][1], found.end()
