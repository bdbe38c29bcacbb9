"""The front door of the master patient index."""

from hospital.patients.account_links import list_account_ids
from hospital.patients.queries import (
    find_people_by_document,
    get_person,
    has_emergency_access,
    list_emergency_accesses,
    list_linked_people,
    list_people,
    require_access,
    search_people,
)
from hospital.patients.rules.countries import get_country, list_countries
from hospital.patients.rules.documents import DocumentType, check_document
from hospital.patients.rules.masking import mask_name, queue_name, split_chinese_name
from hospital.patients.rules.names import PersonName, display_name, latin_parts
from hospital.patients.rules.warning_texts import warning_text
from hospital.patients.services import (
    create_person,
    end_care_relation,
    ensure_record_number,
    grant_care_relation,
    link_person,
    open_emergency_access,
    unlink_person,
    unmask_identifier,
)

__all__ = [
    "DocumentType",
    "PersonName",
    "check_document",
    "create_person",
    "display_name",
    "end_care_relation",
    "ensure_record_number",
    "find_people_by_document",
    "get_country",
    "get_person",
    "grant_care_relation",
    "has_emergency_access",
    "latin_parts",
    "link_person",
    "list_account_ids",
    "list_countries",
    "list_emergency_accesses",
    "list_linked_people",
    "list_people",
    "mask_name",
    "open_emergency_access",
    "queue_name",
    "require_access",
    "search_people",
    "split_chinese_name",
    "unlink_person",
    "unmask_identifier",
    "warning_text",
]
