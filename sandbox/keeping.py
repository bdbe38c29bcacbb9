"""Rows that outlive a restart: one JSON file, written a moment after a change and at the end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from sandbox.acquirer.memory import WRITE_DELAY

Row = TypeVar("Row")


class KeptRows(Generic[Row]):
    """Rows by number. Without a path everything is forgotten; `changed` is set by whoever changes a row."""

    def __init__(self, *, path: Path | None, kind: type[Row]) -> None:
        self.rows: dict[str, Row] = {}
        self.changed = asyncio.Event()
        self._path = path
        self._kind = kind

    def clear(self) -> None:
        """Forget everything."""
        self.rows.clear()
        self.changed.set()

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Filled from the file, and the file in step with the rows, until the block ends."""
        self._recall()
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeping.cancel()
            self._write()

    def _recall(self) -> None:
        if self._path is None:
            return
        with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
            self.rows.update(msgspec.json.decode(self._path.read_bytes(), type=dict[str, self._kind]))  # type: ignore[name-defined]

    def _write(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.write_bytes(msgspec.json.encode(self.rows))
        draft.replace(self._path)

    async def _keep(self) -> None:
        while True:
            await self.changed.wait()
            await asyncio.sleep(WRITE_DELAY)
            self.changed.clear()
            self._write()
