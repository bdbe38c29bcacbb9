"""State machines as tables: which state may follow which."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal

S = TypeVar("S", bound=StrEnum)


class IllegalTransition(Refusal):
    """The thing is no longer in a state from which the step is possible."""

    code = "illegal_transition"
    status = 409
    text = _("This step is not possible now. Reload the page to see where things are. Nothing was changed.")


class Transitions(Generic[S]):
    """The table of one aggregate. `allowed_from(target)` feeds the conditional update that holds the decision."""

    def __init__(self, table: Mapping[S, frozenset[S]]) -> None:
        self._table = dict(table)

    def check(self, *, current: S, target: S) -> None:
        """Refuses with `IllegalTransition` when `target` may not follow `current`."""
        if target not in self._table.get(current, frozenset()):
            raise IllegalTransition(current=str(current), target=str(target))

    def allowed_from(self, target: S) -> list[S]:
        """The states from which `target` may be reached."""
        return [state for state, targets in self._table.items() if target in targets]

    def is_final(self, state: S) -> bool:
        """Whether nothing follows `state`."""
        return not self._table.get(state)
