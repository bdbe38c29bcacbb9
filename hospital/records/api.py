"""The front door of the record."""

from hospital.records.queries import (
    get_icd10,
    get_note,
    list_diagnoses,
    list_note_versions,
    list_person_notes,
    search_icd10,
)
from hospital.records.services import (
    add_diagnosis,
    amend_note,
    load_icd10,
    remove_diagnosis,
    save_note,
    set_main_diagnosis,
    sign_note,
)

__all__ = [
    "add_diagnosis",
    "amend_note",
    "get_icd10",
    "get_note",
    "list_diagnoses",
    "list_note_versions",
    "list_person_notes",
    "load_icd10",
    "remove_diagnosis",
    "save_note",
    "search_icd10",
    "set_main_diagnosis",
    "sign_note",
]
