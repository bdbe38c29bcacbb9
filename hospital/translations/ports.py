"""What translations may need from outside: a machine that writes a first draft."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class MachineUnavailable(Exception):
    """No answer, or one that does not fit what was asked."""


class MachineTranslator(Protocol):
    """Writes drafts, which a person reads and a second person releases."""

    def draft_texts(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """A draft for each text, in the same order; `source` and `target` are `zh` or `en`. Raises
        `MachineUnavailable`."""


def get_machine_translator() -> MachineTranslator | None:
    """The machine of this installation; None where machine drafts are off, as they are unless set up."""
    machine: MachineTranslator | None = import_string(settings.MACHINE_TRANSLATOR)()
    return machine
