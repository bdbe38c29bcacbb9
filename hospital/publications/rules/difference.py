"""What changed between two texts, word by word; a Chinese character counts as a word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")


class ChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text."""

    kind: ChangeKind
    text: str


def list_changes(*, before: str, after: str) -> list[Change]:
    """The stretches of both texts in order; those that are not `ADDED` make `before`, those not `REMOVED` `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    changes: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change(ChangeKind.SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            changes.append(Change(ChangeKind.REMOVED, "".join(old[old_from:old_to])))
        if new_to > new_from:
            changes.append(Change(ChangeKind.ADDED, "".join(new[new_from:new_to])))
    return changes
