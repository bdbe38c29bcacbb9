"""How values read in both languages: days, moments, periods, choices, rows. Pure functions."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from hospital.clinical_documents.kinds import VACCINES, Input, KindSpec, SectionSpec
from hospital.clinical_documents.types import DiagnosisRow, DrugRow, ReadSection, SectionValue, VaccineRow, Values
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_day(text: str) -> date | None:
    """The day of 2026-11-26; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """The instant of 2026-11-26T09:05, hospital time; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment


def parse_days(text: str) -> int | None:
    """The number of days; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def word_day(day: date) -> BilingualText:
    """2026年11月26日 / 26 Nov 2026."""
    return BilingualText(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def word_moment(moment: datetime) -> BilingualText:
    """2026年11月26日 09:05 / 26 Nov 2026, 09:05, hospital time."""
    local = moment.astimezone(SHANGHAI)
    day = word_day(local.date())
    return BilingualText(f"{day.zh} {local:%H:%M}", f"{day.en}, {local:%H:%M}")


def word_days(days: int) -> BilingualText:
    """7 天 / 7 days."""
    return BilingualText(f"{days} 天", "1 day" if days == 1 else f"{days} days")


def read_sections(*, spec: KindSpec, values: Values) -> tuple[ReadSection, ...]:
    """Every filled section as it is read, in order."""
    return tuple(
        _read(section, values[section.key], values=values) for section in spec.sections if values.get(section.key)
    )


def _read(section: SectionSpec, value: SectionValue, *, values: Values) -> ReadSection:
    paragraphs: tuple[str, ...] = ()
    lines: tuple[BilingualText, ...] = ()
    table: tuple[tuple[BilingualText, ...], ...] = ()
    if not isinstance(value, str):
        if section.input is Input.DIAGNOSES:
            lines = tuple(_word_diagnosis(row) for row in value if isinstance(row, DiagnosisRow))
        else:
            table = tuple(_word_row(row) for row in value if not isinstance(row, DiagnosisRow))
    elif section.input is Input.TEXT:
        paragraphs = tuple(value.splitlines())
    else:
        lines = (_word_value(section, value, values=values),)
    return ReadSection(
        key=section.key,
        heading=section.heading,
        input=section.input,
        paragraphs=paragraphs,
        lines=lines,
        table=table,
    )


def _word_instant(section: SectionSpec, moment: datetime, values: Values) -> BilingualText:
    """A moment; that of a discharge with the days in the hospital, the day of the discharge not counted."""
    words = word_moment(moment)
    admitted = parse_moment(str(values.get("admitted_at", "")))
    if section.key != "discharged_at" or admitted is None or moment < admitted:
        return words
    days = max((moment.astimezone(SHANGHAI).date() - admitted.astimezone(SHANGHAI).date()).days, 1)
    spent = word_days(days)
    return BilingualText(f"{words.zh}（住院 {spent.zh}）", f"{words.en} ({spent.en} in the hospital)")


def _word_value(section: SectionSpec, value: str, *, values: Values) -> BilingualText:
    """A single value in words; what was typed where it does not read as what it should be."""
    typed = BilingualText(value, value)
    if section.input is Input.CHOICE:
        chosen = section.choice(value)
        return chosen.name if chosen else typed
    if section.input is Input.DAYS:
        days = parse_days(value)
        return typed if days is None else word_days(days)
    if section.input is Input.MOMENT:
        moment = parse_moment(value)
        return _word_instant(section, moment, values) if moment else typed
    if section.input is Input.DATE:
        day = parse_day(value)
        return _word_start(section, day, values) if day else typed
    return typed


def _word_start(section: SectionSpec, day: date, values: Values) -> BilingualText:
    """A day; the first of a rest with its last one, which is counted."""
    text = word_day(day)
    days = parse_days(str(values.get("rest_days", ""))) if section.key == "rest_from" else None
    if not days:
        return text
    until = rest_until(day, days)
    last = word_day(until)
    last_zh = last.zh if until.year != day.year else f"{until.month}月{until.day}日"
    return BilingualText(f"{text.zh}（至{last_zh}，含当日）", f"{text.en} (to {last.en}, inclusive)")


def rest_until(first: date, days: int) -> date:
    """The last day of a rest: one of one day ends on the day it begins."""
    return first + timedelta(days=max(days, 1) - 1)


def _word_diagnosis(row: DiagnosisRow) -> BilingualText:
    return BilingualText(f"{row.name.zh}（{row.code}）", f"{row.name.en} ({row.code})" if row.name.en else "")


def _word_row(row: DrugRow | VaccineRow) -> tuple[BilingualText, ...]:
    if isinstance(row, DrugRow):
        return (row.name, row.spec, row.directions)
    day = parse_day(row.given_on)
    return (
        VACCINES.get(row.vaccine, BilingualText(row.vaccine, row.vaccine)),
        BilingualText(row.dose, row.dose),
        word_day(day) if day else BilingualText(row.given_on, row.given_on),
        BilingualText(row.lot, row.lot),
    )


TABLE_HEADS: Mapping[Input, tuple[BilingualText, ...]] = {
    Input.DRUGS: (
        BilingualText("药品", "Medicine"),
        BilingualText("规格", "Strength"),
        BilingualText("用法", "How to take"),
    ),
    Input.VACCINES: (
        BilingualText("疫苗", "Vaccine"),
        BilingualText("剂次", "Dose"),
        BilingualText("接种日期", "Given on"),
        BilingualText("批号", "Lot"),
    ),
}
