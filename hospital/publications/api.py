"""The front door of the publications."""

from hospital.publications.queries import (
    count_shown,
    get_article,
    get_picture,
    get_revision,
    get_shown,
    get_shown_of,
    list_articles,
    list_history,
    list_portraits,
    list_shown,
)
from hospital.publications.rules.body import Block, BlockKind, Span, plain_text, read_blocks
from hospital.publications.rules.difference import Change, ChangeKind, list_changes
from hospital.publications.services import (
    add_picture,
    begin_telling,
    create_article,
    publish_article,
    save_article,
    withdraw_article,
)
from hospital.publications.traditional import to_traditional

__all__ = [
    "Block",
    "BlockKind",
    "Change",
    "ChangeKind",
    "Span",
    "add_picture",
    "begin_telling",
    "count_shown",
    "create_article",
    "get_article",
    "get_picture",
    "get_revision",
    "get_shown",
    "get_shown_of",
    "list_articles",
    "list_changes",
    "list_history",
    "list_portraits",
    "list_shown",
    "plain_text",
    "publish_article",
    "read_blocks",
    "save_article",
    "to_traditional",
    "withdraw_article",
]
