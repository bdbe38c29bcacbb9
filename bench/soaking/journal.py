"""What a clerk has in hand, on disk before it is done: whoever takes over after a crash goes on under the same keys."""

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")


@dataclass
class Task:
    """One operation. What was decided by chance or read on the way is remembered: a second try decides alike."""

    id: str
    kind: str
    journal: "Journal"
    facts: dict[str, Any] = field(default_factory=dict)

    def recall(self, name: str, make: Callable[[], Value]) -> Value:
        """What `make` gave the first time; it gives what JSON holds."""
        if name not in self.facts:
            self.facts[name] = make()
            self.journal.write({"id": self.id, "name": name, "value": self.facts[name]})
        value: Value = self.facts[name]
        return value

    def key(self, name: str) -> str:
        """An idempotency key: the same at every try."""
        return f"soak:{self.id}:{name}"

    def chance(self, name: str) -> random.Random:
        """Chance that falls the same way at every try."""
        return random.Random(f"{self.id}:{name}")


class Journal:
    """The file of one clerk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def write(self, row: dict[str, Any]) -> None:
        """Appends one line, all at once."""
        os.write(self._file, (json.dumps(row) + "\n").encode())

    def begin(self, task_id: str, kind: str) -> Task:
        """A new operation."""
        self.write({"id": task_id, "kind": kind})
        return Task(task_id, kind, self)

    def end(self, task: Task, outcome: str) -> None:
        """It is done, or was refused."""
        self.write({"id": task.id, "outcome": outcome})

    def count_tasks(self) -> int:
        """How many operations were begun."""
        return sum("kind" in row for row in read_rows(self.path))

    def find_unfinished(self) -> Task | None:
        """What was in hand when the clerk died."""
        newest = self.find_newest()
        return newest[0] if newest and not newest[1] else None

    def find_newest(self) -> tuple[Task, str] | None:
        """The newest operation with its outcome, empty while it is under way."""
        found: tuple[Task, str] | None = None
        for row in read_rows(self.path):
            if "kind" in row:
                found = Task(row["id"], row["kind"], self), ""
            elif found and row["id"] == found[0].id:
                if "outcome" in row:
                    found = found[0], row["outcome"]
                else:
                    found[0].facts[row["name"]] = row["value"]
        return found


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal, oldest first."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield json.loads(line)
