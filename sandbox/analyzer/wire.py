"""Writing ORU^R01 and sending it over MLLP, as an analyzer does: one connection, one message, one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sandbox.analyzer.programs import Channel, Program

CHARSETS = {"utf-8": "UNICODE UTF-8", "gb18030": "GB 18030-2000"}
PATIENCE_SECONDS = 10.0


def write_results(
    program: Program,
    values: Sequence[tuple[Channel, str]],
    *,
    specimen: str,
    control_id: str,
    charset: str,
    now: datetime,
) -> bytes:
    """The message of one specimen."""
    at = f"{now:%Y%m%d%H%M%S}"
    sender, kind = f"{program.application}|{program.facility}", "ORU^R01^ORU_R01"
    lines = [
        f"MSH|^~\\&|{sender}|IMC|IMC|{at}||{kind}|{control_id}|P|2.5.1||||||{CHARSETS[charset]}",
        f"OBR|1||{_clean(specimen)}|{program.key}^{program.key}^{program.system}|||{at}",
        f"SPM|1|{_clean(specimen)}",
    ]
    lines += [
        f"OBX|{place}|NM|{channel.code}^{channel.code}^{program.system}||{value}|{channel.unit}|||||F|||{at}"
        for place, (channel, value) in enumerate(values, start=1)
    ]
    return ("\r".join(lines) + "\r").encode(charset)


async def send(message: bytes, *, host: str, port: int) -> bytes:
    """The answer; empty where the other side ended the connection or said nothing in time."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"\x0b" + message + b"\x1c\r")
                await writer.drain()
                answer = await reader.readuntil(b"\x1c\r")
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return b""
    return answer.strip(b"\x0b\x1c\r")


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "-_ ")[:40].strip()
