"""The front door: messages from analyzers, who sent them, what waits at the desk."""

from hospital.analyzers.queries import (
    count_waiting_messages,
    find_analyzer,
    find_answer,
    get_analyzer_of,
    list_waiting_messages,
    read_message,
)
from hospital.analyzers.services import digest_of, keep_message, load_analyzers, mark_linked, set_message_aside
from hospital.analyzers.wire.answers import write_answer
from hospital.analyzers.wire.frames import FrameTooLong, Unframer, frame
from hospital.analyzers.wire.results import check_header, read_groups, read_header, read_numbers
from hospital.analyzers.wire.segments import parse_message

__all__ = [
    "FrameTooLong",
    "Unframer",
    "check_header",
    "count_waiting_messages",
    "digest_of",
    "find_analyzer",
    "find_answer",
    "frame",
    "get_analyzer_of",
    "keep_message",
    "list_waiting_messages",
    "load_analyzers",
    "mark_linked",
    "parse_message",
    "read_groups",
    "read_header",
    "read_message",
    "read_numbers",
    "set_message_aside",
    "write_answer",
]
