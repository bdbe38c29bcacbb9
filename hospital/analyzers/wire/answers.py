"""The answer to a message: MSH, MSA, and ERR where something is wrong."""

from datetime import datetime

from hospital.analyzers.types import AckCode, Header, WireError
from hospital.analyzers.wire.segments import Separators
from hospital.kernel.clock import SHANGHAI

_SEPARATORS = Separators()
_WORDS = {
    WireError.SEQUENCE: "Segment sequence error",
    WireError.MISSING: "Required field missing",
    WireError.TYPE: "Data type error",
    WireError.VALUE: "Table value not found",
    WireError.MESSAGE_TYPE: "Unsupported message type",
    WireError.PROCESSING_ID: "Unsupported processing id",
    WireError.VERSION: "Unsupported version id",
    WireError.UNKNOWN_KEY: "Unknown key identifier",
    WireError.DUPLICATE_KEY: "Duplicate key identifier",
    WireError.LOCKED: "Application record locked",
    WireError.INTERNAL: "Application internal error",
}


def write_answer(
    *, header: Header, answer: AckCode, error: WireError, text: str, control_id: str, now: datetime
) -> bytes:
    """The answer to the message of `header`, in its character set. `control_id` is the answer's own number.

    From version 2.5 on ERR names place, error and severity in fields; before, the error stands in one.
    """
    version = header.version or "2.5.1"
    trigger = f"ACK^{header.trigger}^ACK" if header.trigger else "ACK"
    places = [
        *("MSH", _SEPARATORS.encoding),
        *(escape(name) for name in (header.receiving_application, header.receiving_facility)),
        *(escape(name) for name in (header.application, header.facility)),
        *(f"{now.astimezone(SHANGHAI):%Y%m%d%H%M%S%z}", "", trigger, control_id),
        *(escape(header.processing_id) or "P", escape(version)),
        *("", "", "", "", "", escape(header.declared_charset)),
    ]
    lines = ["|".join(places).rstrip("|"), f"MSA|{answer}|{escape(header.control_id)}|{escape(text)}".rstrip("|")]
    if error is not WireError.NONE:
        lines.append(_error_line(error=error, text=text, version=version))
    return ("\r".join(lines) + "\r").encode(header.charset, errors="replace")


def escape(text: str) -> str:
    """The text with the separators escaped, on one line."""
    clean = " ".join(text.split())
    marks = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
    return "".join(marks.get(letter, letter) for letter in clean)


def _error_line(*, error: WireError, text: str, version: str) -> str:
    coded = f"{error}^{_WORDS[error]}^HL70357"
    if _is_before(version, (2, 5)):
        return f"ERR|^^^{error}&{_WORDS[error]}&HL70357"
    return f"ERR|||{coded}|E||||{escape(text)}"


def _is_before(version: str, limit: tuple[int, int]) -> bool:
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    return tuple(numbers[:2]) < limit
