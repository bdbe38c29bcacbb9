"""Answers that come too late for the caller."""

from __future__ import annotations

import asyncio
import contextlib


class Patience:
    """Waits as long as a slow answer takes, or until the sandbox is told to stop."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._stopping = asyncio.Event()

    async def dawdle(self) -> None:
        """One slow answer."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._seconds)

    def stop_dawdling(self) -> None:
        """Answer at once from now on."""
        self._stopping.set()
