"""MLLP: a message stands between a vertical tab and a file separator with a carriage return."""

START, END, RETURN = b"\x0b", b"\x1c", b"\r"
MOST_BYTES = 1_048_576  # of one message


class FrameTooLong(Exception):
    """More bytes than a message may have, without an end."""


class Unframer:
    """Takes bytes as they come and hands out whole messages; what stands between two frames is not a message."""

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that are complete with these bytes, in order. Raises `FrameTooLong`."""
        self._kept += data
        found: list[bytes] = []
        while True:
            start = self._kept.find(START)
            if start < 0:
                self._kept = b""
                return found
            end = self._kept.find(END, start)
            if end < 0:
                self._kept = self._kept[start:]
                if len(self._kept) > self._most:
                    raise FrameTooLong
                return found
            begun = self._kept.rfind(START, start, end)  # who begins anew gave the message before up
            found.append(self._kept[begun + 1 : end])
            self._kept = self._kept[end + 1 :]


def frame(message: bytes) -> bytes:
    """The message as it goes over the wire."""
    return START + message + END + RETURN
