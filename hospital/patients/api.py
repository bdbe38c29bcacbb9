"""The front door of the master patient index."""

from hospital.patients.account_links import list_account_ids
from hospital.patients.allergies import (
    list_allergy_entries,
    record_allergy,
    record_no_allergies,
    strike_out_allergy,
)
from hospital.patients.body_facts import get_body_facts, record_body_facts
from hospital.patients.claim_desk import accept_claim, get_claimant, list_open_claims, refuse_claim
from hospital.patients.claims import create_claim_code, get_claim, list_claims, open_claim, verify_claim, withdraw_claim
from hospital.patients.contacts import change_contact, get_contact
from hospital.patients.identification import (
    IdentifiedPerson,
    ShownDocument,
    identify_by_document,
    identify_by_record_number,
    is_document_known,
)
from hospital.patients.identifiers import add_document, end_document, set_primary_document, unmask_identifier
from hospital.patients.insurance import (
    add_insurance_card,
    end_insurance_card,
    list_insurance_cards,
    read_insurance_picture,
    set_insurance_picture,
)
from hospital.patients.links import (
    end_holder,
    link_person,
    list_holders,
    masked_account,
    require_records,
    set_default_person,
    unlink_person,
)
from hospital.patients.proofs import (
    accept_proof,
    list_pending_proofs,
    read_proof_file,
    refuse_proof,
    submit_proof,
)
from hospital.patients.queries import (
    find_people_by_document,
    get_birth_date,
    get_linked_person,
    get_person,
    has_emergency_access,
    list_emergency_accesses,
    list_linked_people,
    list_people,
    require_access,
    search_people,
)
from hospital.patients.reasons import checked_reason
from hospital.patients.rules.allergens import DRUGS, OTHERS, REACTIONS
from hospital.patients.rules.countries import country_of_passport, get_country, list_countries
from hospital.patients.rules.documents import DocumentType, check_document
from hospital.patients.rules.expiry import Expiry, expiry_of
from hospital.patients.rules.masking import mask_name, queue_name, split_chinese_name
from hospital.patients.rules.mrz import parse_mrz
from hospital.patients.rules.names import PersonName, both_names, display_name, fold_mrz, latin_parts
from hospital.patients.rules.refusal_texts import REFUSAL_TEXTS
from hospital.patients.rules.relations import Relation
from hospital.patients.rules.warning_texts import warning_text
from hospital.patients.services import (
    create_person,
    end_care_relation,
    ensure_record_number,
    grant_care_relation,
    open_emergency_access,
)

__all__ = [
    "DRUGS",
    "OTHERS",
    "REACTIONS",
    "REFUSAL_TEXTS",
    "DocumentType",
    "Expiry",
    "IdentifiedPerson",
    "PersonName",
    "Relation",
    "ShownDocument",
    "accept_claim",
    "accept_proof",
    "add_document",
    "add_insurance_card",
    "both_names",
    "change_contact",
    "check_document",
    "checked_reason",
    "country_of_passport",
    "create_claim_code",
    "create_person",
    "display_name",
    "end_care_relation",
    "end_document",
    "end_holder",
    "end_insurance_card",
    "ensure_record_number",
    "expiry_of",
    "find_people_by_document",
    "fold_mrz",
    "get_birth_date",
    "get_body_facts",
    "get_claim",
    "get_claimant",
    "get_contact",
    "get_country",
    "get_linked_person",
    "get_person",
    "grant_care_relation",
    "has_emergency_access",
    "identify_by_document",
    "identify_by_record_number",
    "is_document_known",
    "latin_parts",
    "link_person",
    "list_account_ids",
    "list_allergy_entries",
    "list_claims",
    "list_countries",
    "list_emergency_accesses",
    "list_holders",
    "list_insurance_cards",
    "list_linked_people",
    "list_open_claims",
    "list_pending_proofs",
    "list_people",
    "mask_name",
    "masked_account",
    "open_claim",
    "open_emergency_access",
    "parse_mrz",
    "queue_name",
    "read_insurance_picture",
    "read_proof_file",
    "record_allergy",
    "record_body_facts",
    "record_no_allergies",
    "refuse_claim",
    "refuse_proof",
    "require_access",
    "require_records",
    "search_people",
    "set_default_person",
    "set_insurance_picture",
    "set_primary_document",
    "split_chinese_name",
    "strike_out_allergy",
    "submit_proof",
    "unlink_person",
    "unmask_identifier",
    "verify_claim",
    "warning_text",
    "withdraw_claim",
]
