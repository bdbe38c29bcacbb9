"""The front door of the audit trail."""

from hospital.audit.queries import find_broken_seal, get_entry, list_entries, list_versions
from hospital.audit.services import acting, record_act, record_refusal, seal_entries
from hospital.audit.triggers import AppendOnly, KeepVersions

__all__ = [
    "AppendOnly",
    "KeepVersions",
    "acting",
    "find_broken_seal",
    "get_entry",
    "list_entries",
    "list_versions",
    "record_act",
    "record_refusal",
    "seal_entries",
]
