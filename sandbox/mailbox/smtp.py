"""The SMTP side: takes every message for every address, and delivers none."""

from __future__ import annotations

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.acquirer.ledger import read_clock
from sandbox.mailbox.store import MailStore

MOST_BYTES = 20 * 1024 * 1024


class KeepEverything:
    """aiosmtpd handler that puts messages into the store."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd at the end of a message."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        self._store.add(
            sender=envelope.mail_from or "", recipients=list(envelope.rcpt_tos), content=raw, at=read_clock()
        )
        return "250 Kept"


async def start_smtp(store: MailStore, *, host: str, port: int) -> asyncio.Server:
    """Listen for mail on this event loop."""
    handler = KeepEverything(store)

    def make_protocol() -> SMTP:
        return SMTP(handler, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname="sandbox")

    return await asyncio.get_running_loop().create_server(make_protocol, host, port)
