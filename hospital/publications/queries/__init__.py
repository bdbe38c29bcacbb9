"""Reads of the publications: what readers see, and what editors see."""

from hospital.publications.queries.editing import get_article, get_revision, list_articles, list_history
from hospital.publications.queries.pictures import get_picture
from hospital.publications.queries.reading import count_shown, get_shown, get_shown_of, list_portraits, list_shown

__all__ = [
    "count_shown",
    "get_article",
    "get_picture",
    "get_revision",
    "get_shown",
    "get_shown_of",
    "list_articles",
    "list_history",
    "list_portraits",
    "list_shown",
]
