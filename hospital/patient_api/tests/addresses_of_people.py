"""Addresses of people, their documents, cards and claims, for the test of who may call what."""

PASSPORT = {"type": "PASSPORT", "number": "533401999"}
# `FILE` is a POST of a form with a file.
PRICES = {"service_line": "INTL", "campus_code": "IMC", "hash": "0" * 64, "language": "en"}
ADDRESSES_OF_PEOPLE = [
    ("GET", "/people/{person_id}", None, "unknown_person"),
    ("PATCH", "/people/{person_id}", {"phone": "+44 7700 900123"}, "unknown_person"),
    ("POST", "/people/{person_id}/default", {}, "unknown_person"),
    ("GET", "/people/{person_id}/holders", None, "unknown_person"),
    ("DELETE", "/people/{person_id}/holders/{holder_id}", None, "unknown_person"),
    ("POST", "/people/{person_id}/documents", PASSPORT, "unknown_person"),
    ("POST", "/people/{person_id}/documents/{document_id}/primary", {}, "unknown_person"),
    ("DELETE", "/people/{person_id}/documents/{document_id}", None, "unknown_person"),
    ("FILE", "/people/{person_id}/proofs", {"kind": "RELATION"}, "unknown_person"),
    ("POST", "/people/{person_id}/insurance-cards", {"insurer": "Bupa", "member_number": "1"}, "unknown_person"),
    ("DELETE", "/people/{person_id}/insurance-cards/{card_id}", None, "unknown_person"),
    ("FILE", "/people/{person_id}/insurance-cards/{card_id}/picture", {}, "unknown_person"),
    ("GET", "/people/{person_id}/insurance-cards/{card_id}/picture", None, "unknown_person"),
    ("GET", "/people/{person_id}/preferences", None, "unknown_person"),
    ("PUT", "/people/{person_id}/preferences", {}, "unknown_person"),
    ("POST", "/people/{person_id}/price-notices", PRICES, "unknown_person"),
    ("GET", "/people/claims", None, ""),
    ("POST", "/people/claims", {}, ""),
    ("POST", "/people/claims/{claim_id}/code", {}, "unknown_claim"),
    ("POST", "/people/claims/{claim_id}/verify", {"code": "123456"}, "unknown_claim"),
    ("DELETE", "/people/claims/{claim_id}", None, "unknown_claim"),
]
