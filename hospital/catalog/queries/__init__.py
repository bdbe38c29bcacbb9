"""Reads of the catalog. It is public to everybody who works or is treated here, so none of them is cut by actor."""

from hospital.catalog.queries.cards import count_translation_gaps, get_item, list_item_cards, list_items
from hospital.catalog.queries.price_books import get_pricing_settings, load_price_book
from hospital.catalog.queries.rules import list_rules
from hospital.catalog.queries.searching import search_items

__all__ = [
    "count_translation_gaps",
    "get_item",
    "get_pricing_settings",
    "list_item_cards",
    "list_items",
    "list_rules",
    "load_price_book",
    "search_items",
]
