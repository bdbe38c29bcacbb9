"""The values of sections: how they are stored, hashed, cut into segments. Pure functions."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from hospital.clinical_documents.kinds import Input, KindSpec, SectionSpec
from hospital.clinical_documents.types import (
    DiagnosisRow,
    DrugRow,
    SectionValue,
    Segment,
    VaccineRow,
    Values,
)
from hospital.kernel.types import BilingualText

LONGEST_TEXT = 20_000
LONGEST_LINE = 200
MOST_ROWS = 60
_SPACES = re.compile(r"[ \t\u00a0]+")
Stored = dict[str, Any]


def clean_text(text: str) -> str:
    """Paragraphs one a line, without blank lines and doubled spaces."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].strip()


def clean_line(text: str) -> str:
    """One line."""
    return " ".join(text.replace("\x00", "").split())[:LONGEST_LINE].strip()


def store_values(*, spec: KindSpec, values: Values) -> Stored:
    """What is stored of `values`: the sections of the kind that are filled in, in order. Storing twice changes nothing.

    Raises `TypeError` where a section gets what its input does not take.
    """
    stored: Stored = {}
    for section in spec.sections:
        value = values.get(section.key)
        kept = _store(section, value) if value is not None else None
        if kept:
            stored[section.key] = kept
    return stored


def _store(section: SectionSpec, value: SectionValue) -> str | list[dict[str, Any]]:
    if section.input in _ROWS:
        row_type = _ROWS[section.input]
        if isinstance(value, str) or not all(isinstance(row, row_type) for row in value):
            raise TypeError(f"{section.key} takes rows of {row_type.__name__}")
        return [_store_row(row) for row in value[:MOST_ROWS]]
    if not isinstance(value, str):
        raise TypeError(f"{section.key} takes text")
    is_prose = section.input is Input.TEXT and not section.is_single_line
    return clean_text(value) if is_prose else clean_line(value)


def _store_row(row: DiagnosisRow | DrugRow | VaccineRow) -> dict[str, Any]:
    if isinstance(row, DiagnosisRow):
        return {"code": row.code, "name": _pair(row.name)}
    if isinstance(row, DrugRow):
        return {
            "line": row.line_id,
            "name": _pair(row.name),
            "spec": _pair(row.spec),
            "directions": _pair(row.directions),
        }
    return {
        "vaccine": clean_line(row.vaccine),
        "on": clean_line(row.given_on),
        "dose": clean_line(row.dose),
        "lot": clean_line(row.lot),
    }


def read_values(*, spec: KindSpec, stored: Mapping[str, Any]) -> dict[str, SectionValue]:
    """The values of what is stored."""
    found: dict[str, SectionValue] = {}
    for section in spec.sections:
        kept = stored.get(section.key)
        if kept is None:
            continue
        if section.input is Input.DIAGNOSES:
            found[section.key] = tuple(DiagnosisRow(code=row["code"], name=_text(row["name"])) for row in kept)
        elif section.input is Input.DRUGS:
            found[section.key] = tuple(_read_drug(row) for row in kept)
        elif section.input is Input.VACCINES:
            found[section.key] = tuple(
                VaccineRow(vaccine=row["vaccine"], given_on=row["on"], dose=row["dose"], lot=row["lot"]) for row in kept
            )
        else:
            found[section.key] = kept
    return found


def _read_drug(row: Mapping[str, Any]) -> DrugRow:
    return DrugRow(
        line_id=row["line"],
        name=_text(row["name"]),
        spec=_text(row["spec"]),
        directions=_text(row["directions"]),
    )


def hash_content(*, kind: str, language: str, stored: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what a signature covers: kind, language and every value."""
    covered = {"kind": kind, "language": language, "values": stored}
    canonical = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def list_segments(*, spec: KindSpec, values: Values) -> tuple[Segment, ...]:
    """The paragraphs of free text, in order."""
    return tuple(
        Segment(key=f"{section.key}.{number}", heading=section.heading, text=text)
        for section in spec.sections
        if section.input is Input.TEXT
        for number, text in enumerate(str(values.get(section.key, "")).splitlines(), start=1)
    )


def _pair(text: BilingualText) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _text(pair: Mapping[str, str]) -> BilingualText:
    return BilingualText(pair["zh"], pair["en"])


_ROWS: Mapping[Input, type[DiagnosisRow] | type[DrugRow] | type[VaccineRow]] = {
    Input.DIAGNOSES: DiagnosisRow,
    Input.DRUGS: DrugRow,
    Input.VACCINES: VaccineRow,
}
