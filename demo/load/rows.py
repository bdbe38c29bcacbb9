"""The base data as rows of text."""

import csv
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parent.parent / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a file under `demo/data`, by column name."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def chosen(row: dict[str, str], *columns: str) -> dict[str, str]:
    """Some columns of a row, as keyword arguments."""
    return {column: row[column] for column in columns}
