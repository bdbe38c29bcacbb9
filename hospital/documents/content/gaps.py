"""Texts of a paper that have no English yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hospital.documents.types.kinds import DocumentKind

# What a report says has to be there in English; who asked for it and why may stand in Chinese with a mark.
_NEEDED = {DocumentKind.EXAMINATION_REPORT: ("examination", "sections.", "addenda.")}


@dataclass(frozen=True, slots=True)
class TextGap:
    """One text without English: where it stands (`lines.3.item`), its row in that list (None outside lists), the
    Chinese, and the heading under which it stands, if any."""

    path: str
    row: int | None
    zh: str
    heading: str = ""

    @property
    def line(self) -> str:
        """The line in words that need no translation: `3 · 痰培养加药敏`; of a text under a heading the heading."""
        if self.heading:
            return self.heading
        return f"{self.row} · {self.zh}" if self.row else self.zh


def find_gaps(content: dict[str, Any]) -> tuple[TextGap, ...]:
    """Every text of `content` whose English is missing, in the order of the paper."""
    return tuple(_walk(content, path="", row=None))


def select_needed(*, kind: DocumentKind, gaps: tuple[TextGap, ...]) -> tuple[TextGap, ...]:
    """The gaps that keep a paper from being printed in English: every one of a legal paper, of an examination report
    those of what it says, none of another paper."""
    if kind.is_legal:
        return gaps
    return tuple(gap for gap in gaps if gap.path.startswith(_NEEDED.get(kind, ("\0",))))


def _walk(value: Any, *, path: str, row: int | None, heading: str = "") -> Iterator[TextGap]:
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            if value["zh"] and not value["en"]:
                yield TextGap(path=path, row=row, zh=value["zh"], heading=heading)
            return
        for key, part in value.items():
            yield from _walk(part, path=f"{path}.{key}".lstrip("."), row=row, heading=heading)
    elif isinstance(value, list):
        for index, part in enumerate(value, start=1):
            yield from _walk(part, path=f"{path}.{index}", row=index, heading=heading or _heading_of(part))


def _heading_of(part: Any) -> str:
    title = part.get("title") if isinstance(part, dict) else None
    return f"{title['zh']} {title['en']}" if isinstance(title, dict) else ""
