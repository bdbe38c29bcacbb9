"""The front door of consents and of the rights over one's own data."""

from hospital.consents.catalog import get_notice, list_notices, list_versions
from hospital.consents.corrections import (
    answer_correction,
    get_desk_correction,
    list_corrections,
    list_desk_corrections,
    request_correction,
)
from hospital.consents.ledger import (
    accept_privacy_notice,
    count_consenting_accounts,
    give_consent,
    give_guardian_consent,
    has_consent,
    list_consenting_accounts,
    list_consents,
    list_ledger,
    withdraw_all,
    withdraw_consent,
)
from hospital.consents.own_data import (
    expire_data_copies,
    fail_data_copy,
    fill_data_copy,
    forget_data_copies,
    get_copy_owner,
    list_data_copies,
    open_link,
    request_data_copy,
    take_data_copy,
)
from hospital.consents.prices import give_price_consent, list_price_consents

__all__ = [
    "accept_privacy_notice",
    "answer_correction",
    "count_consenting_accounts",
    "expire_data_copies",
    "fail_data_copy",
    "fill_data_copy",
    "forget_data_copies",
    "get_copy_owner",
    "get_desk_correction",
    "get_notice",
    "give_consent",
    "give_guardian_consent",
    "give_price_consent",
    "has_consent",
    "list_consenting_accounts",
    "list_consents",
    "list_corrections",
    "list_data_copies",
    "list_desk_corrections",
    "list_ledger",
    "list_notices",
    "list_price_consents",
    "list_versions",
    "open_link",
    "request_correction",
    "request_data_copy",
    "take_data_copy",
    "withdraw_all",
    "withdraw_consent",
]
