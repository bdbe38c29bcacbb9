"""What a message of results says (ORU^R01): its header, and for each specimen the observations."""

import contextlib

from hospital.analyzers.types import AckCode, Header, MessageRefused, Observation, ObservationGroup, WireError
from hospital.analyzers.wire.orders import Order, attach_orders, refuse
from hospital.analyzers.wire.segments import Message, Segment

_TYPES_OF_RESULTS = {("ORU", "R01")}
_NOT_A_RESULT = {"D", "N", "O", "W", "X", "I"}  # OBX-11: deleted, not asked, never obtained, wrong, not yet there
_TEXT_TYPES = {"NM", "ST", "TX", "FT", "SN", "CE", "CWE", "CNE", "IS", "ID", ""}
_SUSCEPTIBILITY = {"S", "SDD", "I", "R"}  # OBX-8 of microbiology belongs to the value; every other flag is our own
_CODED_TYPES = {"CE", "CWE", "CNE"}
LONGEST = 199  # characters of a number or code that is kept


def read_header(message: Message) -> Header:
    """Who sent it, under which number."""
    header = message.header
    return Header(
        application=header.part(3)[:LONGEST],
        facility=header.part(4)[:LONGEST],
        receiving_application=header.part(5)[:LONGEST],
        receiving_facility=header.part(6)[:LONGEST],
        control_id=header.part(10)[:LONGEST],
        processing_id=header.part(11)[:LONGEST],
        version=header.part(12)[:LONGEST],
        message_type=header.part(9, 1),
        trigger=header.part(9, 2),
        declared_charset=header.part(18),
        charset=message.charset,
    )


def check_header(header: Header) -> None:
    """Refuses what is not about results, in no version of HL7 v2, or without a number."""
    if (header.message_type, header.trigger) not in _TYPES_OF_RESULTS:
        name = f"{header.message_type}^{header.trigger}"[:20]
        raise MessageRefused(
            answer=AckCode.REJECT, error=WireError.MESSAGE_TYPE, text=f"Only ORU^R01 is taken here, not {name}"
        )
    if not header.version.startswith("2"):
        raise MessageRefused(answer=AckCode.REJECT, error=WireError.VERSION, text="Only HL7 version 2 is taken here")
    if not header.control_id:
        raise MessageRefused(answer=AckCode.REJECT, error=WireError.MISSING, text="MSH-10 is empty")


def read_numbers(message: Message) -> tuple[str, ...]:
    """Every number that may name a specimen, in the order of the message; also of one that is refused."""
    return tuple(dict.fromkeys(number for each in message.named("OBR", "SPM") for number in _numbers(each)))


def read_observations(message: Message) -> tuple[Observation, ...]:
    """Every observation that can be read, for a person to look at; also of a message that is refused."""
    found = []
    for segment in message.named("OBX"):
        with contextlib.suppress(MessageRefused):
            found.append(_observation(segment))
    return tuple(found)


def read_groups(message: Message) -> tuple[ObservationGroup, ...]:
    """The observations by specimen. Refuses a message without any, an observation that is no result, and what cannot
    be told apart: a test twice in one specimen, or antibiotics of a germ that is not there or not the only one."""
    orders: list[Order] = []
    for segment in message.named("OBR", "OBX", "SPM"):
        if segment.name == "OBR":
            orders.append(Order(segment=segment, numbers=_numbers(segment)))
        elif not orders:
            raise refuse(f"{segment.name} stands before the first OBR", WireError.SEQUENCE)
        elif segment.name == "SPM":
            orders[-1].numbers = _numbers(segment) + orders[-1].numbers
        else:
            orders[-1].observations.append(_observation(segment))
    if not orders:
        raise refuse("OBR is missing", WireError.MISSING)
    if not all(order.observations for order in orders):
        raise refuse("OBX is missing", WireError.MISSING)
    attach_orders(orders)
    return tuple(
        ObservationGroup(numbers=tuple(dict.fromkeys(order.numbers)), observations=tuple(order.observations))
        for order in orders
    )


def _numbers(segment: Segment) -> list[str]:
    """OBR-3 (the filler's, ours) before OBR-2 (the placer's): analyzers put the barcode into either. SPM-2: first the
    number that was assigned by who sent the order, then by who filled it."""
    places = ((3, 1), (2, 1)) if segment.name == "OBR" else ((2, 1), (2, 2))
    return [number for place in places if (number := segment.part(*place)[:LONGEST])]


def _observation(segment: Segment) -> Observation:
    value_type, status = segment.part(2).upper(), segment.part(11).upper()
    code = segment.part(3, 1) or segment.part(3, 4)
    if not code:
        raise refuse("OBX-3 is empty", WireError.MISSING)
    if status in _NOT_A_RESULT:
        raise refuse(f"{code}: the status {status} in OBX-11 is no result", WireError.VALUE)
    if value_type not in _TEXT_TYPES:
        raise refuse(f"{code}: the value type {value_type} is not taken", WireError.TYPE)
    text = _text(segment, value_type)
    if not text:
        raise refuse(f"{code}: OBX-5 is empty", WireError.MISSING)
    meaning = segment.part(8).upper()
    is_susceptibility = meaning in _SUSCEPTIBILITY
    return Observation(
        code=code[:LONGEST],
        system=segment.part(3, 3),
        other_code=segment.part(3, 4)[:LONGEST],
        other_system=segment.part(3, 6),
        text=f"{text} {meaning}" if is_susceptibility else text,
        unit=segment.part(6)[:LONGEST],
        shown=segment.part(5, 2)[:LONGEST] if value_type in _CODED_TYPES else "",
        sub_id=segment.part(4)[:LONGEST],
        is_susceptibility=is_susceptibility,
    )


def _text(segment: Segment, value_type: str) -> str:
    """The value as a person would type it: `<0.01` of `<^0.01`, `1:160` of `^1^:^160`, the code of a coded one."""
    if value_type == "SN":
        return "".join(segment.part(5, place) for place in range(1, 5))
    if value_type in _CODED_TYPES:
        return segment.part(5, 1) or segment.part(5, 2)
    return " ".join(segment.plain(each) for each in segment.repetitions(5)).strip()
