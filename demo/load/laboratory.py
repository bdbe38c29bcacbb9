"""What the laboratory measures: analytes with their ranges, what each catalog item asks for, and its analyzers."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.load.rows import read_rows
from hospital.analyzers.api import load_analyzers
from hospital.analyzers.types import NewAnalyzer
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.orders.api import find_orderable
from hospital.results.api import load_analytes, load_panels, load_recognitions
from hospital.results.types import (
    Choice,
    NewAnalyte,
    Range,
    RecognitionMark,
    RecognitionScope,
    SecondUnit,
    ValueType,
)


def load_laboratory(*, now: datetime) -> None:
    """Puts analytes, ranges, panels and the marks of mutual recognition in place."""
    ranges: dict[str, list[Range]] = {}
    for row in read_rows("analyte_ranges.csv"):
        ranges.setdefault(row["analyte"], []).append(_range(row))
    facts = {row["analyte"]: row for row in read_rows("analyte_facts.csv")}
    load_analytes(
        analytes=[
            _analyte(row, tuple(ranges.get(row["code"], ())), facts.get(row["code"], {}))
            for row in read_rows("analytes.csv")
        ]
    )
    panels: dict[str, list[str]] = {}
    for row in read_rows("panels.csv"):
        panels.setdefault(row["item_code"], []).append(row["analyte"])
    load_panels(panels=panels)
    _load_marks(now=now)
    codes: dict[str, dict[str, str]] = {}
    for row in read_rows("analyzer_codes.csv"):
        codes.setdefault(row["analyzer"], {})[row["code"]] = row["analyte"]
    load_analyzers(analyzers=[_analyzer(row, codes.get(row["code"], {})) for row in read_rows("analyzers.csv")])


def _load_marks(*, now: datetime) -> None:
    today = local_day(now)
    marks: dict[str, list[RecognitionMark]] = {}
    for row in read_rows("recognitions.csv"):
        mark = RecognitionMark(
            item_code=row["item_code"],
            name=find_orderable(code=row["item_code"], now=now).name,
            scope=RecognitionScope(row["scope"]),
            region=BilingualText(row["region_zh"], row["region_en"]),
            valid_from=today + timedelta(days=int(row["from_days"])),
            valid_to=today + timedelta(days=int(row["to_days"])),
            days=int(row["days"]),
        )
        for campus in row["campuses"].split():
            marks.setdefault(campus, []).append(mark)
    for campus, found in marks.items():
        load_recognitions(campus_code=campus, marks=found, now=now)


def _analyzer(row: dict[str, str], codes: dict[str, str]) -> NewAnalyzer:
    return NewAnalyzer(
        code=row["code"],
        name=BilingualText(row["name_zh"], row["name_en"]),
        campus_code=row["campus"],
        application=row["application"],
        facility=row["facility"],
        method=row["method"],
        codes=codes,
    )


def _analyte(row: dict[str, str], ranges: tuple[Range, ...], facts: dict[str, str]) -> NewAnalyte:
    return NewAnalyte(
        code=row["code"],
        name=BilingualText(row["name_zh"], row["name_en"]),
        value_type=ValueType(row["value_type"]),
        unit=row["unit"],
        decimals=int(row["decimals"]) if row["decimals"] else None,
        loinc=row["loinc"],
        choices=tuple(_choice(entry) for entry in row["choices"].split(";") if entry),
        ranges=ranges,
        is_sensitive=bool(row["is_sensitive"]),
        second=_second(facts),
        delta_percent=int(facts.get("delta_percent") or 50),
        delta_days=int(facts["delta_days"]) if facts.get("delta_days") else None,
        about=BilingualText(facts.get("about_zh", ""), facts.get("about_en", "")),
    )


def _second(facts: dict[str, str]) -> SecondUnit | None:
    if not facts.get("second_unit"):
        return None
    return SecondUnit(
        unit=facts["second_unit"],
        factor=Decimal(facts["second_factor"]),
        offset=Decimal(facts["second_offset"] or 0),
        decimals=int(facts["second_decimals"] or 0),
    )


def _choice(entry: str) -> Choice:
    code, zh, en = entry.split("=")
    return Choice(code=code, name=BilingualText(zh, en))


def _range(row: dict[str, str]) -> Range:
    return Range(
        sex=row["sex"],
        age_from_days=int(row["age_from_days"]),
        age_to_days=int(row["age_to_days"]) if row["age_to_days"] else None,
        low=_number(row["low"]),
        high=_number(row["high"]),
        critical_low=_number(row["critical_low"]),
        critical_high=_number(row["critical_high"]),
        text=BilingualText(row["text_zh"], row["text_en"]),
        normal_choices=tuple(code for code in row["normal_choices"].split(";") if code),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
