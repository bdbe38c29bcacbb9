"""Reading HL7 v2: the character set that a message says it is in, its separators, segments, fields and escapes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hospital.analyzers.types import AckCode, MessageRefused, WireError

# HL7 table 0211 as it is met in practice. An empty MSH-18 means ASCII, of which UTF-8 is a superset.
CHARSETS = {
    "": "utf-8",
    "ASCII": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UNICODE": "utf-8",
    "GB18030": "gb18030",
    "GB 18030": "gb18030",
    "GB 18030-2000": "gb18030",
    "GB 18030-2022": "gb18030",
    "GBK": "gb18030",
    "GB2312": "gb18030",
    "8859/1": "latin-1",
    "ISO IR100": "latin-1",
}
_BREAKS = re.compile(r"\r\n|\r|\n")
_ESCAPE_HEX = re.compile(r"^X((?:[0-9A-Fa-f]{2})+)$")
_CHARSET_FIELD = 18


@dataclass(frozen=True, slots=True)
class Separators:
    """What stands between fields, components, repetitions and subcomponents, and what escapes them."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"

    @property
    def encoding(self) -> str:
        """MSH-2."""
        return self.component + self.repetition + self.escape + self.subcomponent


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a message. Fields are counted as the standard does: MSH-1 is the separator itself."""

    name: str
    fields: tuple[str, ...]
    separators: Separators

    def raw(self, number: int) -> str:
        """A field as it stands on the wire; empty where the segment is shorter. `""` is HL7's word for nothing."""
        text = self.fields[number - 1] if number <= len(self.fields) else ""
        return "" if text == '""' else text

    def repetitions(self, number: int) -> list[str]:
        """The repetitions of a field, as they stand on the wire."""
        text = self.raw(number)
        return text.split(self.separators.repetition) if text else []

    def part(self, number: int, component: int = 1) -> str:
        """One component of a field's first repetition in plain text; its first subcomponent."""
        first = next(iter(self.repetitions(number)), "")
        return self.component_of(first, component)

    def component_of(self, repetition: str, component: int = 1) -> str:
        """One component of a repetition in plain text; its first subcomponent."""
        parts = repetition.split(self.separators.component)
        text = parts[component - 1] if component <= len(parts) else ""
        plain = self.plain(text.split(self.separators.subcomponent)[0])
        return plain.replace("\x00", "").strip()

    def plain(self, text: str) -> str:
        """The text without escapes: `\\F\\` is the separator itself, `\\.br\\` a new line, `\\X0D\\` a byte."""
        mark = self.separators.escape
        if mark not in text:
            return text
        pieces = text.split(mark)
        plain = pieces[0]
        index = 1
        while index < len(pieces):
            if index == len(pieces) - 1:  # an escape that never ends is text
                return plain + mark + pieces[index]
            plain += self._unescape(pieces[index]) + pieces[index + 1]
            index += 2
        return plain

    def _unescape(self, code: str) -> str:
        known = {
            "F": self.separators.field,
            "S": self.separators.component,
            "R": self.separators.repetition,
            "E": self.separators.escape,
            "T": self.separators.subcomponent,
            ".br": "\n",
            "H": "",
            "N": "",
        }
        if code in known:
            return known[code]
        if found := _ESCAPE_HEX.match(code):
            return bytes.fromhex(found[1]).decode("latin-1")
        return ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message cut into segments; the first is MSH. `charset` is Python's name of what it was written in."""

    segments: tuple[Segment, ...]
    charset: str

    @property
    def header(self) -> Segment:
        """MSH."""
        return self.segments[0]

    def named(self, *names: str) -> Iterator[Segment]:
        """The segments of these names, in order."""
        return (segment for segment in self.segments if segment.name in names)


def parse_message(raw: bytes) -> Message:
    """Cuts a message into segments. Refuses with `MessageRefused` what is no message or in no known character set."""
    if not raw.startswith(b"MSH") or len(raw) < 8:
        raise MessageRefused(
            answer=AckCode.REJECT, error=WireError.SEQUENCE, text="The message does not begin with MSH"
        )
    text, charset = _decode(raw)
    separators = Separators(text[3], *text[4:8])
    lines = [line for line in _BREAKS.split(text) if line.strip()]
    return Message(segments=tuple(_segment(line, separators) for line in lines), charset=charset)


def _segment(line: str, separators: Separators) -> Segment:
    name, *fields = line.split(separators.field)
    if name == "MSH":
        fields = [separators.field, *fields]
    return Segment(name=name, fields=tuple(fields), separators=separators)


def _decode(raw: bytes) -> tuple[str, str]:
    """The text in the character set that names itself: in GB 18030 a separator may be half of a character, so MSH-18 is
    believed when the text decoded by it says the same."""
    declared = _declared(raw.decode("latin-1"))
    for charset in dict.fromkeys((CHARSETS.get(declared), "utf-8", "gb18030", "latin-1")):
        if charset is None:
            continue
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        if CHARSETS.get(_declared(text)) == charset:
            return text, charset
    if declared not in CHARSETS:
        raise MessageRefused(
            answer=AckCode.REJECT, error=WireError.VALUE, text=f"Unsupported character set in MSH-18: {declared[:40]}"
        )
    raise MessageRefused(
        answer=AckCode.REJECT, error=WireError.TYPE, text="The bytes do not fit the character set in MSH-18"
    )


def _declared(text: str) -> str:
    fields = _BREAKS.split(text, maxsplit=1)[0].split(text[3])
    named = fields[_CHARSET_FIELD - 1] if len(fields) >= _CHARSET_FIELD else ""
    return named.split(text[5])[0].strip().upper()
