"""The front door of the catalog."""

from hospital.catalog.queries import (
    count_translation_gaps,
    get_item,
    get_pricing_settings,
    list_item_cards,
    list_items,
    list_rules,
    load_price_book,
    search_items,
)
from hospital.catalog.rules.entering import CatalogEntry
from hospital.catalog.rules.price_book import compile_price_book
from hospital.catalog.services import (
    approve_rule,
    change_settings,
    create_composites,
    create_item,
    create_items,
    draft_rule,
    end_rule,
    publish_price,
    reject_rule,
)

__all__ = [
    "CatalogEntry",
    "approve_rule",
    "change_settings",
    "compile_price_book",
    "count_translation_gaps",
    "create_composites",
    "create_item",
    "create_items",
    "draft_rule",
    "end_rule",
    "get_item",
    "get_pricing_settings",
    "list_item_cards",
    "list_items",
    "list_rules",
    "load_price_book",
    "publish_price",
    "reject_rule",
    "search_items",
]
