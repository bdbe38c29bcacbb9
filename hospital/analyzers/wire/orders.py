"""Which result an order goes on from: antibiotics belong to the germ that the culture found, and are never guessed.

A culture is one OBR; what was tested on a germ of it follows in an OBR of its own that names the germ's OBX in OBR-26
(code, sub-id, value) and the culture's OBR in OBR-29, or in the same OBR with the germ's sub-id in OBX-4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hospital.analyzers.types import AckCode, MessageRefused, Observation, WireError
from hospital.analyzers.wire.segments import Segment

_PARENT_RESULT, _PARENT = 26, 29
_WHICHEVER = -1


@dataclass(slots=True)
class Order:
    """One OBR with its observations. `isolates` are the germs whose antibiotics it tells, by order and sub-id."""

    segment: Segment
    numbers: list[str]
    observations: list[Observation] = field(default_factory=list)
    isolates: set[tuple[int, str]] = field(default_factory=set)

    @property
    def parent_numbers(self) -> list[str]:
        """OBR-29: the numbers of the order that it goes on from, the filler's before the placer's."""
        return [number for number in (self.segment.part(_PARENT, 2), self.segment.part(_PARENT)) if number]

    @property
    def names_parent(self) -> bool:
        """Whether it goes on from another order's result."""
        return bool(self.segment.raw(_PARENT_RESULT) or self.parent_numbers)


def attach_orders(orders: Sequence[Order]) -> None:
    """Gives each order the numbers of the one it goes on from, and checks that one specimen has one value of a test
    and the antibiotics of one germ: a report has room for no more, and which it would be is for a person to say.

    Refuses with AE what names a result that is not in the message, and what has more.
    """
    for place, order in enumerate(orders):
        if order.names_parent:
            parent, germ = _find_parent(order, orders[:place])
            order.numbers = order.numbers + orders[parent].numbers
            order.isolates = {(parent, germ.sub_id)}
        else:
            order.isolates = _isolates(order, place=place)
    for first, order in enumerate(orders):
        of_specimen = [each for each in orders[first:] if each is order or set(each.numbers) & set(order.numbers)]
        _check_one_of_each(of_specimen)


def refuse(text: str, error: WireError, reason: str = "message_refused") -> MessageRefused:
    """A message about results that cannot be taken as it is (AE): it waits for a person."""
    return MessageRefused(answer=AckCode.ERROR, error=error, text=text, reason=reason)


def _find_parent(order: Order, before: Sequence[Order]) -> tuple[int, Observation]:
    """The place of the culture's order and the germ's observation. Refuses where they are not there or not one."""
    wanted = set(order.parent_numbers)
    code, sub_id, value = (order.segment.part(_PARENT_RESULT, part) for part in (1, 2, 3))
    found = [
        (place, germ)
        for place, earlier in enumerate(before)
        if not wanted or wanted & set(earlier.numbers)
        for germ in earlier.observations
        if not germ.is_susceptibility
        and code in {"", germ.code, germ.other_code}
        and sub_id in {"", germ.sub_id}
        and value.casefold() in {"", germ.text.casefold(), germ.shown.casefold()}
    ]
    if len(found) != 1:
        text = f"OBR-26: {code or 'the result'} of the order before is not to be found"
        raise refuse(text, WireError.UNKNOWN_KEY, "germ_unknown")
    return found[0]


def _isolates(order: Order, *, place: int) -> set[tuple[int, str]]:
    """The germs of whose antibiotics an order tells that goes on from none: its own, or whichever the specimen has.
    Refuses a sub-id without its germ."""
    germs = {each.sub_id for each in order.observations if not each.is_susceptibility}
    tested = {each.sub_id for each in order.observations if each.is_susceptibility}
    if any(germs) and (unknown := tested - germs):
        text = f"OBX-4: no result has the sub-id {min(unknown) or 'empty'}"
        raise refuse(text, WireError.UNKNOWN_KEY, "germ_unknown")
    return {(place if germs else _WHICHEVER, sub_id) for sub_id in tested}


def _check_one_of_each(orders: Sequence[Order]) -> None:
    if len({isolate for order in orders for isolate in order.isolates}) > 1:
        text = "Antibiotics of more than one germ: the report has room for one"
        raise refuse(text, WireError.DUPLICATE_KEY, "germs_mixed")
    seen: dict[str, str] = {}
    for each in (each for order in orders for each in order.observations):
        if seen.setdefault(each.code, each.text) != each.text:
            text = f"{each.code} stands twice with different values"
            raise refuse(text, WireError.DUPLICATE_KEY, "value_twice")
