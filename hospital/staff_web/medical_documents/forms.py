"""The editor of a document: a field for each section by what it takes, and back from what was posted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from hospital.clinical_documents.types import (
    VACCINES,
    DiagnosisRow,
    DrugRow,
    Input,
    KindSpec,
    SectionSpec,
    VaccineRow,
    Values,
)
from hospital.workflows.write_medical_document import DraftForm

EMPTY_VACCINES = 3
MOST_VACCINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorField:
    """One section as the editor shows it."""

    spec: SectionSpec
    value: Any
    rows: int = 3
    choices: tuple[tuple[DrugRow, bool], ...] = ()
    vaccines: tuple[VaccineRow, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole line."""
        return self.spec.input in {Input.DIAGNOSES, Input.DRUGS, Input.VACCINES} or (
            self.spec.input is Input.TEXT and not self.spec.is_single_line
        )


def list_fields(*, spec: KindSpec, values: Values, drugs: Iterable[DrugRow]) -> list[EditorField]:
    """The fields of a draft. `drugs` are those that may be chosen beside those in the draft."""
    return [_field(section, values=values, drugs=list(drugs)) for section in spec.sections]


def _field(section: SectionSpec, *, values: Values, drugs: list[DrugRow]) -> EditorField:
    value = values.get(section.key, "")
    if section.input is Input.DRUGS:
        chosen = [row for row in value if isinstance(row, DrugRow)]
        ids = {row.line_id for row in chosen}
        more = [row for row in drugs if row.line_id not in ids]
        choices = tuple((row, True) for row in chosen) + tuple((row, False) for row in more)
        return EditorField(spec=section, value=value, choices=choices)
    if section.input is Input.VACCINES:
        rows = [row for row in value if isinstance(row, VaccineRow)]
        empty = [VaccineRow(vaccine="", given_on="")] * EMPTY_VACCINES
        return EditorField(spec=section, value=value, vaccines=tuple(rows + empty))
    lines = len(value.splitlines()) if isinstance(value, str) else 0
    return EditorField(spec=section, value=value, rows=min(max(3, lines + 1), 12))


def read_form(*, spec: KindSpec, posted: QueryDict) -> DraftForm:
    """What was typed and chosen; every section of the kind is taken from the form."""
    by = {kind: [section.key for section in spec.sections if section.input is kind] for kind in Input}
    rows = {Input.DIAGNOSES, Input.DRUGS, Input.VACCINES}
    return DraftForm(
        texts={section.key: posted.get(section.key, "") for section in spec.sections if section.input not in rows},
        codes={key: tuple(posted.getlist(key)) for key in by[Input.DIAGNOSES]},
        lines={key: tuple(posted.getlist(key)) for key in by[Input.DRUGS]},
        vaccines={key: _vaccines(key, posted) for key in by[Input.VACCINES]},
    )


def _vaccines(key: str, posted: QueryDict) -> tuple[VaccineRow, ...]:
    columns = [posted.getlist(f"{key}_{name}")[:MOST_VACCINES] for name in ("vaccine", "on", "dose", "lot")]
    return tuple(
        VaccineRow(vaccine=vaccine, given_on=given_on, dose=dose, lot=lot)
        for vaccine, given_on, dose, lot in zip(*columns, strict=False)
        if vaccine or given_on or lot
    )


def list_vaccine_choices() -> list[tuple[str, object]]:
    """Every vaccine by its key, in the order of its name."""
    return sorted(VACCINES.items(), key=lambda pair: str(pair[1]))


def diagnosis_rows(field: EditorField) -> list[DiagnosisRow]:
    """The diagnoses that stand in a field."""
    return [row for row in field.value if isinstance(row, DiagnosisRow)]
