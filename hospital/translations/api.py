"""The front door of translations."""

from hospital.translations.queries import (
    count_gaps,
    get_current_translation,
    get_term,
    get_translation,
    list_editions,
    list_segments,
    list_standing,
    list_term_versions,
    list_terms,
    list_translations,
)
from hospital.translations.services.glossary import add_term, change_term
from hospital.translations.services.requesting import (
    end_translations,
    reopen_translation,
    request_translation,
    set_urgent,
)
from hospital.translations.services.reviewing import release_translation, return_translation
from hospital.translations.services.writing import (
    accept_finding,
    confirm_segment,
    draft_by_machine,
    save_segment,
    submit_translation,
)

__all__ = [
    "accept_finding",
    "add_term",
    "change_term",
    "confirm_segment",
    "count_gaps",
    "draft_by_machine",
    "end_translations",
    "get_current_translation",
    "get_term",
    "get_translation",
    "list_editions",
    "list_segments",
    "list_standing",
    "list_term_versions",
    "list_terms",
    "list_translations",
    "release_translation",
    "reopen_translation",
    "request_translation",
    "return_translation",
    "save_segment",
    "set_urgent",
    "submit_translation",
]
