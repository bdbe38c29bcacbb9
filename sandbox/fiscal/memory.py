"""The platform's file: written after each change, read at the start."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sandbox.fiscal.ledger import FiscalLedger


def recall_ledger(path: Path | None) -> FiscalLedger:
    """What was written down, or an empty ledger."""
    if path is not None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=FiscalLedger)
        except (FileNotFoundError, msgspec.DecodeError):
            pass
    return FiscalLedger()


def write_ledger(path: Path | None, ledger: FiscalLedger) -> None:
    """Writes the file anew; without a path everything is forgotten."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(ledger))
    draft.replace(path)
