"""What keeps a document from being signed, and by when it is due. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hospital.clinical_documents.kinds import VACCINES, Input, KindSpec, SectionSpec
from hospital.clinical_documents.types import DiagnosisRow, DrugRow, Problem, SectionValue, VaccineRow, Values
from hospital.clinical_documents.wording import parse_day, parse_days, parse_moment

REST_DAYS_AT_MOST = {"ER": 3, "OP": 14, "CHECKUP": 14, "IP": 30}
"""The most days of rest that a document may advise, by kind of visit; the hospital sets them (domain brief 4)."""
FLIGHT_VALID = timedelta(days=10)
"""An airline takes a letter for ten days at most."""
REST_BEFORE = timedelta(days=3)
"""A rest may have begun a few days before the visit, not earlier."""
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 ,./()–-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningFacts:
    """What a signature is judged by: the days at the hospital, and the most days of rest for this kind of visit."""

    visit_on: date
    signed_on: date
    rest_cap: int


def find_due(*, spec: KindSpec, values: Values) -> datetime | None:
    """When the document has to be signed; None where nothing says so, or the moment it counts from is not given."""
    if spec.due_after is None:
        return None
    start = parse_moment(str(values.get(spec.due_from, "")))
    return start + spec.due_after if start else None


def find_problems(*, spec: KindSpec, values: Values, facts: SigningFacts) -> tuple[Problem, ...]:
    """Everything that keeps `values` from being signed, in the order of the sections."""
    return tuple(_walk(spec=spec, values=values, facts=facts))


def _walk(*, spec: KindSpec, values: Values, facts: SigningFacts) -> Iterator[Problem]:
    for section in spec.sections:
        value = values.get(section.key)
        text = _judge(section, value, values=values, facts=facts)
        if text:
            yield Problem(key=section.key, heading=section.heading, text=text)
    if spec.one_of and not any(values.get(key) for key in spec.one_of):
        first = spec.section(spec.one_of[0])
        if first is not None:
            yield Problem(key=first.key, heading=first.heading, text=_("List a vaccination or a medicine."))


def _judge(section: SectionSpec, value: SectionValue | None, *, values: Values, facts: SigningFacts) -> str:
    """Why a section does not stand; empty when it does."""
    if not value:
        is_needed = section.is_required or (section.key == "rest_from" and bool(values.get("rest_days")))
        return _("Fill this in.") if is_needed else ""
    if isinstance(value, str):
        return _judge_text(section, value, values=values, facts=facts)
    if section.input is Input.VACCINES:
        rows = [row for row in value if isinstance(row, VaccineRow)]
        return next(filter(None, (_judge_vaccine(row, facts=facts) for row in rows)), "")
    return _judge_names([row for row in value if isinstance(row, DiagnosisRow | DrugRow)])


def _judge_names(rows: list[DiagnosisRow | DrugRow]) -> str:
    missing = next((row.name.zh for row in rows if not row.name.en), "")
    return _("%(name)s has no English name yet.") % {"name": missing} if missing else ""


def _judge_vaccine(row: VaccineRow, *, facts: SigningFacts) -> str:
    given_on = parse_day(row.given_on)
    if row.vaccine not in VACCINES:
        return _("Choose each vaccine from the list.")
    if given_on is None:
        return _("Give the day of each vaccination.")
    return _("A vaccination lies in the future.") if given_on > facts.signed_on else ""


def _judge_text(section: SectionSpec, value: str, *, values: Values, facts: SigningFacts) -> str:
    if section.input is Input.CHOICE:
        return "" if section.choice(value) else _("Choose from the list.")
    if section.input is Input.CODE:
        return "" if _CODE.match(value) else _("Use Latin letters and digits only.")
    if section.input is Input.DAYS:
        return _judge_days(value, facts=facts)
    if section.input is Input.MOMENT:
        return _judge_moment(section, value, values=values, facts=facts)
    if section.input is Input.DATE:
        return _judge_day(section, value, values=values, facts=facts)
    return ""


def _judge_days(value: str, *, facts: SigningFacts) -> str:
    days = parse_days(value)
    if not days:
        return _("Give a number of days.")
    if days > facts.rest_cap:
        return _("At most %(days)s days for this kind of visit.") % {"days": facts.rest_cap}
    return ""


def _judge_moment(section: SectionSpec, value: str, *, values: Values, facts: SigningFacts) -> str:
    moment = parse_moment(value)
    if moment is None:
        return _("Give a day and a time.")
    if moment.date() > facts.signed_on:
        return _("This lies in the future.")
    admitted = parse_moment(str(values.get("admitted_at", "")))
    if section.key == "discharged_at" and admitted is not None and moment < admitted:
        return _("This lies before the admission.")
    return ""


def _judge_day(section: SectionSpec, value: str, *, values: Values, facts: SigningFacts) -> str:
    day = parse_day(value)
    if day is None:
        return _("Give a day.")
    if section.key == "rest_from":
        return _("This lies before the visit.") if day < facts.visit_on - REST_BEFORE else ""
    if day < facts.signed_on:
        return _("This lies in the past.")
    return _judge_validity(day, values=values, facts=facts) if section.key == "valid_until" else ""


def _judge_validity(until: date, *, values: Values, facts: SigningFacts) -> str:
    flight_on = parse_day(str(values.get("flight_on", "")))
    if flight_on is not None and until < flight_on:
        return _("This lies before the flight.")
    if until > facts.signed_on + FLIGHT_VALID:
        return _("A letter is valid for %(days)s days at most.") % {"days": FLIGHT_VALID.days}
    return ""
