"""What the front door takes and hands out: frozen, without a database behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.analyzers.states import MessageState
from hospital.kernel.types import BilingualText


class AckCode(StrEnum):
    """HL7 table 0008: taken; understood and not carried out; not for us or not readable."""

    ACCEPT = "AA"
    ERROR = "AE"
    REJECT = "AR"


class WireError(StrEnum):
    """HL7 table 0357: what is wrong with a message."""

    NONE = "0"
    SEQUENCE = "100"
    MISSING = "101"
    TYPE = "102"
    VALUE = "103"
    MESSAGE_TYPE = "200"
    PROCESSING_ID = "202"
    VERSION = "203"
    UNKNOWN_KEY = "204"
    DUPLICATE_KEY = "205"
    LOCKED = "206"
    INTERNAL = "207"


class MessageRefused(Exception):
    """A message that is answered AE or AR; `text` is English, for the analyzer's log, `reason` a stable code."""

    def __init__(self, *, answer: AckCode, error: WireError, text: str, reason: str = "message_refused") -> None:
        self.answer = answer
        self.error = error
        self.text = text
        self.reason = reason
        super().__init__(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who sent a message to whom, under which number; empty where it could not be read."""

    application: str = ""
    facility: str = ""
    receiving_application: str = ""
    receiving_facility: str = ""
    control_id: str = ""
    processing_id: str = ""
    version: str = ""
    message_type: str = ""
    trigger: str = ""
    declared_charset: str = ""
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One OBX: the analyzer's code with its coding system, the value as text, the unit as sent.

    `sub_id` (OBX-4) tells the germs of one culture apart; `is_susceptibility`: it says how an antibiotic works on one.
    """

    code: str
    system: str
    other_code: str
    other_system: str
    text: str
    unit: str
    shown: str = ""
    """The words of a coded value, as sent."""
    sub_id: str = ""
    is_susceptibility: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationGroup:
    """What one OBR says of one specimen. `numbers`: where the specimen's number may stand, the likeliest first; those
    of the order whose result it goes on from come last."""

    numbers: tuple[str, ...]
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzerView:
    """An analyzer of a campus, known by the application and facility it sends as.

    `codes` are its own names of analytes; `processing_id` is the one it is taken with (P: production).
    """

    id: UUID
    code: str
    name: BilingualText
    campus_code: str
    application: str
    facility: str
    processing_id: str
    method: str
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnalyzer:
    """An analyzer to load."""

    code: str
    name: BilingualText
    campus_code: str
    application: str
    facility: str
    processing_id: str = "P"
    method: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a message. `reason` is the stable code of what stands in its way, with its facts."""

    state: MessageState
    answer: AckCode
    error: WireError = WireError.NONE
    text: str = ""
    reason: str = ""
    report_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A message at the laboratory's desk: what it says, what became of it."""

    id: UUID
    analyzer: BilingualText
    campus_code: str
    control_id: str
    specimen_number: str
    received_at: datetime
    state: MessageState
    answer: AckCode
    text: str
    reason: str
    observations: tuple[Observation, ...]
    is_readable: bool
