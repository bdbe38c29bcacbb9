"""The front door of partners: who may call, and what was answered under which number."""

from hospital.partners.calls import Caller, SignedCall, admit_call, forget_calls, list_pairs, prove_call, sign_answer
from hospital.partners.keys import (
    add_key,
    add_partner,
    change_partner,
    create_partner,
    end_key,
    list_keys,
    set_partner_active,
)
from hospital.partners.queries import get_partner, list_partners
from hospital.partners.requests import (
    check_transaction,
    find_answer,
    find_refused_payment,
    get_answer,
    has_held,
    keep_answer,
    list_refused_payments,
    lock_number,
    mark_refused_payment_refunded,
    refuse_payment,
)
from hospital.partners.rules.signatures import WINDOW, hash_body, is_signed, sign, write_answer, write_request

__all__ = [
    "WINDOW",
    "Caller",
    "SignedCall",
    "add_key",
    "add_partner",
    "admit_call",
    "change_partner",
    "check_transaction",
    "create_partner",
    "end_key",
    "find_answer",
    "find_refused_payment",
    "forget_calls",
    "get_answer",
    "get_partner",
    "has_held",
    "hash_body",
    "is_signed",
    "keep_answer",
    "list_keys",
    "list_pairs",
    "list_partners",
    "list_refused_payments",
    "lock_number",
    "mark_refused_payment_refunded",
    "prove_call",
    "refuse_payment",
    "set_partner_active",
    "sign",
    "sign_answer",
    "write_answer",
    "write_request",
]
