"""Writes of the catalog, for the price office."""

from hospital.catalog.services.changes import approve_change, draft_override, draft_price, reject_change
from hospital.catalog.services.composites import create_composites
from hospital.catalog.services.editing import edit_item
from hospital.catalog.services.facts import apply_due_facts, draft_facts
from hospital.catalog.services.importing import apply_import, approve_import, check_import, submit_import
from hospital.catalog.services.items import create_item, create_items, publish_price
from hospital.catalog.services.parts import draft_parts
from hospital.catalog.services.surcharges import (
    approve_rule,
    change_settings,
    draft_rule,
    end_rule,
    reject_rule,
)

__all__ = [
    "apply_due_facts",
    "apply_import",
    "approve_change",
    "approve_import",
    "approve_rule",
    "change_settings",
    "check_import",
    "create_composites",
    "create_item",
    "create_items",
    "draft_facts",
    "draft_override",
    "draft_parts",
    "draft_price",
    "draft_rule",
    "edit_item",
    "end_rule",
    "publish_price",
    "reject_change",
    "reject_rule",
    "submit_import",
]
