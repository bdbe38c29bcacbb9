"""Texts of a paper that have no English yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TextGap:
    """One text without English: where it stands (`lines.3.item`), its row in that list (None outside lists), the
    Chinese."""

    path: str
    row: int | None
    zh: str

    @property
    def line(self) -> str:
        """The line in words that need no translation: `3 · 痰培养加药敏`."""
        return f"{self.row} · {self.zh}" if self.row else self.zh


def find_gaps(content: dict[str, Any]) -> tuple[TextGap, ...]:
    """Every text of `content` whose English is missing, in the order of the paper."""
    return tuple(_walk(content, path="", row=None))


def _walk(value: Any, *, path: str, row: int | None) -> Iterator[TextGap]:
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            if value["zh"] and not value["en"]:
                yield TextGap(path=path, row=row, zh=value["zh"])
            return
        for key, part in value.items():
            yield from _walk(part, path=f"{path}.{key}".lstrip("."), row=row)
    elif isinstance(value, list):
        for index, part in enumerate(value, start=1):
            yield from _walk(part, path=f"{path}.{index}", row=index)
