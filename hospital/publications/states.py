"""What stands where: an article towards its readers, and its English towards its Chinese."""

from datetime import datetime
from enum import StrEnum


class ArticleState(StrEnum):
    """DRAFT → SCHEDULED → PUBLISHED → WITHDRAWN.

    No column holds it: releases have an instant from which they are shown, so that a scheduled one appears without
    anybody doing anything, and a state that is computed cannot disagree with what readers see.
    """

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


class EnglishState(StrEnum):
    """What was said of the English when it was saved."""

    MISSING = "MISSING"
    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"


class TranslationStatus(StrEnum):
    """What the English is worth now: STALE when the Chinese changed after it."""

    MISSING = "MISSING"
    DRAFT = "DRAFT"
    STALE = "STALE"
    REVIEWED = "REVIEWED"


def state_at(*, shown_from: list[datetime], was_released: bool, now: datetime) -> ArticleState:
    """The state from the instants of the releases that were not taken back. A published article whose next version is
    scheduled is published."""
    if any(instant <= now for instant in shown_from):
        return ArticleState.PUBLISHED
    if shown_from:
        return ArticleState.SCHEDULED
    return ArticleState.WITHDRAWN if was_released else ArticleState.DRAFT
