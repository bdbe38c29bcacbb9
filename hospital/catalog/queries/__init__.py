"""Reads of the catalog. It is public to everybody who works or is treated here, so none of them is cut by actor."""

from hospital.catalog.queries.cards import count_translation_gaps, get_item, list_item_cards, list_items
from hospital.catalog.queries.finding import ItemFilter, find_items
from hospital.catalog.queries.price_books import get_pricing_settings, load_price_book
from hospital.catalog.queries.rules import list_rules
from hospital.catalog.queries.searching import search_items
from hospital.catalog.queries.sheets import (
    count_waiting,
    get_item_change,
    get_item_sheet,
    get_trial,
    list_item_changes,
    list_settings,
)
from hospital.catalog.queries.surcharges import get_surcharge_overview
from hospital.catalog.queries.tables import get_import, list_imports, list_table

__all__ = [
    "ItemFilter",
    "count_translation_gaps",
    "count_waiting",
    "find_items",
    "get_import",
    "get_item",
    "get_item_change",
    "get_item_sheet",
    "get_pricing_settings",
    "get_surcharge_overview",
    "get_trial",
    "list_imports",
    "list_item_cards",
    "list_item_changes",
    "list_items",
    "list_rules",
    "list_settings",
    "list_table",
    "load_price_book",
    "search_items",
]
