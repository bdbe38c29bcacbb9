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
from hospital.records.templates import (
    delete_template,
    list_favorite_diagnoses,
    list_templates,
    save_template,
    set_favorite_diagnosis,
)

__all__ = [
    "add_diagnosis",
    "amend_note",
    "delete_template",
    "get_icd10",
    "get_note",
    "list_diagnoses",
    "list_favorite_diagnoses",
    "list_note_versions",
    "list_person_notes",
    "list_templates",
    "load_icd10",
    "remove_diagnosis",
    "save_note",
    "save_template",
    "search_icd10",
    "set_favorite_diagnosis",
    "set_main_diagnosis",
    "sign_note",
]
