"""A clock that all processes of a soak share, and that can be moved forward; and what each of them has done."""

import mmap
import struct
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest import mock

from django.utils import timezone

from hospital.integrations.alipay import acquirer
from hospital.integrations.card_terminal import terminals

SLOTS = 16
_real_now = timezone.now


class Shared:
    """Numbers that survive whoever is killed: how far the clock was moved (0), and a counter a clerk.

    Made before the processes are forked. Each number has one writer.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 8 * SLOTS)

    def read(self, slot: int) -> int:
        """One number."""
        return int(struct.unpack_from("q", self._memory, 8 * slot)[0])

    def add(self, slot: int, more: int) -> None:
        """Adds to a number."""
        struct.pack_into("q", self._memory, 8 * slot, self.read(slot) + more)

    def move_clock(self, by: timedelta) -> None:
        """What everybody takes for the time is later by so much."""
        self.add(0, int(by.total_seconds()))

    def now(self) -> datetime:
        """The time as all processes of the soak take it."""
        return _real_now() + timedelta(seconds=self.read(0))

    def install(self) -> None:
        """This process, and those that it forks, take this clock for the time.

        What is said to a channel bears the real time: the channels' clocks do not jump with ours, and they refuse what
        seems to be of another hour.
        """
        timezone.now = self.now
        for adapter in (acquirer, terminals):
            mock.patch.object(adapter, "timezone", SimpleNamespace(now=_real_now)).start()
